package io.okrsync.store;

import org.jspecify.annotations.Nullable;

/**
 * What runs of a source before one have told of its records.
 *
 * @param last the last published run that would have brought any record there is; null where there
 *     is none
 * @param lastWasClear whether nothing was read since that was to bring all, and was in doubt
 * @param otherwise the last published run since, itself included, that read the source as it was
 *     configured otherwise; null where there is none
 */
record LooksBefore(@Nullable StoredRun last, boolean lastWasClear, @Nullable Long otherwise) {
  /** Whether the source is not what it was: its records may be others. */
  boolean isAnother() {
    return otherwise != null;
  }
}
