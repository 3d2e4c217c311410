package io.okrsync.store;

import io.okrsync.audit.AuditEntry;
import io.okrsync.audit.SealedEntry;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A sealed audit entry. Nothing changes it. */
@Entity
@Table(name = "audit_entry")
final class StoredEntry {
  @Id private long sequence;
  private Instant at;
  private String actor;
  private String action;
  private String subject;
  private String detail;
  private String previousHash;
  private String hash;

  @SuppressWarnings("NullAway.Init")
  StoredEntry() {}

  StoredEntry(SealedEntry sealed) {
    this.sequence = sealed.sequence();
    this.at = sealed.entry().at();
    this.actor = sealed.entry().actor();
    this.action = sealed.entry().action();
    this.subject = sealed.entry().subject();
    this.detail = sealed.entry().detail();
    this.previousHash = sealed.previousHash();
    this.hash = sealed.hash();
  }

  SealedEntry asSealed() {
    AuditEntry entry = new AuditEntry(at, actor, action, subject, detail);
    return new SealedEntry(sequence, entry, previousHash, hash);
  }
}
