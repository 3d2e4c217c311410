package io.okrsync.measure;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with an expression, and where in it.
 *
 * @param key the key that holds the expression, such as {@code where} or {@code formula}
 * @param line 1 and up, within the expression
 * @param column 1 and up, within the line
 * @param message one sentence, such as {@code undeclared name 'clsoed'}
 * @param hint the nearest name and what is known here, or how to write it; null where there is
 *     nothing to say
 */
public record ExpressionProblem(
    String key, int line, int column, String message, @Nullable String hint) {}
