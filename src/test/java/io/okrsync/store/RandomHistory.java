package io.okrsync.store;

import static io.okrsync.store.Samples.CRM;
import static io.okrsync.store.Samples.NOON;

import io.okrsync.connector.Page;
import io.okrsync.connector.SourceRecord;
import io.okrsync.measure.Aggregate;
import io.okrsync.measure.Contribution;
import io.okrsync.measure.Measure;
import io.okrsync.measure.MeasureDefinition;
import io.okrsync.measure.Selection;
import io.okrsync.measure.Window;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A source whose deals come, change, go and come back, the same for the same seed. It keeps what
 * the source holds, in the plainest way, beside what the store makes of it.
 */
final class RandomHistory {
  static final List<Measure> MEASURES =
      List.of(
          Samples.measure("random_count", Aggregate.COUNT, null),
          Samples.measure("random_owners", Aggregate.DISTINCT, "owner"),
          Samples.measure("random_sum", Aggregate.SUM, "value"),
          Samples.measure("random_average", Aggregate.AVERAGE, "value"),
          Samples.measure("random_min", Aggregate.MIN, "value"),
          Samples.measure("random_max", Aggregate.MAX, "value"),
          Samples.measure("random_median", Aggregate.MEDIAN, "value"),
          Samples.measure("random_latest", Aggregate.LATEST, "value"),
          Samples.money("random_money", Aggregate.SUM),
          keyed("random_percentile", Aggregate.PERCENTILE, "37.5", "owner"),
          keyed("random_keyed", Aggregate.SUM, null, "value < 900 ? owner : custom.none"),
          keyed("random_latest_keyed", Aggregate.LATEST, null, "owner"),
          keyed("random_unkeyed", Aggregate.SUM, null, "value > 980 ? number(owner) : value"),
          dated("random_undated", Aggregate.SUM, "value > 980 ? timestamp(owner) : wonAt", "owner"),
          dated(
              "random_undated_owners",
              Aggregate.DISTINCT,
              "value > 980 ? timestamp(owner) : wonAt",
              null));

  /** Now and then one whose date cannot be computed. */
  private static Measure dated(String name, Aggregate aggregate, String at, @Nullable String by) {
    return Samples.compiled(
        new MeasureDefinition(
            name,
            "crm",
            "status == 'won'",
            at,
            aggregate,
            aggregate == Aggregate.DISTINCT ? "owner" : "value",
            null,
            by,
            null,
            null));
  }

  private static Measure keyed(String name, Aggregate aggregate, @Nullable String rank, String by) {
    return Samples.compiled(
        new MeasureDefinition(
            name,
            "crm",
            "status == 'won'",
            "wonAt",
            aggregate,
            "value",
            rank == null ? null : new BigDecimal(rank),
            by,
            null,
            null));
  }

  private final Random random;
  private final Map<String, SourceRecord> source = new TreeMap<>();
  private List<Measure> measures = MEASURES;

  RandomHistory(long seed) {
    this.random = new Random(seed);
  }

  RandomHistory withoutMeasures() {
    measures = List.of();
    return this;
  }

  int size() {
    return source.size();
  }

  /** This many runs: some read everything, some what changed, some break off and are discarded. */
  void play(Store store, long configuration, int runs) {
    for (int i = 0; i < runs; i++) {
      boolean incremental = random.nextBoolean();
      SyncRun run = store.begin(CRM, "v1", Trigger.SCHEDULE, incremental, NOON);
      if (i > 0 && random.nextInt(4) == 0) {
        run = store.append(run, new Page(changes(), List.of(), "2", null), measures, NOON);
        store.fail(run, "broke off", false, NOON);
        continue;
      }
      List<SourceRecord> changed = changes();
      changed.forEach(this::take);
      boolean everything = run.since() == null;
      List<SourceRecord> told = everything ? List.copyOf(source.values()) : changed;
      publish(store, run, told, configuration);
      if (everything) {
        publish(
            store,
            store.begin(CRM, "v1", Trigger.SCHEDULE, false, NOON),
            told,
            configuration); // what is gone is so when it does not come twice
      }
    }
  }

  private void publish(Store store, SyncRun begun, List<SourceRecord> told, long configuration) {
    SyncRun run = begun;
    for (Page page : pages(told)) {
      run = store.append(run, page, measures, NOON);
    }
    store.publish(run, configuration, readings -> List.of(), NOON);
  }

  /** What the records that the source now holds add to the measure. */
  Collection<Contribution> contributions(Measure measure) {
    return source.values().stream().flatMap(it -> measure.contribution(it).stream()).toList();
  }

  /** Some that hold everything, nothing, and parts, with and without problems. */
  List<Window> windows() {
    List<Window> windows = new ArrayList<>();
    for (int days : new int[] {1, 3, 10, 40}) {
      Instant from = NOON.minus(Duration.ofDays(random.nextInt(days)));
      windows.add(new Window(from, from.plus(Duration.ofDays(days))));
      windows.add(new Window(from, from.plusSeconds(3600L * days)));
    }
    windows.add(new Window(NOON.minus(Duration.ofDays(99)), NOON.minus(Duration.ofDays(98))));
    return windows;
  }

  /** Of measures with keys, restricted by the keys of others, which may be restricted again. */
  List<Selection> selections() {
    List<Measure> keyed = MEASURES.stream().filter(it -> it.definition().hasKeys()).toList();
    List<Selection> selections = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      selections.add(selection(keyed, random.nextInt(3)));
    }
    return selections;
  }

  private Selection selection(List<Measure> keyed, int depth) {
    List<Window> windows = windows();
    List<Selection.Among> among = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      among.add(new Selection.Among(selection(keyed, depth - 1), random.nextBoolean()));
    }
    return new Selection(
        keyed.get(random.nextInt(keyed.size())),
        windows.get(random.nextInt(windows.size())),
        among);
  }

  private List<SourceRecord> changes() {
    List<SourceRecord> changes = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      String id = String.valueOf(random.nextInt(40));
      changes.add(random.nextInt(6) == 0 ? Samples.removed(id) : deal(id));
    }
    return changes;
  }

  private SourceRecord deal(String id) {
    Instant wonAt =
        NOON.plusSeconds(random.nextInt(86_400 * 3)).plusNanos(1000L * random.nextInt(3));
    return Samples.deal(
        id,
        random.nextInt(3) == 0 ? "open" : "won",
        random.nextInt(30) == 0 ? null : random.nextInt(1000) + "." + random.nextInt(1_000_000),
        random.nextInt(40) == 0 ? "EUR" : "USD",
        NOON,
        wonAt,
        List.of("anna", "Anna", "budi", "citra").get(random.nextInt(4)));
  }

  private void take(SourceRecord record) {
    if (record.removed()) {
      source.remove(record.id());
    } else {
      source.put(record.id(), record);
    }
  }

  private static List<Page> pages(List<SourceRecord> records) {
    List<Page> pages = new ArrayList<>();
    for (int from = 0; from < records.size(); from += 10) {
      int to = Math.min(from + 10, records.size());
      String next = to == records.size() ? null : String.valueOf(to);
      pages.add(new Page(records.subList(from, to), List.of(), next, null));
    }
    return pages;
  }
}
