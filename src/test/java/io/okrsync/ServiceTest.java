package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.config.ConfigurationFolder;
import io.okrsync.connector.Connectors;
import io.okrsync.okr.Freshness;
import io.okrsync.okr.Standing;
import io.okrsync.okr.Status;
import io.okrsync.store.StoreSettings;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.SyncTrigger.Answer;
import io.okrsync.sync.Trigger;
import io.okrsync.sync.UtcTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service at work: age, change of configuration, and runs beside each other. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ServiceTest {
  @TempDir Path folder;
  private final SettableClock clock = new SettableClock("2026-11-21T03:00:00Z");
  private final FakeCrm crm = new FakeCrm();
  private final FakeCrm slow = new FakeCrm();
  private Workspace workspace = new Workspace(Path.of("target"));

  @BeforeEach
  void two_sources() {
    workspace = new Workspace(folder).withCrm(crm.url());
    workspace.write(
        "config/sources.yaml",
        """
        sources:
          crm:
            connector: pipedrive-deals
            with: { baseUrl: "%s", apiToken: "{{file:secrets/token}}" }
            every: 15m
            freshness: { warn: 1h, error: 6h }
          other:
            connector: pipedrive-deals
            with: { baseUrl: "%s", apiToken: "{{file:secrets/token}}" }
            every: 15m
            freshness: { warn: 1h, error: 6h }
        """
            .formatted(crm.url(), slow.url()));
    crm.won(1, "100");
    crm.lost(2);
  }

  @AfterEach
  void close() {
    crm.close();
    slow.close();
  }

  @Test
  void a_source_that_is_not_read_in_time_makes_its_key_results_outdated() {
    try (Service service = open()) {
      assertThat(run(service, "crm")).isEqualTo(Outcome.OK);
      assertThat(revenue(service).status()).isEqualTo(Status.AT_RISK);

      clock.move(Duration.ofHours(2));
      assertThat(revenue(service).freshness()).isEqualTo(Freshness.AGING);
      assertThat(revenue(service).reason()).isNull();
      clock.move(Duration.ofHours(5));
      assertThat(revenue(service).status()).isEqualTo(Status.OUTDATED);
      assertThat(revenue(service).reason()).startsWith("'crm' was last read at ").endsWith(" UTC");
    }
  }

  @Test
  void what_was_read_at_a_time_that_is_yet_to_come_is_outdated_until_it_is_read_again() {
    try (Service service = open()) {
      run(service, "crm");
      Instant read = clock.instant();
      clock.move(Duration.ofMinutes(-1));
      assertThat(revenue(service).freshness()).isEqualTo(Freshness.FRESH);

      clock.move(Duration.ofDays(-1));
      assertThat(revenue(service).status()).isEqualTo(Status.OUTDATED);
      assertThat(revenue(service).reason())
          .isEqualTo(
              "'crm' was read at %s, a time that is yet to come, so a clock was put back"
                  .formatted(UtcTime.inWords(read)));

      crm.won(2, "50");
      run(service, "crm");
      assertThat(revenue(service).freshness()).isEqualTo(Freshness.FRESH);
      assertThat(revenue(service).reason()).isNull();
      assertThat(revenue(service).value()).isEqualByComparingTo("150");
    }
  }

  @Test
  void a_value_that_cannot_be_read_any_more_ages_though_its_source_is_read() {
    try (Service service = open()) {
      run(service, "crm");
      crm.wonInEuro(3);
      assertThat(run(service, "crm")).isEqualTo(Outcome.OK);
      assertThat(revenue(service).reason()).contains("mixed currencies", "EUR");
      assertThat(revenue(service).value()).isEqualByComparingTo("100");

      clock.move(Duration.ofHours(7));
      assertThat(run(service, "crm")).isEqualTo(Outcome.OK);

      assertThat(revenue(service).status()).isEqualTo(Status.OUTDATED);
    }
  }

  @Test
  void a_source_that_was_never_read_is_outdated_once_it_should_have_been() {
    try (Service service = open()) {
      assertThat(revenue(service).status()).isEqualTo(Status.NOT_STARTED);
      clock.move(Duration.ofHours(7));
      assertThat(revenue(service).status()).isEqualTo(Status.OUTDATED);
    }
    try (Service later = open()) {
      assertThat(revenue(later).status()).isEqualTo(Status.OUTDATED);
    }
  }

  @Test
  void what_was_never_read_is_never_fresh() {
    try (Service service = open()) {
      assertThat(revenue(service).freshness()).isEqualTo(Freshness.NEVER_READ);
      clock.move(Duration.ofHours(2));
      assertThat(revenue(service).freshness()).isEqualTo(Freshness.AGING);
      run(service, "crm");
      assertThat(revenue(service).freshness()).isEqualTo(Freshness.FRESH);
    }
  }

  @Test
  void neither_other_sources_nor_a_new_configuration_wait_for_a_slow_source() {
    slow.lost(9);
    slow.gate = new CountDownLatch(1);
    try (Service service = open()) {
      assertThat(service.runs().trigger("other", Trigger.MANUAL))
          .isInstanceOf(Answer.Started.class);

      workspace.okrs("100.0 * deals_won / (deals_won + deals_lost + 0)");
      service.reload();

      assertThat(run(service, "crm")).isEqualTo(Outcome.OK);
      assertThat(service.setup().keyResults().get(0).formula()).contains("+ 0)");
      assertThat(service.runs().trigger("other", Trigger.MANUAL))
          .isInstanceOf(Answer.AlreadyRunning.class);
      slow.gate.countDown();
      assertThat(service.runs().run("other", Trigger.MANUAL).outcome().isWell()).isTrue();
    }
  }

  @Test
  void a_run_of_a_source_that_was_configured_anew_publishes_nothing() {
    slow.gate = new CountDownLatch(1);
    try (Service service = open()) {
      service.runs().trigger("other", Trigger.MANUAL);
      String sources = workspace.read("config/sources.yaml");
      workspace.write("config/sources.yaml", sources.replace(slow.url(), slow.url() + "/"));
      service.reload();

      CompletableFuture<SyncRun> ended =
          CompletableFuture.supplyAsync(() -> service.runs().run("other", Trigger.MANUAL));
      slow.gate.countDown();
      ended.join();

      assertThat(service.store().runs("other", 5))
          .anySatisfy(
              run -> {
                assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
                assertThat(run.reason()).contains("configured anew", "begins anew");
              });
    }
  }

  @Test
  void a_bad_configuration_changes_nothing_but_is_told() {
    try (Service service = open()) {
      workspace.okrs("deals_wno");
      service.reload();

      assertThat(service.problems()).hasSize(1);
      assertThat(service.setup().keyResults().get(0).formula()).contains("deals_won");
      workspace.okrs("100.0 * deals_won / (deals_won + deals_lost)");
      service.reload();
      assertThat(service.problems()).isEmpty();
    }
  }

  @Test
  void files_that_cannot_be_taken_up_for_no_planned_reason_are_told_until_they_are_changed() {
    Connectors connectors = new Connectors(Path.of("routes"), clock);
    UnaryOperator<@Nullable String> broken =
        name -> {
          throw new IllegalStateException("no such variable can be");
        };
    try (Service service =
        Service.open(
            connectors,
            new ConfigurationFolder(workspace.config(), broken),
            StoreSettings.inFolder(workspace.data()),
            clock,
            run -> {},
            run -> {})) {
      String sources = workspace.read("config/sources.yaml");
      workspace.write("config/sources.yaml", sources.replaceFirst("file:[^}]*", "env:TOKEN"));
      service.reload();

      assertThat(service.problems())
          .singleElement()
          .asString()
          .contains("config: the changed files could not be taken up, ", "the log says what failed")
          .as("it may hold a secret")
          .doesNotContain("no such variable can be");
      workspace.write("config/sources.yaml", sources);
      service.reload();
      assertThat(service.problems()).isEmpty();
    }
  }

  private Service open() {
    return workspace.service(clock);
  }

  private static Outcome run(Service service, String source) {
    return service.runs().run(source, Trigger.MANUAL).outcome();
  }

  private static Standing revenue(Service service) {
    return service.standings().now().get(0).keyResults().get(1);
  }
}
