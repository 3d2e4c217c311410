package io.okrsync.store;

/**
 * A version of a record that ended.
 *
 * @param untilRun the run that ended it
 */
public record EndedVersion(String recordId, long sinceRun, long untilRun) {}
