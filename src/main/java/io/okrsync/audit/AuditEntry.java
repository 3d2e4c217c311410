package io.okrsync.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Who or what changed something. Written in the same transaction as what it tells of.
 *
 * @param actor such as {@code schedule}, {@code manual} or {@code config/}; for a check-in the name
 *     that was given
 * @param action such as {@code run.published}, {@code key-result.moved} or {@code
 *     configuration.loaded}
 * @param subject which one: the name of a source, the id of a key result, a digest
 * @param detail one sentence with the figures; never a secret
 */
public record AuditEntry(Instant at, String actor, String action, String subject, String detail) {
  /** A new one; any other is read, and may say anything. */
  public AuditEntry(Instant at, String actor, Action action, String subject, String detail) {
    this(at.truncatedTo(ChronoUnit.MICROS), actor, action.label(), subject, detail);
  }
}
