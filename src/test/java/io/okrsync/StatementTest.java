package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.okrsync.audit.EntryFilter;
import io.okrsync.okr.Cause;
import io.okrsync.okr.Freshness;
import io.okrsync.okr.ObjectiveStanding;
import io.okrsync.okr.Standing;
import io.okrsync.okr.Statement;
import io.okrsync.okr.Statement.Kind;
import io.okrsync.okr.Status;
import io.okrsync.sync.Trigger;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people put in place of what is read, and what the end of a cycle leaves. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class StatementTest {
  @TempDir Path folder;
  private final SettableClock clock = new SettableClock("2026-11-21T03:00:00Z");
  private final FakeCrm crm = new FakeCrm();
  private Workspace workspace = new Workspace(Path.of("target"));

  @BeforeEach
  void one_read_and_one_typed() {
    workspace = new Workspace(folder).withCrm(crm.url());
    workspace.write(
        "config/okrs/2026-q4.yaml",
        """
        cycle: { id: 2026-Q4, from: 2026-10-01, to: 2026-12-31, tolerance: 200% }
        objectives:
          - id: grow
            title: Grow
            owner: sales
            keyResults:
              - { id: revenue, title: Sell for 500 USD, formula: revenue, baseline: 0, target: 500, unit: USD }
              - { id: share, title: Hold 20% of the market, typed: 14d, baseline: 10, target: 20, unit: "%" }
        """);
    crm.won(1, "200");
  }

  @AfterEach
  void close() {
    crm.close();
  }

  @Test
  void a_typed_value_is_a_reading_with_its_evidence() {
    try (Service service = open()) {
      sync(service);
      assertThat(share(service).reason()).contains("not typed yet");
      assertThat(share(service).status()).isEqualTo(Status.NOT_STARTED);

      state(service, "share", Kind.VALUE, "14", null);

      assertThat(share(service).progress()).isEqualByComparingTo("0.4");
      assertThat(service.store().history("share", 5))
          .singleElement()
          .satisfies(
              reading -> {
                assertThat(reading.cause()).isEqualTo(Cause.TYPED);
                assertThat(reading.value()).isEqualByComparingTo("14");
              });
      assertThat(service.store().entries(EntryFilter.ofKeyResult("share"), 5))
          .extracting(it -> it.entry().actor() + " " + it.entry().action())
          .containsExactly("Ani key-result.moved", "Ani key-result.stated");
      assertThat(service.store().statements("share", 5).get(0).link())
          .isEqualTo("https://example.org/report");
    }
    assertThat(workspace.findings()).isEmpty();
  }

  @Test
  void a_typed_value_that_is_not_typed_again_gets_old() {
    try (Service service = open()) {
      state(service, "share", Kind.VALUE, "18", null);
      clock.move(Duration.ofDays(15));
      assertThat(share(service).freshness()).isEqualTo(Freshness.AGING);
      assertThat(share(service).status()).isEqualTo(Status.ON_TRACK);

      clock.move(Duration.ofDays(14));
      assertThat(share(service).status()).isEqualTo(Status.OUTDATED);

      state(service, "share", Kind.VALUE, "18", null);
      assertThat(share(service).freshness()).isEqualTo(Freshness.FRESH);
    }
    assertThat(workspace.findings()).isEmpty();
  }

  @Test
  void a_typed_value_counts_half_of_one_that_is_read() {
    try (Service service = open()) {
      sync(service);
      state(service, "share", Kind.VALUE, "20", null);

      ObjectiveStanding objective = service.standings().now().get(0);
      // scores 0.4 and 1, weights 1 and 0.5
      assertThat(objective.score()).isEqualByComparingTo("0.6");
      assertThat(objective.typedShare()).isEqualByComparingTo("0.3333333");
    }
  }

  @Test
  void an_override_holds_until_its_last_day_has_passed_and_hides_nothing() {
    try (Service service = open()) {
      sync(service);
      state(service, "revenue", Kind.OVERRIDE, "450", "2026-11-24T00:00:00Z");

      Standing overridden = revenue(service);
      assertThat(overridden.value()).isEqualByComparingTo("450");
      assertThat(overridden.otherwise()).isEqualByComparingTo("200");
      assertThat(overridden.progress()).isEqualByComparingTo("0.9");
      assertThat(overridden.weight()).isEqualByComparingTo("0.5");

      crm.won(2, "30");
      clock.move(Duration.ofHours(1));
      sync(service);
      assertThat(revenue(service).value()).isEqualByComparingTo("450");
      assertThat(revenue(service).otherwise()).isEqualByComparingTo("230");

      clock.move(Duration.ofHours(7));
      assertThat(revenue(service).status()).isEqualTo(Status.OUTDATED);

      clock.move(Duration.ofDays(3));
      assertThat(revenue(service).value()).isEqualByComparingTo("230");
      assertThat(revenue(service).otherwise()).isNull();
    }
    assertThat(workspace.findings()).isEmpty();
  }

  @Test
  void an_override_can_be_ended_before() {
    try (Service service = open()) {
      sync(service);
      state(service, "revenue", Kind.OVERRIDE, "450", "2026-11-24T00:00:00Z");
      state(service, "revenue", Kind.OVERRIDE, null, null);

      assertThat(revenue(service).value()).isEqualByComparingTo("200");
      assertThat(service.store().statements("revenue", 5)).hasSize(2);
    }
    assertThat(workspace.findings()).isEmpty();
  }

  @Test
  void the_value_at_the_end_stays_and_what_comes_later_is_told_beside_it() {
    try (Service service = open()) {
      sync(service);
      clock.move(Duration.ofDays(60)); // the cycle has ended, and nothing was read since
      assertThat(revenue(service).isClosed()).isFalse();
      assertThat(Objects.requireNonNull(revenue(service).marks().close()).reason())
          .contains("have not been read since the cycle ended");

      crm.won(2, "100", "2026-12-30T03:00:00Z");
      sync(service);
      assertThat(revenue(service).isClosed()).isTrue();
      assertThat(revenue(service).value()).isEqualByComparingTo("300");

      crm.won(3, "50", "2026-12-31T03:00:00Z");
      clock.move(Duration.ofHours(1));
      sync(service);
      assertThat(revenue(service).value()).isEqualByComparingTo("300");
      assertThat(revenue(service).otherwise()).isEqualByComparingTo("350");
      assertThat(revenue(service).score()).isEqualByComparingTo("0.6");
      assertThat(service.store().history("revenue/final", 5)).hasSize(1);

      workspace.write(
          "config/okrs/2026-q4.yaml",
          workspace
              .read("config/okrs/2026-q4.yaml")
              .replace("formula: revenue", "formula: 2 * revenue"));
      service.reload();
      assertThat(revenue(service).value()).isEqualByComparingTo("300");

      state(service, "revenue", Kind.LEARNING, null, null);
      assertThat(service.store().statements("revenue", 1).get(0).kind()).isEqualTo(Kind.LEARNING);
    }
    assertThat(workspace.findings()).isEmpty();
  }

  @Test
  void the_value_at_the_end_does_not_age_when_its_sources_are_read_no_more() {
    try (Service service = open()) {
      sync(service);
      clock.move(Duration.ofDays(60)); // the cycle has ended, and nothing was read since
      assertThat(revenue(service).status()).isEqualTo(Status.OUTDATED);

      sync(service);
      clock.move(Duration.ofDays(60));
      assertThat(revenue(service).status()).isNotEqualTo(Status.OUTDATED);
      assertThat(revenue(service).grade()).isNotNull();
      assertThat(revenue(service).reason()).isNull();
    }
  }

  @Test
  void what_does_not_fit_is_refused_with_what_to_do() {
    open().close();
    assertRefused("revenue", "--value", "3", "override holds for some time");
    assertRefused("share", "--override", "3", "its value is typed; type another");
    assertRefused("revenue", "--override", "many", "value must be a number such as 18");
    assertRefused("revenue", "--override", "3", "until must say the last day");
    assertRefused("sahre", "--value", "3", "did you mean 'share'?");
    assertThat(workspace.run("state", "share", "--value", "12").err())
        .contains("reason must say why");
    assertThat(
            workspace
                .run("state", "share", "--value", "12", "--reason", "x", "--link", "javascript:1")
                .err())
        .contains("link must be an address that begins with https://");
    assertThat(workspace.run("state", "share", "--value", "12", "--reason", "counted").out())
        .contains("share: value is noted, by ");
    assertThat(workspace.findings()).isEmpty();
  }

  @Test
  void an_override_that_is_over_already_is_refused() {
    assertThatThrownBy(
            () ->
                new Statement(
                    "revenue",
                    Kind.OVERRIDE,
                    clock.instant(),
                    "Ani",
                    BigDecimal.TEN,
                    "because",
                    "",
                    clock.instant()))
        .hasMessageContaining("until must not be over");
  }

  private void assertRefused(String keyResult, String option, String value, String said) {
    Workspace.Said answer =
        workspace.run("state", keyResult, option, value, "--reason", "because", "--by", "Ani");
    assertThat(answer.err()).contains(said);
    assertThat(answer.exit()).isEqualTo(2);
  }

  private void state(
      Service service,
      String keyResult,
      Kind kind,
      @Nullable String value,
      @Nullable String until) {
    service
        .store()
        .state(
            new Statement(
                keyResult,
                kind,
                service.now(),
                "Ani",
                value == null ? null : new BigDecimal(value),
                "the yearly report",
                "https://example.org/report",
                until == null ? null : Instant.parse(until)),
            service.setup().version());
  }

  private Service open() {
    return workspace.service(clock);
  }

  private static void sync(Service service) {
    assertThat(service.runs().run("crm", Trigger.MANUAL).outcome().isWell()).isTrue();
  }

  private static Standing revenue(Service service) {
    return service.standings().now().get(0).keyResults().get(0);
  }

  private static Standing share(Service service) {
    return service.standings().now().get(0).keyResults().get(1);
  }
}
