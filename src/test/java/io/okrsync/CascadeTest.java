package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.okr.ObjectiveStanding;
import io.okrsync.okr.Standing;
import io.okrsync.okr.Statement;
import io.okrsync.okr.Statement.Kind;
import io.okrsync.okr.Status;
import io.okrsync.sync.Trigger;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Key results whose value is the score of an objective, from a company down to a person. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class CascadeTest {
  @TempDir Path folder;
  private final SettableClock clock = new SettableClock("2026-11-16T00:00:00Z");
  private final FakeCrm crm = new FakeCrm();
  private Workspace workspace = new Workspace(Path.of("target"));

  @BeforeEach
  void a_company_a_department_a_team_and_a_person() {
    workspace = new Workspace(folder).withCrm(crm.url());
    workspace.write(
        "config/okrs/2026-q4.yaml",
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
              - { id: from-java, title: Java does its part, child: java }
              - { id: share, title: Hold 20% of the market, typed: 90d, baseline: 10, target: 20 }
          - id: java
            title: Win Java
            owner: sales Java
            keyResults:
              - { id: from-ani, title: Ani does her part, child: ani }
        """);
    workspace.write(
        "config/okrs/2026-11.yaml",
        """
        cycle: { id: 2026-11, from: 2026-11-01, to: 2026-11-30 }
        objectives:
          - id: ani
            title: Win Surabaya
            owner: Ani
            keyResults:
              - { id: revenue, title: Sell for 500 USD, formula: revenue, baseline: 0, target: 500, unit: USD }
        """);
    crm.won(1, "200");
  }

  @AfterEach
  void close() {
    crm.close();
  }

  @Test
  void a_sale_of_a_person_moves_every_level_above() {
    try (Service service = open()) {
      assertThat(standing(service, "from-sales").value()).isNull();
      assertThat(standing(service, "from-sales").reason())
          .isEqualTo(
              "'revenue': never read: source 'crm' of 'revenue' has not been read completely yet");
      sync(service);

      assertThat(standing(service, "from-ani").value()).isEqualByComparingTo("40");
      assertThat(standing(service, "from-java").value()).isEqualByComparingTo("40");
      // a typed value weighs half: (1 x 0.4 + 0.5 x 0) / 1.5
      assertThat(standing(service, "from-sales").value()).isEqualByComparingTo("26.66667");
      // (3 x 0.2666667 + 1 x 1) / 4
      assertThat(score(service, "company")).isEqualByComparingTo("0.45");

      Ani.types(service, "share", "15");
      crm.won(2, "150");
      clock.move(Duration.ofMinutes(15));
      sync(service);

      assertThat(standing(service, "from-ani").value()).isEqualByComparingTo("70");
      assertThat(standing(service, "from-sales").value()).isEqualByComparingTo("63.33333");
    }
  }

  @Test
  void as_much_is_expected_as_of_the_key_results_below() {
    try (Service service = open()) {
      sync(service);

      // half of November has passed, and half of the quarter
      assertThat(standing(service, "from-ani").expected()).isEqualByComparingTo("0.5");
      assertThat(standing(service, "from-ani").status()).isEqualTo(Status.ON_TRACK);
      clock.move(Duration.ofDays(20));
      sync(service);
      assertThat(standing(service, "from-ani").expected()).isEqualByComparingTo("1");
      assertThat(standing(service, "from-ani").status()).isEqualTo(Status.AT_RISK);
    }
  }

  @Test
  void the_final_value_of_an_inner_cycle_stays_in_the_cycle_around_it() {
    try (Service service = open()) {
      sync(service);
      clock.move(Duration.ofDays(20));
      sync(service);
      crm.won(2, "300", "2026-11-20T03:00:00Z");
      clock.move(Duration.ofMinutes(15));
      sync(service);

      assertThat(standing(service, "revenue").read()).isEqualByComparingTo("500");
      assertThat(standing(service, "from-ani").value()).isEqualByComparingTo("40");
    }
  }

  @Test
  void what_is_outdated_below_is_outdated_above() {
    try (Service service = open()) {
      sync(service);
      clock.move(Duration.ofHours(7));

      assertThat(standing(service, "from-sales").status()).isEqualTo(Status.OUTDATED);
      assertThat(standing(service, "from-sales").reason())
          .contains("'revenue': 'crm' was last read");
    }
  }

  @Test
  void a_person_may_override_it_for_some_time() {
    try (Service service = open()) {
      sync(service);
      override(service, "from-java", "60", Duration.ofDays(2));

      assertThat(standing(service, "from-java").value()).isEqualByComparingTo("60");
      assertThat(standing(service, "from-java").read()).isEqualByComparingTo("40");
      assertThat(standing(service, "from-sales").value()).isEqualByComparingTo("30");
      clock.move(Duration.ofDays(2));
      assertThat(standing(service, "from-sales").value()).isEqualByComparingTo("26.66667");
    }
  }

  /**
   * Each evening's score, by hand: 40% until the 17th, 70% on the 18th, 60 by Budi until the 19th.
   */
  @Test
  void it_has_a_course_of_what_was_below_it_and_of_what_people_put_in_its_place() {
    try (Service service = open()) {
      sync(service);
      clock.move(Duration.ofDays(2));
      crm.won(2, "150");
      sync(service);
      clock.move(Duration.ofDays(1));
      override(service, "from-java", "60", Duration.ofDays(1));
      clock.move(Duration.ofDays(3));
      sync(service);

      Standing java = standing(service, "from-java");
      assertThat(service.standings().course(java.keyResult()))
          .extracting(it -> it.at().truncatedTo(ChronoUnit.DAYS) + " " + it.value().toPlainString())
          .containsExactly(
              "2026-11-16T00:00:00Z 40",
              "2026-11-18T00:00:00Z 70",
              "2026-11-19T00:00:00Z 60",
              "2026-11-20T00:00:00Z 70");
      // on the 19th, when both weigh half: (0.5 x 0.6 + 0.5 x 0) / 1
      assertThat(service.standings().course(standing(service, "from-sales").keyResult()))
          .extracting(it -> it.value().toPlainString())
          .containsExactly("26.66667", "46.66667", "30", "46.66667");
      assertThat(service.standings().course(standing(service, "losses").keyResult())).hasSize(1);
    }
    assertThat(workspace.run("status", "--as-of", "2026-11-19T12:00:00Z").out())
        .contains("from-java: 60 %", "from-sales: 30 %");
    assertThat(workspace.run("status", "--as-of", "2026-11-18T12:00:00Z").out())
        .contains("from-java: 70 %", "from-sales: 46.66667 %");
  }

  /** It was read at midnight; six hours later the line has a length. */
  @Test
  void on_its_first_day_the_course_begins_with_the_first_reading() {
    try (Service service = open()) {
      sync(service);
      clock.move(Duration.ofHours(6));

      assertThat(service.standings().course(standing(service, "from-java").keyResult()))
          .extracting(it -> it.at() + " " + it.value().toPlainString())
          .containsExactly("2026-11-16T00:00:00Z 40");
    }
  }

  private void override(Service service, String keyResult, String value, Duration time) {
    service
        .store()
        .state(
            new Statement(
                keyResult,
                Kind.OVERRIDE,
                clock.instant(),
                "Budi",
                new BigDecimal(value),
                "one sale is not in the CRM yet",
                "",
                clock.instant().plus(time)),
            service.setup().version());
  }

  @Test
  void commands_say_what_adds_to_it() {
    try (Service service = open()) {
      sync(service);
    }
    assertThat(workspace.run("status").out()).contains("the score of 'Win the right customers'");
    assertThat(workspace.run("status", "from-sales").out())
        .contains("The score of the objective ‘Win the right customers’ (sales).")
        .contains("26.66667% of it from: Java does its part (weight 1, score 40%");
    assertThat(workspace.run("status", "from-sales", "--json").out())
        .contains("\"child\":\"sales\"", "\"keyResult\":\"from-java\",\"weight\":1,\"score\":0.4");
    assertThat(workspace.run("status", "--json").out()).contains("\"countsIn\":[\"from-sales\"]");
    assertThat(workspace.run("explain", "from-sales").err())
        .contains("is the score of objective 'sales'", "from-java, share");
    assertThat(workspace.run("status", "--as-of", "2026-11-15").out()).contains("Nothing was");
    assertThat(workspace.run("status", "--as-of", "2026-11-17").out())
        .contains("from-ani: 40 %")
        .contains("from-sales: 26.66667 %");
    assertThat(workspace.run("verify").exit()).isZero();
  }

  /** 26.66667, which is rounded down, so that it never looks better than it is. */
  @Test
  void a_score_is_written_the_same_everywhere() {
    try (Service service = open()) {
      sync(service);
    }
    assertThat(workspace.run("status").out())
        .contains("Win the right customers  (outdated, score 26%)")
        .containsPattern(" 26 % +26%  outdated +Sales does its part");
    assertThat(workspace.run("status", "from-sales").out())
        .contains("26%, asked for: 0% to 100%", "26% done");
    assertThat(workspace.run("next-cycle", "2026-Q4").exit()).isZero();
    assertThat(workspace.read("config/okrs/2027-q1.yaml.draft"))
        .contains("26.66667 % so far, the cycle has not ended, score 26%");
    String file = workspace.read("config/okrs/2026-11.yaml");
    workspace.write("config/okrs/2026-11.yaml", file.replace("target: 500", "target: 300"));
    assertThat(workspace.run("plan").out())
        .contains("score     26% -> 44%", "progress  26% -> 44%");
  }

  @Test
  void a_plan_says_what_it_would_become() {
    try (Service service = open()) {
      sync(service);
    }
    String file = workspace.read("config/okrs/2026-11.yaml");
    workspace.write("config/okrs/2026-11.yaml", file.replace("target: 500", "target: 400"));

    assertThat(workspace.run("plan").out())
        .contains("from-ani would move", "value     40 -> 50")
        .contains("from-java would move");
  }

  private Service open() {
    return workspace.service(clock);
  }

  private static void sync(Service service) {
    assertThat(service.runs().run("crm", Trigger.MANUAL).outcome().isWell()).isTrue();
  }

  private static Standing standing(Service service, String keyResult) {
    return service.standings().now().stream()
        .flatMap(it -> it.keyResults().stream())
        .filter(it -> it.keyResult().id().equals(keyResult))
        .findFirst()
        .orElseThrow();
  }

  private static @Nullable BigDecimal score(Service service, String objective) {
    return service.standings().now().stream()
        .filter(it -> it.objective().id().equals(objective))
        .findFirst()
        .map(ObjectiveStanding::score)
        .orElse(null);
  }
}
