package io.okrsync.store;

import io.okrsync.audit.AuditChain;
import io.okrsync.audit.AuditEntry;
import io.okrsync.audit.SealedEntry;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * The last link of the audit chain: one row, made by the migration, moved by each entry. Who holds
 * it locked is the only one that publishes.
 */
@Entity
@Table(name = "audit_head")
final class StoredHead {
  static final long ONLY = 1;

  @Id private long id;
  private long sequence;
  private String hash;

  @SuppressWarnings("NullAway.Init")
  StoredHead() {}

  /** The entry as the chain's next link. */
  SealedEntry seal(AuditEntry entry) {
    SealedEntry sealed = AuditChain.seal(sequence + 1, entry, hash);
    sequence = sealed.sequence();
    hash = sealed.hash();
    return sealed;
  }

  /** The number of the last entry. */
  long sequence() {
    return sequence;
  }

  /** Which row it is: there is one. */
  long id() {
    return id;
  }
}
