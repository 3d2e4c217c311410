/**
 * Compiles the formula of a key result and evaluates it over readings. Out goes a value, or the
 * reason why there is none.
 */
@NullMarked
package io.okrsync.formula;

import org.jspecify.annotations.NullMarked;
