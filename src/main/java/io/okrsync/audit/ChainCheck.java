package io.okrsync.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Checks a chain entry by entry, however long it is. Given entries from the first on. */
public final class ChainCheck {
  /**
   * An entry tells when what it is about began, may wait for others, and clocks of several machines
   * differ; by more than this it is dated back, or a clock was put back.
   */
  private static final Duration APART = Duration.ofHours(1);

  private final List<AuditFinding> findings = new ArrayList<>();
  private long sequence;
  private String hash = AuditChain.GENESIS;
  private Instant at = Instant.MIN;

  /** Takes the entry that is stored next. */
  public void next(SealedEntry sealed) {
    String wrong = AuditChain.wrong(sealed, sequence + 1, hash);
    if (wrong != null) {
      findings.add(new AuditFinding(sealed.sequence(), wrong));
    }
    Instant next = sealed.entry().at();
    if (at.isAfter(Instant.MIN) && next.isBefore(at.minus(APART))) {
      findings.add(
          new AuditFinding(
              sealed.sequence(),
              "entry %d is dated %s, which is before the entry before it, of %s: it was dated back, or a clock was put back"
                  .formatted(sealed.sequence(), next, at)));
    }
    sequence = sealed.sequence();
    hash = sealed.hash();
    at = next;
  }

  /** All that is wrong so far. */
  public List<AuditFinding> findings() {
    return List.copyOf(findings);
  }

  /** The number of the last entry; 0 before the first. */
  public long sequence() {
    return sequence;
  }

  /** The hash of the last entry. */
  public String hash() {
    return hash;
  }
}
