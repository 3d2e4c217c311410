package io.okrsync.sync;

import static java.util.Objects.requireNonNull;

/**
 * What a person decided about a held run.
 *
 * @param actor who, such as {@code cli/anna}
 * @param reason why, in a line of at most 500 characters
 */
public record Decision(String actor, String reason) {
  private static final int LONGEST = 500;

  public Decision {
    requireNonNull(actor, "actor must not be null");
    reason = requireNonNull(reason, "reason must not be null").strip().replaceAll("\\s+", " ");
    if (reason.isEmpty()) {
      throw new IllegalArgumentException(
          "a reason is needed; say in a few words why, for those who read the log later");
    }
    if (reason.length() > LONGEST) {
      throw new IllegalArgumentException(
          "a reason has at most %d characters, but this has %d"
              .formatted(LONGEST, reason.length()));
    }
  }
}
