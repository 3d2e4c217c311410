package io.okrsync.sync;

import io.okrsync.okr.PersonName;
import io.okrsync.okr.PersonWords;

/**
 * What a person decided about a held run.
 *
 * @param by who; see {@link PersonName}
 * @param reason why, in a line of at most 500 characters
 */
public record Decision(String by, String reason) {
  private static final int LONGEST = 500;

  public Decision {
    by = PersonName.of(by, "decides");
    reason = PersonWords.of("reason", reason, LONGEST);
    if (reason.isEmpty()) {
      throw new IllegalArgumentException(
          "reason must say in a few words why, for those who read the log later");
    }
  }
}
