package io.okrsync.store;

import static java.util.Objects.requireNonNull;

import io.okrsync.measure.Contribution;
import io.okrsync.measure.Measure;
import io.okrsync.measure.MeasureDefinition;
import io.okrsync.measure.Reading;
import io.okrsync.measure.Selection;
import io.okrsync.measure.Totals;
import io.okrsync.measure.Window;
import io.okrsync.store.PopulationRows.Place;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What was counted, as of any run: the versions of measures whose contributions are stored, the
 * contributions one by one, and what a selection of them came to. Changes nothing.
 */
public final class Populations {
  private final Database database;

  Populations(Database database) {
    this.database = database;
  }

  /** The versions of measures of a source whose contributions are stored, and up to which run. */
  public List<MeasureVersion> measures(String source) {
    return database.get(
        work -> work.measures().of(source).stream().map(StoredMeasure::asRow).toList());
  }

  /** The stored contributions of these versions of records to a measure. */
  public List<ContributionRow> contributions(MeasureVersion measure, List<RecordVersion> versions) {
    return database.get(work -> work.population(measure.source()).of(measure.id(), versions));
  }

  /** How many contributions to a measure are stored. */
  public long count(MeasureVersion measure) {
    return database.get(work -> work.population(measure.source()).count(measure.id()));
  }

  /** The stored contributions to a measure that belong to no version of a record of the source. */
  public List<ContributionRow> strays(MeasureVersion measure) {
    return database.get(work -> work.population(measure.source()).strays(measure.id()));
  }

  /**
   * The days (UTC) whose totals, of which values are added up, are not what the contributions to
   * the measure come to as of the last run that is published, or that the measure is good for.
   */
  public List<String> wrongDays(MeasureVersion measure) {
    String source = measure.source();
    return database.atOneMoment(
        work -> {
          long seenUpTo = work.sources().stored(source).map(StoredSource::seenUpTo).orElse(0L);
          long goodUntil =
              work.measures()
                  .version(source, measure.version())
                  .map(StoredMeasure::goodUntilRun)
                  .orElse(0L);
          long run = Math.min(seenUpTo, goodUntil);
          return work.dailyTotals(source).wrong(measure.id(), run);
        });
  }

  /** All stored contributions to a measure, by run and record. */
  public void contributions(MeasureVersion measure, Consumer<ContributionRow> to) {
    new RowByRow(database)
        .each(
            Place.BEFORE_ALL,
            (work, after) ->
                work.population(measure.source()).next(measure.id(), after, RowByRow.AT_ONCE),
            Place::of,
            to);
  }

  /** The stored contributions of a version of a measure. */
  public Optional<MeasureVersion> measureVersion(String version) {
    return database
        .get(
            work ->
                work.sql()
                    .list(
                        "select id, source, version, derived_until_run from measure_version"
                            + " where version = ?",
                        row ->
                            new MeasureVersion(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                Sql.number(row, 4)),
                        version))
        .stream()
        .findFirst();
  }

  /** What a measure was in a window as of a run; empty where that cannot be told any more. */
  public Optional<Reading> reading(Measure measure, Window window, long run) {
    return reading(Selection.of(measure, window), Map.of(measure.version(), run));
  }

  /**
   * What a selection came to; empty where that cannot be told any more.
   *
   * @param runs as of which run each measure of it is seen, by the version of the measure
   */
  public Optional<Reading> reading(Selection selection, Map<String, Long> runs) {
    MeasureDefinition definition = selection.measure().definition();
    return database.get(
        work -> {
          Optional<Selected.Sight> sight = sight(work, selection, runs);
          if (sight.isEmpty()) {
            return Optional.empty();
          }
          Totals totals = new ContributionTotals(work.sql(), selection, sight.get()).of(definition);
          return Optional.of(Reading.of(definition, selection.window(), totals));
        });
  }

  /** Where to ask for readings of many runs, in their order. */
  public RunByRun runByRun() {
    return new RunByRun(this, database);
  }

  /** The same for each key. */
  public Optional<Map<String, Reading>> groups(Selection selection, Map<String, Long> runs) {
    return database.get(
        work -> {
          Optional<Selected.Sight> sight = sight(work, selection, runs);
          return sight.isEmpty()
              ? Optional.empty()
              : Optional.of(new ContributionGroups(work.sql(), selection, sight.get()).all());
        });
  }

  /** Empty where the contributions to one of the measures are not stored as of its run. */
  private static Optional<Selected.Sight> sight(
      Work work, Selection selection, Map<String, Long> runs) throws SQLException {
    Map<String, Selected.Seen> seen = new HashMap<>();
    for (Measure measure : selection.measures().toList()) {
      Long run = runs.get(measure.version());
      Optional<MeasureVersion> stored = run == null ? Optional.empty() : stored(work, measure, run);
      if (run == null || stored.isEmpty()) {
        return Optional.empty();
      }
      seen.put(
          measure.version(),
          new Selected.Seen(measure.definition().from(), stored.get().id(), run));
    }
    return Optional.of(measure -> requireNonNull(seen.get(measure.version())));
  }

  /**
   * The contributions that are selected, those of one key together.
   *
   * @return false where that cannot be told any more
   */
  public boolean selected(Selection selection, Map<String, Long> runs, Consumer<Contribution> to) {
    return database.get(
        work -> {
          Optional<Selected.Sight> sight = sight(work, selection, runs);
          if (sight.isPresent()) {
            work.population(selection.measure().definition().from())
                .byKey(selection, sight.get(), to);
          }
          return sight.isPresent();
        });
  }

  /**
   * The contributions that were counted, by record id; empty where that cannot be told any more.
   */
  public List<Contribution> population(Measure measure, Window window, long run) {
    return database.get(
        work -> {
          Optional<MeasureVersion> stored = stored(work, measure, run);
          return stored.isEmpty()
              ? List.of()
              : work.population(measure.definition().from())
                  .counted(stored.get().id(), measure.version(), window, run);
        });
  }

  /**
   * The contributions that a selection takes; empty where that cannot be told any more.
   *
   * @param runs as of which run each measure of it is seen, by the version of the measure
   * @param most one more is returned where there are more
   */
  public Optional<List<Contribution>> population(
      Selection selection, Map<String, Long> runs, int most) {
    return database.get(
        work -> {
          Optional<Selected.Sight> sight = sight(work, selection, runs);
          return sight.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  work.population(selection.measure().definition().from())
                      .some(selection, sight.get(), most + 1));
        });
  }

  /**
   * The contributions in a window that began or ceased to be true after one run and up to another,
   * by record and run; empty where that cannot be told any more.
   *
   * @param most one more is returned where there are more
   */
  public Optional<List<ContributionRow>> changes(
      Measure measure, Window window, long after, long until, int most) {
    return database.get(
        work -> {
          Optional<MeasureVersion> stored = stored(work, measure, until);
          return stored.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  work.population(measure.definition().from())
                      .changed(
                          stored.get().id(), measure.version(), window, after, until, most + 1));
        });
  }

  static Optional<MeasureVersion> stored(Work work, Measure measure, long run) throws SQLException {
    Optional<MeasureVersion> good =
        work.measures()
            .version(measure.definition().from(), measure.version())
            .map(StoredMeasure::asRow)
            .filter(it -> Objects.requireNonNullElse(it.goodUntilRun(), Long.MAX_VALUE) >= run);
    return good.isPresent() && work.lostRuns().hold(good.get().id(), run) ? Optional.empty() : good;
  }
}
