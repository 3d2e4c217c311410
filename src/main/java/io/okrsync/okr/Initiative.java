package io.okrsync.okr;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An issue by which a team means to reach a key result. It is shown beside the key result and never
 * counts into its value.
 *
 * @param source where it was read
 * @param title null where it has none
 * @param url its page in the tool; null where none is known
 * @param status as the tool calls it; may be empty
 * @param assignee may be empty
 * @param due null where it has no day
 */
public record Initiative(
    String source,
    String id,
    @Nullable String title,
    @Nullable String url,
    boolean done,
    boolean blocked,
    String status,
    String assignee,
    @Nullable Instant due) {

  /** Whether it should be done by now and is not. */
  public boolean isOverdue(Instant now) {
    return !done && due != null && due.isBefore(now);
  }

  /** What the tool calls it where nothing else is known. */
  public String name() {
    return title == null ? id : title;
  }
}
