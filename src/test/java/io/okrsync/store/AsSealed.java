package io.okrsync.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.audit.VersionsSum;
import java.util.Map;
import java.util.TreeMap;

/** What each published run did to versions of records is what it sealed. */
final class AsSealed {
  private AsSealed() {}

  static void check(Evidence evidence) {
    for (String source : evidence.publishedSources()) {
      Map<Long, VersionsSum> again = new TreeMap<>();
      evidence.records(source, some -> some.forEach(it -> add(it, again)));
      evidence.sealedVersions(
          source,
          Long.MAX_VALUE,
          run ->
              assertThat(run.seal())
                  .as("run %d of %s", run.run(), source)
                  .isEqualTo(again.getOrDefault(run.run(), VersionsSum.from("")).seal()));
    }
  }

  private static void add(RecordVersion version, Map<Long, VersionsSum> to) {
    of(version.sinceRun(), to).opened(version.recordId(), version.hash(), version.updatedAt());
    if (version.untilRun() != null) {
      of(version.untilRun(), to).ended(version.recordId(), version.sinceRun());
    }
  }

  private static VersionsSum of(long run, Map<Long, VersionsSum> sums) {
    return sums.computeIfAbsent(run, it -> VersionsSum.from(""));
  }
}
