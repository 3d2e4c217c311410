package io.okrsync.store;

import java.sql.SQLException;
import java.util.List;

/** What a run has stored that was never seen by anybody. */
final class Unpublished {
  private final Work work;

  Unpublished(Work work) {
    this.work = work;
  }

  /** Undoes it, as if the run had read nothing. */
  void discard(StoredSource source) throws SQLException {
    long seenUpTo = source.seenUpTo();
    work.records(source.source()).discardAfter(seenUpTo);
    work.differences().discardAfter(source.source(), seenUpTo);
    for (StoredMeasure measure : work.measures().of(source.source())) {
      work.contributions().discardAfter(seenUpTo, measure.id());
    }
    EndedVersions versions = work.ended(source.source());
    List<EndedVersion> ended = versions.after(seenUpTo);
    while (!ended.isEmpty()) {
      work.records(source.source()).reopen(ended);
      versions.forget(ended);
      ended = versions.after(seenUpTo);
    }
  }
}
