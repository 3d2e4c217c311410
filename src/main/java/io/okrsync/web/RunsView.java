package io.okrsync.web;

import io.okrsync.sync.Outcome;
import io.okrsync.sync.RunFilter;
import io.okrsync.sync.SyncRun;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The page of sources and runs. Beyond the newest runs it shows neither the sources nor what
 * changes: it stands still.
 *
 * @param bySource the sources whose runs can be listed, all first
 * @param byOutcome the outcomes whose runs can be listed, all first
 * @param older where the runs are that come after these; null where these are the oldest
 * @param newest where the newest such runs are
 */
public record RunsView(
    RunFilter filter,
    List<SourceCard> sources,
    List<RunRow> runs,
    List<Choice> bySource,
    List<Choice> byOutcome,
    @Nullable String older,
    String newest) {

  /** A list of runs that can be had instead. */
  public record Choice(String label, String address, boolean chosen) {}

  static RunsView of(RunFilter filter, Site site, int most) {
    Moments moments = new Moments(site.now(), site.zone());
    List<SyncRun> found =
        site.runs(filter, most + 1); // one more tells whether there are older ones
    List<SyncRun> runs = found.subList(0, Math.min(most, found.size()));
    List<SourceRow> sources = site.sources();
    return new RunsView(
        filter,
        sources.stream().map(each -> SourceCard.of(each, moments)).toList(),
        runs.stream().map(each -> RunRow.of(each, moments)).toList(),
        bySource(filter, sources.stream().map(SourceRow::name).toList()),
        byOutcome(filter),
        found.size() > most ? Addresses.runs(filter.olderThan(runs.get(most - 1).id())) : null,
        Addresses.runs(filter.newest()));
  }

  private static List<Choice> bySource(RunFilter filter, List<String> configured) {
    String chosen = filter.source();
    List<Choice> choices = new ArrayList<>();
    choices.add(new Choice("all", Addresses.runs(filter.withSource(null)), chosen == null));
    Stream<String> gone = Stream.ofNullable(chosen).filter(name -> !configured.contains(name));
    Stream.concat(configured.stream(), gone)
        .map(name -> new Choice(name, Addresses.runs(filter.withSource(name)), name.equals(chosen)))
        .forEach(choices::add);
    return List.copyOf(choices);
  }

  private static List<Choice> byOutcome(RunFilter filter) {
    Outcome chosen = filter.outcome();
    List<Choice> choices = new ArrayList<>();
    choices.add(new Choice("all", Addresses.runs(filter.withOutcome(null)), chosen == null));
    for (Outcome each : Outcome.values()) {
      String address = Addresses.runs(filter.withOutcome(each));
      choices.add(new Choice(Badge.of(each).label(), address, each == chosen));
    }
    return List.copyOf(choices);
  }

  /** Whether these are not the newest runs. */
  public boolean isOlder() {
    return filter.before() != null;
  }

  public String title() {
    return isOlder() ? "Runs before " + filter.before() : "Sources and runs";
  }

  /** Which runs are listed: {@code Runs of crm: failed}. */
  public String which() {
    String source = filter.source() == null ? "" : " of " + filter.source();
    String outcome = filter.outcome() == null ? "" : ": " + Badge.of(filter.outcome()).label();
    return "Runs" + source + outcome;
  }

  /** Why the list is empty and what to do. */
  public String nothing() {
    if (isOlder()) {
      return "There is no such run before run " + filter.before() + ".";
    }
    return filter.outcome() == null
        ? "No run yet. Runs begin by their schedule, or at once with \"Sync now\"."
        : "There is no such run.";
  }
}
