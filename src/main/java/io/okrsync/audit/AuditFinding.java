package io.okrsync.audit;

/**
 * Something that is not as it was written.
 *
 * @param sequence where the chain stops being what it was
 * @param what one sentence: changed, missing, or out of order
 */
public record AuditFinding(long sequence, String what) {}
