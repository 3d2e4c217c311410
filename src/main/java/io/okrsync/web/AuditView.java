package io.okrsync.web;

import io.okrsync.audit.Action;
import io.okrsync.audit.EntryFilter;
import io.okrsync.audit.SealedEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The auditor's page: the log by who, what, about what, run and time, and what the last check of
 * the whole ledger found.
 *
 * @param asked what the fields of the form hold, by their names
 * @param older where the entries are that come after these; null where these are the oldest
 * @param newest where the newest such entries are
 * @param last the newest entry of all; null while there is none
 * @param restated what has become of final values; none where only some entries are asked for
 */
public record AuditView(
    Map<String, String> asked,
    List<EntryRow> entries,
    @Nullable String older,
    String newest,
    boolean isOlder,
    @Nullable EntryRow last,
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
   * What the last check found.
   *
   * @param counts such as {@code 12 entries, 3 runs}
   */
  public record CheckedRow(
      Moment begunAt, boolean underWay, String counts, List<String> findings) {}

  static AuditView of(EntryFilter filter, Audit audit, Moments moments, int most) {
    List<SealedEntry> found = audit.entries(filter, most + 1);
    List<SealedEntry> shown = found.subList(0, Math.min(most, found.size()));
    return new AuditView(
        asked(filter),
        shown.stream().map(each -> row(each, moments)).toList(),
        found.size() > most
            ? Addresses.audit(filter.olderThan(shown.get(most - 1).sequence()))
            : null,
        Addresses.audit(filter.newest()),
        filter.before() != null,
        audit.entries(EntryFilter.ALL, 1).stream()
            .map(each -> row(each, moments))
            .findFirst()
            .orElse(null),
        audit.checked().map(each -> row(each, moments)).orElse(null),
        filter.equals(EntryFilter.ALL)
            ? audit.restatements(null, 0).stream()
                .map(each -> RestatementRow.of(each.what(), each.why(), moments))
                .toList()
            : List.of());
  }

  private static Map<String, String> asked(EntryFilter filter) {
    return Map.of(
        "actor", text(filter.actor()),
        "action", text(filter.action()),
        "keyResult", text(filter.keyResult()),
        "source", text(filter.source()),
        "run", text(filter.run()),
        "from", time(filter.from()),
        "to", time(filter.to()));
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private static String time(@Nullable Instant at) {
    return text(at);
  }

  static EntryRow row(SealedEntry sealed, Moments moments) {
    return new EntryRow(
        sealed.sequence(),
        moments.exact(sealed.entry().at()),
        sealed.entry().actor(),
        sealed.entry().action(),
        sealed.entry().subject(),
        sealed.entry().detail(),
        sealed.hash(),
        address(sealed));
  }

  /** Where what it tells of can be seen; null where it cannot. */
  private static @Nullable String address(SealedEntry sealed) {
    String subject = sealed.entry().subject();
    return switch (sealed.entry().action()) {
      case "key-result.moved", "key-result.recounted", "key-result.missing" ->
          Addresses.why(subject, sealed.entry().at());
      case "key-result.checked-in" -> Addresses.keyResult(subject) + "#check-ins";
      case "key-result.stated" -> Addresses.keyResult(subject);
      case "configuration.loaded" -> null;
      default -> Addresses.runsOf(subject);
    };
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
