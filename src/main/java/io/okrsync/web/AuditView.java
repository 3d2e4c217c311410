package io.okrsync.web;

import io.okrsync.audit.Action;
import io.okrsync.audit.Checkpoint;
import io.okrsync.audit.EntryFilter;
import io.okrsync.audit.SealedEntry;
import io.okrsync.audit.Wording;
import io.okrsync.okr.Frozen;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The auditor's page: the log by who, what, about what, run and time, how far it is signed, and
 * what the last check of the whole ledger found.
 *
 * @param status of the answer: 200 unless there is a problem
 * @param problem why no entries are listed; null where they are, or where there is just none
 * @param asked what the fields of the form hold, by their names
 * @param older where the entries are that come after these; null where these are the oldest
 * @param newest where the newest such entries are
 * @param last the newest entry of all; null while there is none
 * @param sealed how far it is signed; null where no checkpoints are kept
 * @param restated what has become of final values; none where only some entries are asked for
 */
public record AuditView(
    int status,
    @Nullable String problem,
    Map<String, String> asked,
    List<EntryRow> entries,
    @Nullable String older,
    String newest,
    boolean isOlder,
    @Nullable EntryRow last,
    @Nullable SealedRow sealed,
    @Nullable CheckedRow checked,
    List<RestatementRow> restated) {
  /** What can be done, as the log calls it. */
  public static final List<String> ACTIONS = Stream.of(Action.values()).map(Action::label).toList();

  /** One entry. */
  public record EntryRow(
      long sequence,
      Moment at,
      String actor,
      String action,
      String subject,
      String detail,
      String hash,
      @Nullable String address) {}

  /**
   * How far the log is signed.
   *
   * @param last the last checkpoint; null while there is none
   * @param problem what is wrong with it; null where nothing is
   */
  public record SealedRow(String file, @Nullable CheckpointRow last, @Nullable String problem) {}

  /**
   * A checkpoint.
   *
   * @param since how many entries were written after it
   */
  public record CheckpointRow(long sequence, Moment at, String key, long since) {}

  /**
   * What the last check found.
   *
   * @param counts such as {@code 12 entries, 3 runs}
   */
  public record CheckedRow(
      Moment begunAt, boolean underWay, String counts, List<String> findings) {}

  static AuditView of(EntriesAsked asked, Site site, Moments moments, int most) {
    Audit audit = site.audit();
    EntryFilter filter = asked.filter();
    List<SealedEntry> found = asked.problem() == null ? audit.entries(filter, most + 1) : List.of();
    List<SealedEntry> shown = found.subList(0, Math.min(most, found.size()));
    Unknown unknown = asked.problem() == null && found.isEmpty() ? asked.unknown(site) : null;
    Set<String> keyResults = EntriesAsked.keyResults(site);
    SealedEntry last = audit.entries(EntryFilter.ALL, 1).stream().findFirst().orElse(null);
    return new AuditView(
        asked.problem() != null ? 400 : unknown == null ? 200 : 404,
        asked.problem() != null ? asked.problem() : unknown == null ? null : unknown.detail(),
        asked.typed(),
        shown.stream().map(each -> row(each, keyResults, moments)).toList(),
        found.size() > most
            ? Addresses.audit(filter.olderThan(shown.get(most - 1).sequence()))
            : null,
        Addresses.audit(filter.newest()),
        filter.before() != null,
        last == null ? null : row(last, keyResults, moments),
        last == null
            ? null
            : audit.sealed().map(each -> row(each, last.sequence(), moments)).orElse(null),
        audit.checked().map(each -> row(each, moments)).orElse(null),
        asked.problem() == null && filter.equals(EntryFilter.ALL)
            ? audit.restatements(null, 0).stream()
                .map(each -> RestatementRow.of(each.what(), each.why(), moments))
                .toList()
            : List.of());
  }

  /**
   * @param keyResults that have a page
   */
  static EntryRow row(SealedEntry sealed, Set<String> keyResults, Moments moments) {
    return new EntryRow(
        sealed.sequence(),
        moments.exact(sealed.entry().at()),
        sealed.entry().actor(),
        sealed.entry().action(),
        sealed.entry().subject(),
        sealed.entry().detail(),
        sealed.hash(),
        address(sealed, keyResults));
  }

  /** Where what it tells of can be seen; null where it cannot. */
  private static @Nullable String address(SealedEntry sealed, Set<String> keyResults) {
    String subject = sealed.entry().subject();
    String action = sealed.entry().action();
    if (action.startsWith("run.") || action.equals(Action.RECORDS_PRUNED.label())) {
      return Addresses.runsOf(subject);
    }
    if (!action.startsWith("key-result.") || !keyResults.contains(Frozen.keyResultOf(subject))) {
      return null;
    }
    if (Wording.isOfReading(action)) {
      return Addresses.why(subject, sealed.entry().at());
    }
    return action.equals(Action.KEY_RESULT_CHECKED_IN.label())
        ? Addresses.keyResult(subject) + "#check-ins"
        : Addresses.keyResult(subject);
  }

  private static SealedRow row(Audit.Sealed sealed, long last, Moments moments) {
    Checkpoint signed = sealed.last();
    CheckpointRow row =
        signed == null
            ? null
            : new CheckpointRow(
                signed.sequence(),
                moments.exact(signed.at()),
                signed.keyId(),
                last - signed.sequence());
    return new SealedRow(sealed.file(), row, sealed.problem());
  }

  private static CheckedRow row(Audit.Checked checked, Moments moments) {
    return new CheckedRow(
        moments.exact(checked.begunAt()),
        checked.endedAt() == null,
        checked.counts().entrySet().stream()
            .map(each -> RunRow.count(each.getValue()) + " " + each.getKey())
            .collect(Collectors.joining(", ")),
        checked.findings().stream().map(Object::toString).toList());
  }
}
