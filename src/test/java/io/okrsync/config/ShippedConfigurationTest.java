package io.okrsync.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.connector.Connectors;
import io.okrsync.measure.Aggregate;
import io.okrsync.measure.Measure;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Objective;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The folder config/ of this project: the demo's, and an example to copy. */
class ShippedConfigurationTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "PIPEDRIVE_TOKEN", "a",
          "MAILCHIMP_URL", "https://us21.api.mailchimp.com",
          "MAILCHIMP_KEY", "b-us21",
          "JIRA_URL", "https://example.atlassian.net",
          "JIRA_EMAIL", "okr@example.org",
          "JIRA_TOKEN", "c");

  private static final Connectors CONNECTORS = new Connectors(Path.of("routes"), Clock.systemUTC());

  @BeforeAll
  static void start() {
    CONNECTORS.start();
  }

  @AfterAll
  static void stop() {
    CONNECTORS.close();
  }

  @Test
  void it_has_a_company_of_three_teams_with_key_results_of_every_kind() {
    Configuration configuration = accepted(ENVIRONMENT);

    assertThat(configuration.sources()).containsOnlyKeys("crm", "newsletter", "tracker");
    assertThat(configuration.objectives())
        .extracting(Objective::owner)
        .containsOnly("company", "sales", "marketing", "engineering");
    assertThat(configuration.measures().values())
        .extracting(Measure::definition)
        .extracting(definition -> definition.aggregate())
        .containsAll(EnumSet.complementOf(EnumSet.of(Aggregate.PERCENTILE))); // medians show it

    assertThat(configuration.formulas()).hasSizeGreaterThan(12);
  }

  @Test
  void an_objective_has_no_number_and_a_key_result_has_one() {
    for (Objective objective : accepted(ENVIRONMENT).objectives()) {
      assertThat(objective.title()).doesNotContainPattern("[0-9]");
      assertThat(objective.keyResults())
          .filteredOn(KeyResult::isComputed)
          .extracting(KeyResult::title)
          .allMatch(title -> title.matches(".*[0-9].*"));
      assertThat(objective.keyResults()).hasSizeBetween(2, 5);
    }
  }

  @Test
  void its_sentences_leave_nothing_to_remark() {
    assertThat(load(ENVIRONMENT))
        .isInstanceOfSatisfying(
            Loaded.Accepted.class, accepted -> assertThat(accepted.remarks()).isEmpty());
  }

  @Test
  void a_comment_says_what_each_key_result_is() throws Exception {
    List<String> lines = Files.readAllLines(Path.of("config/okrs/2026-q4.yaml"));

    assertThat(IntStream.range(1, lines.size()))
        .filteredOn(line -> lines.get(line).startsWith("      - id:"))
        .isNotEmpty()
        .allMatch(line -> lines.get(line - 1).startsWith("      # "));
  }

  @Test
  void no_measure_is_left_over() throws Exception {
    String okrs = Files.readString(Path.of("config/okrs/2026-q4.yaml"));

    assertThat(accepted(ENVIRONMENT).measures().keySet())
        .allMatch(name -> Arrays.asList(okrs.split("[^a-z_]+")).contains(name));
  }

  @Test
  void it_reads_every_15_minutes_unless_the_demo_says_otherwise() {
    Map<String, String> demo = new HashMap<>(ENVIRONMENT);
    demo.put("SYNC_EVERY", "5s");

    assertThat(accepted(ENVIRONMENT).schedules().values())
        .allMatch(schedule -> Objects.equals(schedule.every(), Duration.ofMinutes(15)));
    assertThat(accepted(demo).schedules().values())
        .allMatch(schedule -> Objects.equals(schedule.every(), Duration.ofSeconds(5)));
  }

  @Test
  void without_its_variables_it_names_each_of_them() {
    Loaded loaded = load(Map.of());

    assertThat(loaded).isInstanceOf(Loaded.Refused.class);
    String text = Problems.text(((Loaded.Refused) loaded).problems());
    assertThat(ENVIRONMENT.keySet())
        .allMatch(name -> text.contains("the environment variable " + name + " is not set"));
    assertThat(text).endsWith("6 problems; nothing was changed\n");
  }

  private static Configuration accepted(Map<String, String> environment) {
    Loaded loaded = load(environment);
    assertThat(loaded)
        .as(
            () ->
                loaded instanceof Loaded.Refused refused
                    ? Problems.text(refused.problems())
                    : "accepted")
        .isInstanceOf(Loaded.Accepted.class);
    return ((Loaded.Accepted) loaded).configuration();
  }

  private static Loaded load(Map<String, String> environment) {
    return new ConfigurationFolder(Path.of("config"), environment::get).load(CONNECTORS);
  }
}
