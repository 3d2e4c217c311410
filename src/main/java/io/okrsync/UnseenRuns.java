package io.okrsync;

import io.okrsync.audit.Finding;
import io.okrsync.store.Evidence;
import io.okrsync.store.RunRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs after the last published one of a source that rows name: what nobody sees yet is there only
 * while the source has an unfinished run.
 */
final class UnseenRuns {
  private final Evidence evidence;
  private final String source;
  private final long published;
  private final List<Finding> findings;
  private final Map<Long, Boolean> known = new HashMap<>();

  UnseenRuns(Evidence evidence, String source, long published, List<Finding> findings) {
    this.evidence = evidence;
    this.source = source;
    this.published = published;
    this.findings = findings;
  }

  /** Takes the run by which a row of this record was made or ended; null where it was not. */
  void check(String place, String record, @Nullable Long run) {
    if (run != null && run > published && !known.computeIfAbsent(run, this::isUnderWay)) {
      findings.add(
          new Finding(
              place,
              "says of record %s what run %d is to have stored, which is not under way"
                  .formatted(record, run)));
    }
  }

  /** Or was, when the row was read. */
  private boolean isUnderWay(long run) {
    return evidence.unfinishedRun(source).equals(Optional.of(run))
        || evidence.run(run).map(RunRow::run).filter(it -> it.outcome().isWell()).isPresent();
  }
}
