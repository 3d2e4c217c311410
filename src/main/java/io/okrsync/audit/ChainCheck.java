package io.okrsync.audit;

import java.util.ArrayList;
import java.util.List;

/** Checks a chain entry by entry, however long it is. Given entries from the first on. */
public final class ChainCheck {
  private final List<AuditFinding> findings = new ArrayList<>();
  private long sequence;
  private String hash = AuditChain.GENESIS;

  /** Takes the entry that is stored next. */
  public void next(SealedEntry sealed) {
    String wrong = AuditChain.wrong(sealed, sequence + 1, hash);
    if (wrong != null) {
      findings.add(new AuditFinding(sealed.sequence(), wrong));
    }
    sequence = sealed.sequence();
    hash = sealed.hash();
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
