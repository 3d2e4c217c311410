package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.okrsync.Workspace.Said;
import io.okrsync.sync.Trigger;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was believed at a moment: all of it is of then, and none of it of today. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class AsOfTest {
  private static final String OKRS = "config/okrs/2026-q4.yaml";
  private static final String FIRST_DAY = "2026-11-16T12:00:00Z";
  private static final String SECOND_DAY = "2026-11-18T12:00:00Z";
  private static final String BEFORE_IT_WAS_FINAL = "2026-11-17T20:00:00Z";

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock("2026-11-16T03:00:00Z");
  private final FakeCrm crm = new FakeCrm();
  private Workspace workspace = new Workspace(Path.of("target"));

  @BeforeEach
  void a_score_of_what_is_read_typed_and_measured() {
    workspace = new Workspace(folder).withCrm(crm.url());
    workspace.salesOkrs(
        """
        - { id: revenue, title: Sell for 500 USD, formula: revenue, baseline: 0, target: 500, unit: USD, weight: 3 }
        - { id: share, title: Hold 20% of the market, typed: 90d, baseline: 10, target: 20, unit: "%", weight: 2 }
        - { id: growth, title: Grow by 50%, formula: revenue, baseline: measured, target: +50% }
        """);
    crm.won(1, "100", "2026-08-02T03:00:00Z");
    crm.won(2, "110");
  }

  @AfterEach
  void close() {
    crm.close();
  }

  @Test
  void titles_targets_weights_and_overrides_are_those_of_then() {
    lived();

    String then = workspace.run("status", "--as-of", FIRST_DAY).out();
    assertThat(then)
        .contains(
            """
            revenue: 110 USD, read 2026-11-16T03:00:00Z (reading 3); +290 since
              Sell for 500 USD: asked for 0 to 500 USD, 22% done, weight 3
            """)
        .contains(
            """
            share: 15 %, put by Ani until 2026-11-17T03:00:00Z in place of what is read: seen, \
            12 was read 2026-11-16T03:00:00Z (reading 6); +6 since
              Hold 20% of the market: asked for 10% to 20%, 50% done, weight 1
            """)
        // measured as 100 then, and 10 of the 50 asked for are done
        .contains("Grow by 50%: asked for 100 to 150 (+50%), 20% done, weight 1")
        // (3 x 0.22 + 1 x 0.5 + 1 x 0.2) / 5
        .contains(
            """
            from-sales: 27.2 %
              Sales does its part: asked for 0% to 100%, 27% done, weight 1
            """)
        .doesNotContain("now", "Sell for more", "900");
  }

  @Test
  void a_later_day_has_the_configuration_and_the_values_of_that_day() {
    lived();

    assertThat(workspace.run("status", "--as-of", SECOND_DAY).out())
        .contains("Sell for more: asked for 0 to 1,000 USD, 40% done, weight 1")
        .contains("share: 18 %, read 2026-11-18T03:00:00Z (reading 9); unchanged since")
        .doesNotContain("put by");
  }

  @Test
  void once_its_cycle_has_ended_the_final_value_is_what_was_believed() throws Exception {
    workspace.write(OKRS, workspace.read(OKRS).replace("to: 2026-12-31", "to: 2026-11-17"));
    try (Service service = workspace.service(clock)) {
      sync(service);
      clock.move(Duration.ofDays(2));
      sync(service);
      crm.won(3, "40");
      clock.move(Duration.ofHours(1));
      sync(service);
      crm.won(4, "7");
      clock.move(Duration.ofDays(1));
      sync(service);
    }

    assertThat(workspace.run("status", "--as-of", SECOND_DAY).out())
        .containsPattern(
            "revenue: 110 USD, final, read 2026-11-18T03:00:00Z \\(reading \\d+\\), 150 was read by"
                + " then; \\+47 since, restated after the end of its cycle")
        .contains("Sell for 500 USD: asked for 0 to 500 USD, 22% done, weight 3");
    assertThat(workspace.run("status", "--as-of", "2026-11-19").out())
        .as("restated by then")
        .containsPattern(
            "revenue: 110 USD, final, .*, 157 was read by then; \\+47 since, restated");
    JsonNode then = asOf("2026-11-19").get(1);
    assertThat(workspace.run("receipt", then.path("reading").asText()).out())
        .contains("\"keyResult\":\"revenue/final\"", "\"value\":\"110\"");
    assertThat(workspace.run("status", "--as-of", BEFORE_IT_WAS_FINAL).out())
        .as("its cycle has ended, but no run has come since")
        .contains("revenue: ")
        .doesNotContain("final", "restated");
  }

  @Test
  void programs_are_told_the_same() throws Exception {
    lived();

    JsonNode then = asOf(FIRST_DAY);
    assertThat(then).hasSize(4);
    JsonNode score = then.get(0);
    assertThat(score.path("value").decimalValue()).isEqualByComparingTo("27.2");
    assertThat(score.path("change").isNull()).isTrue();
    JsonNode share = then.get(2);
    assertThat(share.path("title").asText()).isEqualTo("Hold 20% of the market");
    assertThat(share.path("value").decimalValue()).isEqualByComparingTo("15");
    assertThat(share.path("read").decimalValue()).isEqualByComparingTo("12");
    assertThat(share.path("override").path("by").asText()).isEqualTo("Ani");
    assertThat(share.path("weight").decimalValue()).isEqualByComparingTo("1");
    assertThat(share.path("change").decimalValue()).isEqualByComparingTo("6");
    assertThat(share.has("now")).isFalse();
    assertThat(then.get(3).path("progress").decimalValue()).isEqualByComparingTo("0.2");
  }

  @Test
  void a_day_ends_where_the_cycle_is_as_it_does_in_an_explanation() {
    workspace.write(
        OKRS, workspace.read(OKRS).replace("to: 2026-12-31", "to: 2026-12-31, zone: Asia/Jakarta"));
    workspace.write(
        "config/okrs/berlin.yaml",
        """
        cycle: { id: 2026-H2, from: 2026-07-01, to: 2026-12-31, zone: Europe/Berlin }
        objectives:
          - id: europe
            title: Sell there too
            owner: Acme
            keyResults:
              - { id: revenue-europe, title: Sell for 900 USD, formula: revenue, baseline: 0, target: 900, unit: USD }
        """);
    try (Service service = workspace.service(clock)) {
      sync(service);
      clock.move(Duration.ofHours(19));
      crm.won(3, "40");
      sync(service);
    }

    String then = workspace.run("status", "--as-of", "2026-11-16").out();
    assertThat(then)
        .contains(
            "As of 2026-11-16T16:59:59.999999Z:\n",
            "revenue: 110 USD, read 2026-11-16T03:00:00Z (reading 4); +40 since",
            "As of 2026-11-16T22:59:59.999999Z:\n",
            "revenue-europe: 250 USD, read 2026-11-16T22:00:00Z")
        .containsOnlyOnce("revenue: ")
        .containsOnlyOnce("revenue-europe: ");
    assertThat(workspace.run("explain", "revenue", "--from", "2026-11-16").out())
        .contains("revenue: 110 at 2026-11-16T16:59:59.999999Z, 150 at ");
    assertThat(workspace.run("explain", "revenue-europe", "--from", "2026-11-16").out())
        .contains("revenue-europe: 250 at 2026-11-16T22:59:59.999999Z, 250 at ");
  }

  @Test
  void a_configuration_that_was_repaired_before_the_day_ended_need_not_compile() throws Exception {
    replacedWithinADay("2026-12-31", "2026-12-31, tolerance: 1%");
    breakConfiguration(2);

    assertThat(workspace.run("status", "--as-of", "2026-11-16").out())
        .contains(
            "As of 2026-11-16T23:59:59.999999Z:\n", "Sell for 700 USD: asked for 0 to 700 USD");
    Said meanwhile = workspace.run("status", "--as-of", "2026-11-16T11:00:00Z");
    assertThat(meanwhile.exit()).isEqualTo(1);
    assertThat(meanwhile.err()).contains("config_version 2 does not compile any more: ");
  }

  @Test
  void the_one_in_force_where_a_day_ended_must_compile_also_when_no_other_has_a_cycle_there()
      throws Exception {
    replacedWithinADay(
        "target: +50%",
        "target: +50%, cycle: { id: here, from: 2026-10-01, to: 2026-12-31, zone: Pacific/Auckland"
            + " }");
    breakConfiguration(2);

    Said then = workspace.run("status", "--as-of", "2026-11-16");
    assertThat(then.exit()).as("it is over at 11:00 in Auckland").isEqualTo(1);
    assertThat(then.err()).contains("config_version 2 does not compile any more: ");
  }

  @Test
  void changes_are_told_without_trailing_zeros() {
    crm.won(3, "0.25");
    try (Service service = workspace.service(clock)) {
      sync(service);
      clock.move(Duration.ofDays(2));
      crm.won(4, "1.50");
      sync(service);
    }

    assertThat(workspace.run("status", "--as-of", FIRST_DAY).out())
        .contains("revenue: 110.25 USD", "; +1.5 since\n");
    assertThat(workspace.run("explain", "revenue").out())
        .contains(": +1.5\n", "           +1.5  revenue: ", "           +1.5    4 ")
        .doesNotContain("1.50");
    assertThat(workspace.run("explain", "revenue", "--json").out())
        .contains("\"change\":1.5,", "\"amount\":1.5,")
        .doesNotContain("1.50");
  }

  @Test
  void what_is_yet_to_come_is_refused() {
    lived();

    for (String future : List.of("9999-12-31", "9999-12-31T00:00:00Z")) {
      Said asOf = workspace.run("status", "--as-of", future);
      assertThat(asOf.exit()).isEqualTo(2);
      assertThat(asOf.err()).contains("--as-of must not be in the future: 9999-12-3");
      Said explained = workspace.run("explain", "revenue", "--to", future);
      assertThat(explained.exit()).isEqualTo(2);
      assertThat(explained.err()).contains("--to must not be in the future");
    }
  }

  /** One configuration is in force from 10:30 to 12:00, between two others. */
  private void replacedWithinADay(String from, String to) {
    String before = workspace.read(OKRS);
    clock.move(Duration.ofHours(7));
    try (Service service = workspace.service(clock)) {
      sync(service);
      clock.move(Duration.ofMinutes(30));
      workspace.write(OKRS, before.replace(from, to));
      service.reload();
      clock.move(Duration.ofMinutes(90));
      workspace.write(OKRS, before.replace("500", "700"));
      service.reload();
      clock.move(Duration.ofDays(2));
      sync(service);
    }
  }

  /** As if its connector had been taken out of {@code routes/} since. */
  private void breakConfiguration(int version) throws SQLException {
    String url = "jdbc:h2:" + workspace.data().resolve("okr-sync").toAbsolutePath();
    try (Connection connection = DriverManager.getConnection(url, "okrsync", "");
        PreparedStatement update =
            connection.prepareStatement(
                "update config_version set files = replace(files, 'pipedrive-deals', 'gone-deals')"
                    + " where id = ?")) {
      update.setInt(1, version);
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }

  private JsonNode asOf(String then) throws IOException {
    return new ObjectMapper()
        .readTree(workspace.run("status", "--as-of", then, "--json").out())
        .path("items");
  }

  /** Two days, with another configuration on the second. */
  private void lived() {
    try (Service service = workspace.service(clock)) {
      sync(service);
      Ani.types(service, "share", "12");
      Ani.overrides(service, "share", "15", Duration.ofDays(1));
      clock.move(Duration.ofDays(2));
      workspace.write(
          OKRS,
          workspace
              .read(OKRS)
              .replace("Sell for 500 USD", "Sell for more")
              .replace("target: 500", "target: 1000")
              .replace("weight: 3", "weight: 1"));
      service.reload();
      crm.won(3, "290");
      sync(service);
      Ani.types(service, "share", "18");
      clock.move(Duration.ofDays(2));
      Ani.overrides(service, "share", "19", Duration.ofDays(9));
    }
  }

  private static void sync(Service service) {
    assertThat(service.runs().run("crm", Trigger.MANUAL).outcome().isWell()).isTrue();
  }
}
