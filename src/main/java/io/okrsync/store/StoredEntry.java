package io.okrsync.store;

import io.okrsync.audit.AuditEntry;
import io.okrsync.audit.SealedEntry;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;

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

  /** Of a row with all columns, in the order of the fields. */
  static SealedEntry sealed(ResultSet row) throws SQLException {
    AuditEntry entry =
        new AuditEntry(
            Objects.requireNonNull(Sql.instant(row, 2), "an entry is dated"),
            row.getString(3),
            row.getString(4),
            row.getString(5),
            row.getString(6));
    return new SealedEntry(row.getLong(1), entry, row.getString(7), row.getString(8));
  }

  SealedEntry asSealed() {
    AuditEntry entry = new AuditEntry(at, actor, action, subject, detail);
    return new SealedEntry(sequence, entry, previousHash, hash);
  }
}
