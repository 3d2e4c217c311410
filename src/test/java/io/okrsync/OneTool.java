package io.okrsync;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.config.ConfigurationFolder;
import io.okrsync.connector.Hurried;
import io.okrsync.faults.Dialect;
import io.okrsync.faults.Fault;
import io.okrsync.faults.Scenario;
import io.okrsync.faults.Simulator;
import io.okrsync.store.StoreSettings;
import io.okrsync.sync.Asked;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** One simulated tool with a configuration of its own, and services that read it. */
final class OneTool implements AutoCloseable {
  final SettableClock clock = new SettableClock("2026-11-21T03:00:00Z");
  final Simulator simulator = new Simulator();
  final Scenario scenario;
  final Workspace workspace;

  OneTool(Path folder, Dialect dialect, Fault fault) {
    scenario = new Scenario(dialect, fault, 1, clock);
    scenario.work(6);
    simulator.add(scenario);
    workspace = FaultyTools.workspace(folder, simulator, List.of(scenario));
  }

  /** The name of its source. */
  String name() {
    return scenario.name();
  }

  Service open() {
    return open(StoreSettings.inFolder(workspace.data()));
  }

  Service open(StoreSettings database) {
    return Service.open(
        Hurried.connectors(Path.of("routes"), clock, waited -> {}),
        new ConfigurationFolder(workspace.config(), name -> null),
        database,
        clock,
        run -> {},
        run -> {});
  }

  void passes(Duration time) {
    clock.move(time);
  }

  /** The schedule asks. */
  SyncRun scheduled(Service service) {
    scenario.runBegins();
    return service.runs().run(name(), Trigger.SCHEDULE);
  }

  /** The schedule asks, and the run ends well. */
  SyncRun well(Service service) {
    SyncRun run = scheduled(service);
    assertThat(run.outcome().isWell()).as(run.inWords()).isTrue();
    return run;
  }

  /** A person asks. */
  SyncRun asked(Service service, Asked asked) {
    scenario.runBegins();
    return service.runs().run(name(), asked, Trigger.MANUAL);
  }

  /** How many of its records count, as it is published. */
  BigDecimal count(Service service) {
    String id = FaultyTools.id(scenario, "count");
    return requireNonNull(
        requireNonNull(service.store().latestReadings(List.of(id)).get(id)).value());
  }

  void isTrue(Service service) {
    assertThat(count(service)).isEqualByComparingTo(scenario.trueCount());
  }

  @Override
  public void close() {
    simulator.close();
  }
}
