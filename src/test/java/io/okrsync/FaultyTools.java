package io.okrsync;

import static java.util.Objects.requireNonNull;

import io.okrsync.config.ConfigurationFolder;
import io.okrsync.connector.Hurried;
import io.okrsync.faults.Dialect;
import io.okrsync.faults.Fault;
import io.okrsync.faults.Scenario;
import io.okrsync.faults.Simulator;
import io.okrsync.store.KeyResultReading;
import io.okrsync.store.StoreSettings;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One service over one tool for every third pair of a fault and a way of paging; the next two seeds
 * have the others. They go through the same hours together, since they share a clock: well, with
 * their fault, without it, and a day later, when everything was read once more.
 */
final class FaultyTools implements AutoCloseable {
  private final SettableClock clock = new SettableClock("2026-11-21T03:00:00Z");
  private final Simulator simulator = new Simulator();
  private final Workspace workspace;
  private final Service service;
  private final Map<Scenario, Story> stories = new LinkedHashMap<>();

  FaultyTools(Path folder, StoreSettings database, long seed) {
    for (Dialect dialect : Dialect.values()) {
      for (Fault fault : Fault.values()) {
        boolean turn = (dialect.ordinal() + fault.ordinal() + seed) % 3 == 0;
        if (turn && fault.concerns(dialect)) {
          Scenario scenario = new Scenario(dialect, fault, seed, clock);
          simulator.add(scenario);
          stories.put(scenario, new Story());
        }
      }
    }
    workspace = workspace(folder, simulator, stories.keySet());
    service =
        Service.open(
            Hurried.connectors(Path.of("routes"), clock, waited -> {}),
            new ConfigurationFolder(workspace.config(), name -> null),
            database,
            clock,
            run -> {},
            run -> {});
  }

  /** Count and sum of one tool, as they are published. */
  record Values(BigDecimal count, BigDecimal sum) {
    static Values of(BigDecimal count, BigDecimal sum) {
      return new Values(count.stripTrailingZeros(), sum.stripTrailingZeros());
    }
  }

  /** What became of one scenario, moment by moment. */
  static final class Story {
    final Map<String, SyncRun> runs = new LinkedHashMap<>();
    final Map<String, Values> published = new LinkedHashMap<>();
    final Map<String, Values> truth = new LinkedHashMap<>();
    final Map<String, String> reasons = new LinkedHashMap<>();
    final Map<String, Integer> readings = new LinkedHashMap<>();

    /** How the run went while the fault lasted, and from when on the values are the true ones. */
    String inWords() {
      String outcome = requireNonNull(runs.get("faulty")).outcome().name().toLowerCase(Locale.ROOT);
      String well = outcome.startsWith("ok") ? "ok" : outcome;
      return well + "; " + trueFrom();
    }

    private String trueFrom() {
      String words = NEVER;
      for (Map.Entry<String, String> moment : MOMENTS.entrySet()) {
        boolean right = Objects.equals(truth.get(moment.getKey()), published.get(moment.getKey()));
        if (!right || words.equals(NEVER)) {
          words = right ? moment.getValue() : NEVER;
        }
      }
      return words;
    }
  }

  private static final String NEVER = "never true again";

  /** The moments from the fault on, in their order, with what to say of them. */
  private static final Map<String, String> MOMENTS = moments();

  private static Map<String, String> moments() {
    Map<String, String> moments = new LinkedHashMap<>();
    moments.put("faulty", "true all the time");
    moments.put("still faulty", "true at the next run");
    moments.put("over", "true when it is over");
    moments.put("after", "true a run later");
    moments.put("next day", "true the next day");
    return moments;
  }

  Map<Scenario, Story> live() {
    all("well");
    all("again");
    clock.move(Duration.ofMinutes(15));
    each(scenario -> scenario.work(9));
    each(Scenario::begin);
    all("faulty");
    clock.move(Duration.ofMinutes(1));
    all("still faulty");
    clock.move(Duration.ofMinutes(14));
    each(scenario -> scenario.work(2));
    each(Scenario::end);
    rotateTokens();
    all("over");
    clock.move(Duration.ofMinutes(1));
    all("after");
    clock.move(Duration.ofHours(26));
    all("next day");
    return stories;
  }

