package io.okrsync.audit;

import io.okrsync.okr.Counted;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bodies of record versions that were pruned at once, as an audit entry tells it.
 *
 * @param versions how many
 * @param endedBy no version is among them that was true after this run
 * @param seal see {@link PruningSeal}
 */
public record Pruning(
    long entry, Instant at, String source, long versions, long endedBy, String seal) {
  private static final Pattern DETAIL =
      Pattern.compile(
          "the bodies of (\\d+) versions of records, none true after run (\\d+); sealed"
              + " ([0-9a-f]{64})");

  /** What is not there any more, one line for each source and day (UTC). */
  public static List<String> inWords(List<Pruning> all) {
    Map<String, Long> versions = new TreeMap<>();
    all.forEach(it -> versions.merge(it.onDay(), it.versions(), Long::sum));
    return versions.entrySet().stream()
        .map(
            it ->
                "%s: the bodies of %s that %s true no more"
                    .formatted(
                        it.getKey(),
                        Counted.of(it.getValue(), "record versions"),
                        it.getValue() == 1 ? "was" : "were"))
        .toList();
  }

  private String onDay() {
    return "%s: pruned on %s".formatted(source, at.atOffset(ZoneOffset.UTC).toLocalDate());
  }

  /** What its entry says. */
  public static AuditEntry entry(
      String source, long versions, long endedBy, String seal, String actor, Instant at) {
    String detail =
        "the bodies of %d versions of records, none true after run %d; sealed %s"
            .formatted(versions, endedBy, seal);
    return new AuditEntry(at, actor, Action.RECORDS_PRUNED, source, detail);
  }

  /** Empty where the entry tells of something else. */
  public static Optional<Pruning> of(SealedEntry sealed) {
    AuditEntry entry = sealed.entry();
    Matcher told = DETAIL.matcher(entry.detail());
    return entry.action().equals(Action.RECORDS_PRUNED.label()) && told.matches()
        ? Optional.of(
            new Pruning(
                sealed.sequence(),
                entry.at(),
                entry.subject(),
                Long.parseLong(told.group(1)),
                Long.parseLong(told.group(2)),
                told.group(3)))
        : Optional.empty();
  }
}
