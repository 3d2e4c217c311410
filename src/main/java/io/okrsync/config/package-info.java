/**
 * Reads the folder {@code config/} into the records of the packages it configures, and reports all
 * problems of all files at once, each with file, line, column and the nearest known name.
 */
@NullMarked
package io.okrsync.config;

import org.jspecify.annotations.NullMarked;
