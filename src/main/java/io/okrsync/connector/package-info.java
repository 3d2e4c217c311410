/**
 * Where records come from. A source and a place to read from go in; pages of canonical records come
 * out. This package alone knows Camel: it finds the Kamelets in {@code routes/}, runs one, retries
 * and waits. Past it, nobody knows which system a record came from.
 */
@NullMarked
package io.okrsync.connector;

import org.jspecify.annotations.NullMarked;
