/**
 * One pass over one source: how it began, what it counted, how it ended, and who may ask for one.
 */
@NullMarked
package io.okrsync.sync;

import org.jspecify.annotations.NullMarked;
