package io.okrsync.audit;

/**
 * An audit entry, sealed by the hash of the one before, as it is stored and shown.
 *
 * @param sequence 1 and up, without gaps
 * @param previousHash the hash of the entry before; 64 zeros for the first
 * @param hash SHA-256 over all the rest, in lower-case hex
 */
public record SealedEntry(long sequence, AuditEntry entry, String previousHash, String hash) {}
