package io.okrsync.store;

/** The number and the hash of the last audit entry, as they are noted beside the chain. */
public record AuditHead(long sequence, String hash) {}
