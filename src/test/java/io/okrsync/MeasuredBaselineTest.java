package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.okrsync.audit.EntryFilter;
import io.okrsync.okr.Grade;
import io.okrsync.okr.Standing;
import io.okrsync.okr.Status;
import io.okrsync.store.KeyResultReading;
import io.okrsync.sync.Trigger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A baseline is read in the cycle before, once this one has begun, and then stays. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class MeasuredBaselineTest {
  private static final String SUMMER = "2026-08-02T03:00:00Z";
  private static final String AUTUMN = "2026-11-02T03:00:00Z";

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock("2026-11-21T03:00:00Z");
  private final FakeCrm crm = new FakeCrm();
  private Workspace workspace = new Workspace(Path.of("target"));

  @BeforeEach
  void a_key_result_that_measures_its_baseline() {
    workspace = new Workspace(folder).withCrm(crm.url());
    okrs("revenue", "2026-10-01");
  }

  @AfterEach
  void close() {
    crm.close();
  }

  @Test
  void it_is_what_the_formula_gave_in_the_cycle_before() {
    crm.won(1, "200", SUMMER);
    crm.won(2, "230", AUTUMN);
    try (Service service = open()) {
      assertThat(standing(service).missing()).contains("have not been read since the cycle began");
      sync(service);

      Standing standing = standing(service);
      assertThat(baseline(standing)).isEqualByComparingTo("200");
      assertThat(standing.progress()).isEqualByComparingTo("0.75");
      assertThat(standing.grade()).isEqualTo(Grade.GOOD);
      assertThat(Objects.requireNonNull(standing.baseline()).at()).isEqualTo(clock.instant());
      KeyResultReading reading = service.store().history("growth/baseline", 2).get(0);
      assertThat(reading.inputs())
          .singleElement()
          .satisfies(
              input -> {
                assertThat(input.from()).isEqualTo(Instant.parse("2026-07-01T00:00:00Z"));
                assertThat(input.to()).isEqualTo(Instant.parse("2026-10-01T00:00:00Z"));
                assertThat(input.records()).isEqualTo(1);
              });
    }
    assertThat(workspace.run("status", "growth").out())
        .contains("200 to 240 (+20%)", "Baseline 200 measured in 1 Jul")
        .contains("(outdated)", "75% done", "committed · weight 1")
        .doesNotContain("good progress");
    assertThat(workspace.run("status", "growth", "--json").out())
        .contains("\"baseline\":200", "\"target\":240", "\"grade\":null");
    assertThat(workspace.run("status", "grwoth").err()).contains("did you mean 'growth'?");
    assertThat(workspace.findings()).isEmpty();
  }

  @Test
  void records_that_come_later_do_not_change_it() {
    crm.won(1, "200", SUMMER);
    try (Service service = open()) {
      sync(service);
      crm.won(2, "1000", SUMMER);
      clock.move(Duration.ofHours(1));
      sync(service);

      assertThat(baseline(standing(service))).isEqualByComparingTo("200");
      assertThat(service.store().history("growth/baseline", 5)).hasSize(1);
      assertThat(service.store().entries(EntryFilter.ofKeyResult("growth/baseline"), 5)).hasSize(1);
    }
    assertThat(workspace.findings()).isEmpty();
  }

  @Test
  void an_explanation_tells_progress_from_it_as_soon_as_it_was_measured() throws Exception {
    crm.won(1, "200", SUMMER);
    crm.won(2, "230", AUTUMN);
    try (Service service = open()) {
      sync(service);
      crm.won(3, "6", AUTUMN);
      clock.move(Duration.ofHours(1));
      sync(service);
    }

    JsonNode explained =
        new ObjectMapper().readTree(workspace.run("explain", "growth", "--json").out());
    assertThat(explained.at("/from/progress").decimalValue()).isEqualByComparingTo("0.75");
    assertThat(explained.at("/to/progress").decimalValue()).isEqualByComparingTo("0.9");
  }

  @Test
  void it_waits_for_the_cycle_to_begin() {
    okrs("revenue", "2026-12-01");
    crm.won(1, "200", AUTUMN);
    try (Service service = open()) {
      sync(service);
      assertThat(standing(service).missing())
          .isEqualTo("baseline not measured: the cycle begins on 2026-12-01");

      crm.won(2, "50", "2026-11-29T03:00:00Z");
      clock.move(Duration.ofDays(11));
      assertThat(standing(service).missing()).contains("have not been read since the cycle began");
      sync(service);
      assertThat(baseline(standing(service))).isEqualByComparingTo("250");
    }
    assertThat(workspace.findings()).isEmpty();
  }

  @Test
  void a_reason_stands_where_it_cannot_be_measured_until_it_can() {
    okrs("100 * revenue / (deals_won + deals_lost)", "2026-10-01");
    crm.won(1, "200", AUTUMN);
    try (Service service = open()) {
      sync(service);
      assertThat(standing(service).missing())
          .isEqualTo("baseline not measured: division by nothing: deals_won + deals_lost is 0");
      assertThat(standing(service).status()).isEqualTo(Status.NOT_STARTED);

      crm.won(2, "100", SUMMER);
      clock.move(Duration.ofHours(1));
      sync(service);
      assertThat(baseline(standing(service))).isEqualByComparingTo("10000");
    }
    assertThat(workspace.findings()).isEmpty();
  }

  @Test
  void a_formula_that_computes_otherwise_is_given_what_was_read_then() {
    crm.won(1, "200", SUMMER);
    try (Service service = open()) {
      sync(service);
      crm.won(2, "1000", SUMMER);
      clock.move(Duration.ofHours(1));
      sync(service);

      okrs("revenue * 2", "2026-10-01");
      service.reload();
      assertThat(baseline(standing(service))).isEqualByComparingTo("400");

      okrs("revenue + deals_won", "2026-10-01");
      service.reload();
      assertThat(baseline(standing(service))).isEqualByComparingTo("1202");
    }
    assertThat(workspace.findings()).isEmpty();
  }

  @Test
  void the_next_cycle_freezes_its_own() {
    crm.won(1, "200", SUMMER);
    crm.won(2, "300", "2026-09-02T03:00:00Z");
    try (Service service = open()) {
      sync(service);
      okrs("revenue", "2026-11-01");
      service.reload();

      assertThat(baseline(standing(service))).isEqualByComparingTo("300");
    }
    assertThat(workspace.findings()).isEmpty();
  }

  private void okrs(String formula, String from) {
    workspace.write(
        "config/okrs/2026-q4.yaml",
        """
        cycle: { id: 2026-Q4, from: %s, to: 2026-12-31 }
        objectives:
          - id: grow
            title: Grow
            owner: sales
            keyResults:
              - { id: growth, title: Grow by 20%%, formula: %s, baseline: measured, target: +20%% }
        """
            .formatted(from, formula));
  }

  private Service open() {
    return workspace.service(clock);
  }

  private static void sync(Service service) {
    assertThat(service.runs().run("crm", Trigger.MANUAL).outcome().isWell()).isTrue();
  }

  private static Standing standing(Service service) {
    return service.standings().now().get(0).keyResults().get(0);
  }

  private static java.math.BigDecimal baseline(Standing standing) {
    return Objects.requireNonNull(
        Objects.requireNonNull(standing.baseline()).value(), String.valueOf(standing.missing()));
  }
}
