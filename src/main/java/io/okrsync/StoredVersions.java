package io.okrsync;

import io.okrsync.audit.Finding;
import io.okrsync.audit.VersionsSum;
import io.okrsync.store.EndedVersion;
import io.okrsync.store.Evidence;
import io.okrsync.store.RecordVersion;
import io.okrsync.store.SealedVersions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What each published run of a source did to versions of records, added up again from their rows
 * and held against what the run's audit entry seals: so no body can be changed together with its
 * hash.
 */
final class StoredVersions {
  private final Evidence evidence;
  private final String source;
  private final long published;
  private final List<Finding> findings;
  private final Map<Long, VersionsSum> sums = new TreeMap<>();
  private final Map<Long, String> otherwise = new HashMap<>();
  private long ended;

  StoredVersions(Evidence evidence, String source, long published, List<Finding> findings) {
    this.evidence = evidence;
    this.source = source;
    this.published = published;
    this.findings = findings;
  }

  /** All versions have to come by, in any order. */
  void add(RecordVersion version) {
    sum(version.sinceRun()).opened(version.recordId(), version.hash(), version.updatedAt());
    if (version.untilRun() != null) {
      sum(version.untilRun()).ended(version.recordId(), version.sinceRun());
      ended++;
    }
  }

  private VersionsSum sum(long run) {
    return sums.computeIfAbsent(run, it -> VersionsSum.from(""));
  }

  /** After the last version. */
  void compare() {
    evidence.sealedVersions(source, published, this::compare);
    sums.keySet().stream()
        .filter(it -> it <= published && !otherwise.containsKey(it))
        .forEach(it -> add(it, "are told by run %d, which was not published".formatted(it)));
    otherwise.values().removeIf(String::isEmpty);
    if (!otherwise.isEmpty()) {
      nameRecords();
    }
    evidence.wrongEnds(source, ended).forEach(this::add);
  }

  private void add(EndedVersion it) {
    findings.add(
        new Finding(
            "ended_version %s of '%s'".formatted(it.recordId(), source),
            "is not what the record's versions say: run %d ended the one since run %d"
                .formatted(it.untilRun(), it.sinceRun())));
  }

  /** Those that are as they should be are kept as empty texts until all runs are known. */
  private void compare(SealedVersions run) {
    VersionsSum again = sum(run.run());
    boolean isSame = run.seal() == null || run.seal().equals(again.seal());
    otherwise.put(run.run(), isSame ? "" : run.seal());
  }

  /** The sums tell which record it is where it is one in a run; that takes one more look at all. */
  private void nameRecords() {
    Set<Long> named = new HashSet<>();
    evidence.records(source, some -> some.forEach(it -> blame(it, named)));
    otherwise.keySet().stream()
        .filter(it -> !named.contains(it))
        .forEach(
            it ->
                add(it, "are not what run %d sealed: some were changed or are gone".formatted(it)));
  }

  private void blame(RecordVersion version, Set<Long> named) {
    Stream.of(version.sinceRun(), version.untilRun())
        .filter(otherwise::containsKey)
        .filter(it -> sum(it).blames(version.recordId(), otherwise.getOrDefault(it, "")))
        .filter(named::add)
        .forEach(
            it ->
                findings.add(
                    new Finding(
                        "record_version %s of '%s'".formatted(version.recordId(), source),
                        "is not what run %d sealed: its hash, its time, or when it was true"
                            .formatted(it))));
  }

  private void add(long run, String what) {
    findings.add(new Finding("record_version of '%s' by run %d".formatted(source, run), what));
  }
}
