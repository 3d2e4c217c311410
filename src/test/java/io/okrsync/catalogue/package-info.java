/** Tests of {@code config/catalogue}: generated records, and every key result computed by hand. */
@NullMarked
package io.okrsync.catalogue;

import org.jspecify.annotations.NullMarked;
