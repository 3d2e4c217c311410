package io.okrsync.store;

import io.okrsync.audit.AuditEntry;

/**
 * A stored audit entry, sealed by the hash of the one before. Hashes are SHA-256 in lower-case hex.
 */
public record AuditRow(long sequence, AuditEntry entry, String previousHash, String hash) {}
