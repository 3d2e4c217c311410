package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A plan names the quota, rate, list or expression by which a key result would move. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PlannedDefinitionsTest {
  private static final String MEASURES = "config/measures.yaml";

  @TempDir Path folder;
  private final FakeCrm crm = new FakeCrm();
  private Workspace workspace = new Workspace(Path.of("target"));

  /** The keys are the ids of the deals. */
  @BeforeEach
  void a_quota_a_list_an_expression_and_rates() {
    workspace = new Workspace(folder).withCrm(crm.url());
    workspace.write(
        MEASURES,
        """
        rates:
          monthly: { in: USD, from: { 2026-09-01: { EUR: 1.1, IDR: 0.00006 }, 2026-11-01: { EUR: 1.2 } } }
        definitions:
          quota: { "1": 2, "3": 3, "4": 5 }
          large: value >= 300
          key_deals: ["1", "3"]
          share_of_quota: 100 * deals_won / quota
        measures:
          deals_won:  { from: crm, where: status == 'won' && id in key_deals, at: wonAt,  count: true, by: id }
          deals_lost: { from: crm, where: large, at: createdAt, count: true }
          revenue:    { from: crm, where: status == 'won',  at: wonAt,  sum: value, currency: currency, in: USD, rates: monthly }
        """);
    workspace.okrs("share_of_quota");
    crm.won(1, "100");
    crm.won(3, "300");
    crm.wonInEuro(4);
    assertThat(workspace.run("sync").exit()).isZero();
  }

  @AfterEach
  void close() {
    crm.close();
  }

  @Test
  void a_quota_is_named_with_its_keys() {
    change("{ \"1\": 2, \"3\": 3, \"4\": 5 }", "{ \"1\": 4.50, \"3\": 3, \"7\": 1 }");

    assertThat(workspace.run("plan").out())
        .contains(
            """
              quota['1']: 2 -> 4.5
              quota['4']: 5 -> none
              quota['7']: none -> 1
            """)
        .doesNotContain("quota['3']", "monthly");
  }

  @Test
  void a_rate_is_named_with_its_day_and_currency() {
    change("2026-11-01: { EUR: 1.2 }", "2026-11-01: { EUR: 1.3, IDR: 0.00006 }");

    assertThat(workspace.run("plan").out())
        .contains(
            """
              monthly['EUR'] from 2026-11-01: 1.2 -> 1.3
              monthly['IDR'] from 2026-11-01: none -> 0.00006
            """)
        .doesNotContain("quota");
  }

  @Test
  void a_list_is_named_with_what_comes_and_goes() {
    change("[\"1\", \"3\"]", "[\"3\", \"4\"]");

    assertThat(workspace.run("plan").out())
        .contains("  key_deals['1']: listed -> none\n  key_deals['4']: none -> listed\n")
        .doesNotContain("key_deals['3']");
  }

  @Test
  void an_expression_is_named_with_both_texts() {
    change("share_of_quota: 100 *", "share_of_quota: 50 *");

    assertThat(workspace.run("plan").out())
        .contains("share_of_quota: 100 * deals_won / quota -> 50 * deals_won / quota");
  }

  @Test
  void many_keys_are_counted_and_some_are_named() throws Exception {
    change("\"4\": 5 }", "\"4\": 6, \"a\": 1, \"b\": 1, \"c\": 1, \"d\": 1, \"e\": 1, \"f\": 1 }");

    assertThat(workspace.run("plan").out())
        .contains("quota['4']: 5 -> 6", "quota['d']: none -> 1", "  … and 2 more definitions\n")
        .doesNotContain("quota['e']");
    JsonNode edits =
        new ObjectMapper()
            .readTree(workspace.run("plan", "--json").out())
            .at("/keyResults/0/definitions");
    assertThat(edits.path("count").asInt()).isEqualTo(7);
    assertThat(edits.path("first")).hasSize(5);
    assertThat(edits.at("/first/0/what").asText()).isEqualTo("quota['4']");
    assertThat(edits.at("/first/0/from").asText()).isEqualTo("5");
    assertThat(edits.at("/first/0/to").asText()).isEqualTo("6");
  }

  private void change(String from, String to) {
    String text = workspace.read(MEASURES);
    assertThat(text).contains(from);
    workspace.write(MEASURES, text.replace(from, to));
  }
}
