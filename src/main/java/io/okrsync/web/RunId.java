package io.okrsync.web;

import java.util.Optional;

/** The number of a run as it comes in a path. */
final class RunId {
  private RunId() {}

  /** Empty where it is no number, which is a run that does not exist. */
  static Optional<Long> of(String text) {
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
