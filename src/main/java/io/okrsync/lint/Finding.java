package io.okrsync.lint;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What a check found.
 *
 * @param objective the id of the objective
 * @param keyResult the id of the key result; null where it is about the objective
 * @param key the key at which it stands, such as {@code title}
 * @param message one sentence, without a full stop
 */
public record Finding(
    Check check, String objective, @Nullable String keyResult, String key, String message) {
  public Finding {
    requireNonNull(check, "check must not be null");
  }
}
