package io.okrsync;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.okr.ObjectiveStanding;
import io.okrsync.okr.Standing;
import io.okrsync.sync.Trigger;
import io.okrsync.web.Plan;
import io.okrsync.web.Plan.Change;
import io.okrsync.web.Plan.PlannedKeyResult;
import io.okrsync.web.Plan.PlannedObjective;
import io.okrsync.web.Planned;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A plan says what the sync after it publishes, also of what people typed and overrode, of what is
 * frozen, of what cannot be read any more, and of the scores that all of it adds up to.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PlanAsAppliedTest {
  private static final String MEASURES = "config/measures.yaml";
  private static final String QUARTER = "config/okrs/2026-q4.yaml";
  private static final String OCTOBER = "config/okrs/2026-10.yaml";

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock("2026-11-01T03:00:00Z");
  private final FakeCrm crm = new FakeCrm();
  private Workspace workspace = new Workspace(Path.of("target"));

  @BeforeEach
  void all_that_a_value_may_rest_on() {
    workspace = new Workspace(folder).withCrm(crm.url());
    workspace.write(
        QUARTER,
        """
        cycle: { id: 2026-Q4, from: 2026-10-01, to: 2026-12-31 }
        objectives:
          - id: company
            title: Become the first choice
            owner: Acme
            keyResults:
              - { id: from-sales, title: Sales does its part, child: sales, weight: 3 }
              - { id: losses, title: Lose at most 20 deals, formula: deals_lost, atMost: 20 }
          - id: sales
            title: Win the right customers
            owner: sales
            keyResults:
              - { id: from-ani, title: Ani does her part, child: ani }
              - { id: share, title: Hold 20% of the market, typed: 90d, baseline: 10, target: 20, weight: 2 }
              - { id: wins, title: Win 10 deals, formula: deals_won, baseline: 0, target: 10 }
              - { id: rate, title: Win 90%, formula: 100 * deals_won / (deals_won + deals_lost), baseline: 0, target: 90 }
              - { id: growth, title: Grow by 20%, formula: revenue, baseline: measured, target: +20% }
              - { id: per-loss, title: Win 5 for each loss, formula: "deals_won / last(deals_lost, '4d')", baseline: 0, target: 5 }
        """);
    workspace.write(
        OCTOBER,
        """
        cycle: { id: 2026-10, from: 2026-10-01, to: 2026-10-31 }
        objectives:
          - id: ani
            title: Win Surabaya
            owner: Ani
            keyResults:
              - { id: revenue, title: Sell for 500 USD, formula: revenue, baseline: 0, target: 500, unit: USD }
        """);
  }

  @AfterEach
  void close() {
    crm.close();
  }

  @Test
  void the_configuration_in_force_moves_nothing() {
    try (Service service = lived()) {
      Plan plan = plan(service);

      assertThat(plan.keyResults()).hasSize(9).allSatisfy(it -> stays(it));
      assertThat(plan.objectives())
          .hasSize(3)
          .allSatisfy(it -> assertThat(it.change()).isEqualTo(Change.STAYS));
    }
  }

  @Test
  void what_is_planned_is_what_is_published() {
    try (Service service = lived()) {
      change(QUARTER, "target: 20, weight: 2", "target: 16, weight: 1");
      change(QUARTER, "target: 10 }", "target: 20 }");
      change(QUARTER, "baseline: measured, target: +20%", "baseline: measured, target: +50%");
      change(QUARTER, "100 * deals_won / (deals_won + deals_lost)", "50 * deals_won");
      change(QUARTER, "child: sales, weight: 3", "child: sales, weight: 1");
      change(OCTOBER, "target: 500", "target: 1000");
      appliedAsPlanned(service);
    }
  }

  /** A measured baseline is asked anew, and a final value is not. */
  @Test
  void changed_measures_are_published_as_planned() {
    try (Service service = lived()) {
      change(MEASURES, "status == 'won',  at: wonAt,  sum", "status != 'lost', at: wonAt, sum");
      change(MEASURES, "where: status == 'lost',", "where: status == 'lost' && value > 5,");
      appliedAsPlanned(service);
    }
  }

  @Test
  void what_comes_to_nothing_keeps_its_value_as_planned() {
    try (Service service = lived()) {
      change(
          QUARTER,
          "formula: deals_won, baseline: 0",
          "formula: deals_won / (deals_lost - 1), baseline: 0");
      change(QUARTER, "typed: 90d", "formula: deals_won");
      appliedAsPlanned(service);
    }
  }

  @Test
  void a_weight_alone_moves_the_objectives_that_rest_on_it() {
    try (Service service = lived()) {
      change(QUARTER, "target: 20, weight: 2", "target: 20, weight: 4");

      Plan plan = plan(service);

      assertThat(plan.objectives())
          .extracting(it -> it.id() + " " + it.change())
          .containsExactly("ani STAYS", "company MOVES", "sales MOVES");
      assertThat(new PlanReport(plan).text())
          .containsPattern(
              "objective sales would move: Win the right customers\n  score +\\d+% -> ");
      appliedAsPlanned(service);
    }
  }

  /** Read, typed, overridden, frozen, restated, and then partly not readable. */
  private Service lived() {
    crm.won(1, "100", "2026-08-02T03:00:00Z");
    crm.won(2, "150", "2026-10-20T03:00:00Z");
    crm.lost(3);
    Service service = workspace.service(clock);
    sync(service);
    Ani.types(service, "share", "14");
    Ani.overrides(service, "rate", "80", Duration.ofDays(2));
    Ani.overrides(service, "wins", "7", Duration.ofDays(60));
    Ani.overrides(service, "from-ani", "90", Duration.ofDays(10));
    clock.move(Duration.ofDays(5));
    crm.won(4, "400", "2026-08-03T03:00:00Z");
    crm.won(5, "50", "2026-10-21T03:00:00Z");
    sync(service);
    clock.move(Duration.ofDays(2));
    sync(service);
    return service;
  }

  private void appliedAsPlanned(Service service) {
    Plan plan = plan(service);
    assertThat(plan.changes()).isPositive();

    service.reload();
    assertThat(service.problems()).isEmpty();
    sync(service);

    List<ObjectiveStanding> objectives = service.standings().now();
    assertThat(plan.keyResults().stream().collect(toMap(PlannedKeyResult::id, it -> told(it.to()))))
        .isEqualTo(
            objectives.stream()
                .flatMap(it -> it.keyResults().stream())
                .collect(toMap(it -> it.keyResult().id(), PlanAsAppliedTest::told)));
    assertThat(
            plan.objectives().stream().collect(toMap(PlannedObjective::id, it -> score(it.to()))))
        .isEqualTo(
            objectives.stream()
                .collect(
                    toMap(
                        it -> it.objective().id(),
                        it -> text(it.score()) + " " + it.status().label())));
  }

  private static void stays(PlannedKeyResult it) {
    assertThat(it.change()).as(it.toString()).isEqualTo(Change.STAYS);
  }

  private static String told(Plan.@Nullable State state) {
    Plan.State there = Objects.requireNonNull(state);
    return text(there.value()) + " " + text(there.progress()) + " " + there.status();
  }

  private static String told(Standing standing) {
    return text(standing.value())
        + " "
        + text(standing.progress())
        + " "
        + standing.status().label();
  }

  private static String score(Plan.@Nullable Score score) {
    Plan.Score there = Objects.requireNonNull(score);
    return text(there.score()) + " " + there.status();
  }

  private static String text(@Nullable BigDecimal number) {
    return number == null ? "-" : number.stripTrailingZeros().toPlainString();
  }

  private Plan plan(Service service) {
    Map<String, String> files = new HashMap<>();
    for (String file : List.of("config/sources.yaml", MEASURES, QUARTER, OCTOBER)) {
      files.put(file.substring("config/".length()), workspace.read(file));
    }
    return ((Planned.Made) service.plan(files)).plan();
  }

  private void change(String file, String from, String to) {
    String text = workspace.read(file);
    assertThat(text).contains(from);
    workspace.write(file, text.replace(from, to));
  }

  private static void sync(Service service) {
    assertThat(service.runs().run("crm", Trigger.MANUAL).outcome().isWell()).isTrue();
  }
}