  Service service() {
    return service;
  }

  private void each(Consumer<Scenario> what) {
    stories.keySet().forEach(what);
  }

  private void all(String moment) {
    stories.forEach(
        (scenario, story) -> {
          scenario.runBegins();
          story.runs.put(moment, service.runs().run(scenario.name(), Trigger.MANUAL));
          story.truth.put(moment, Values.of(scenario.trueCount(), scenario.trueSum()));
        });
    Map<String, KeyResultReading> latest = service.store().latestReadings(keyResults());
    stories.forEach(
        (scenario, story) -> {
          story.published.put(
              moment, Values.of(value(latest, scenario, "count"), value(latest, scenario, "sum")));
          story.reasons.put(moment, reason(latest, scenario));
          story.readings.put(moment, service.store().history(id(scenario, "count"), 100).size());
        });
  }

  private List<String> keyResults() {
    return stories.keySet().stream()
        .flatMap(scenario -> Stream.of(id(scenario, "count"), id(scenario, "sum")))
        .toList();
  }

  private static BigDecimal value(
      Map<String, KeyResultReading> latest, Scenario scenario, String which) {
    KeyResultReading reading = latest.get(id(scenario, which));
    return reading == null || reading.value() == null ? BigDecimal.valueOf(-1) : reading.value();
  }

  /** Why there is no newer sum; empty where nothing is said. */
  private static String reason(Map<String, KeyResultReading> latest, Scenario scenario) {
    KeyResultReading reading = latest.get(id(scenario, "sum"));
    return reading == null || reading.reason() == null ? "" : reading.reason();
  }

  static String id(Scenario scenario, String which) {
    return scenario.name().replace('_', '-') + "-" + which;
  }

  private void rotateTokens() {
    each(scenario -> workspace.write("config/secrets/" + scenario.name(), scenario.token()));
    service.reload();
  }

  /** A configuration with a source, two measures and two key results for each of these. */
  static Workspace workspace(Path folder, Simulator simulator, Collection<Scenario> scenarios) {
    Workspace workspace = new Workspace(folder);
    StringBuilder sources = new StringBuilder("sources:\n");
    StringBuilder measures = new StringBuilder("measures:\n");
    List<String> keyResults = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      String name = scenario.name();
      workspace.write("config/secrets/" + name, scenario.token());
      String with = scenario.with(simulator.url(scenario), "{{file:secrets/%s}}".formatted(name));
      sources.append(
          "  %s:\n    connector: %s\n    with: %s\n    every: 15m\n    overlap: 30m\n"
              .formatted(name, scenario.connector(), with));
      if (scenario.fault() == Fault.VERY_LATE_RECORDS || scenario.fault() == Fault.VALUE_DROPPED) {
        sources.append("    reconcile: 1d\n"); // a census would find only what is gone
      }
      sources.append(scenario.zone());
      sources.append(
          scenario.oauth2(simulator.url(scenario), "{{file:secrets/%s}}".formatted(name)));
      measures.append(scenario.measures(name));
      keyResults.add(keyResult(id(scenario, "count"), name + "_count"));
      keyResults.add(keyResult(id(scenario, "sum"), name + "_sum"));
    }
    workspace.write("config/sources.yaml", sources.toString());
    workspace.write("config/measures.yaml", measures.toString());
    workspace.write(
        "config/okrs/2026-q4.yaml",
        """
        cycle: { id: 2026-Q4, from: 2026-10-01, to: 2026-12-31, zone: America/New_York }
        objectives:
          - id: all
            title: Everything
            owner: all
            keyResults:
        """
            + String.join("", keyResults));
    return workspace;
  }

  private static String keyResult(String id, String formula) {
    return "      - { id: %s, title: Keep %s true, formula: %s, baseline: 0, target: 100 }\n"
        .formatted(id, id, formula);
  }

  @Override
  public void close() {
    service.close();
    simulator.close();
  }
}
