package io.okrsync.audit;

import java.util.Locale;

/** What an audit entry can tell of. */
public enum Action {
  KEY_RESULT_MOVED,
  KEY_RESULT_RECOUNTED,
  KEY_RESULT_MISSING,
  KEY_RESULT_STATED,
  KEY_RESULT_CHECKED_IN,
  RUN_PUBLISHED,
  RUN_FOUND,
  RUN_FAILED,
  RUN_PARTIAL,
  RUN_HELD,
  RUN_RELEASED,
  RUN_DISCARDED,
  RUN_SKIPPED,
  RECORDS_PRUNED,
  EXPORT_WRITTEN,
  CONFIGURATION_LOADED;

  /** As the log calls it, such as {@code key-result.checked-in}. */
  public String label() {
    return name()
        .toLowerCase(Locale.ROOT)
        .replaceFirst("^(key_result|[a-z]+)_", "$1.")
        .replace('_', '-');
  }
}
