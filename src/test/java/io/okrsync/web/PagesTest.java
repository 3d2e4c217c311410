package io.okrsync.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.okr.Cycle;
import io.okrsync.okr.Freshness;
import io.okrsync.okr.Initiative;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Status;
import io.okrsync.sync.Concern;
import io.okrsync.sync.Counts;
import io.okrsync.sync.Difference;
import io.okrsync.sync.Difference.What;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.RunKind;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.SyncTrigger.Answer.AlreadyRunning;
import io.okrsync.sync.SyncTrigger.Answer.Started;
import io.okrsync.sync.SyncTrigger.Answer.UnknownSource;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages as a browser without scripts gets them. */
class PagesTest {
  private SampleSite site = SampleSite.full();
  private @Nullable WebServer server;

  private Visitor visitor() {
    if (server == null) {
      server = WebServer.start(new WebSettings(WebSettings.LOOPBACK, 0), site);
    }
    return new Visitor(server.port());
  }

  private String page(String path) {
    return visitor().get(path).body();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void shows_each_key_result_with_value_status_progress_and_age() {
    assertThat(page("/"))
        .contains("<data value=\"22.7%\">22.7</data>", "67%", "pace 56%", "read <time")
        .contains("on track", "at risk", "off track", "outdated", "complete", "not started")
        .contains("18%", "25%", "640,121", "1,500,000 USD", "day 52 of 92", "12 s ago");
  }

  /** A company on two departments, which rest on one team; and a team that goes its own way. */
  @Test
  void a_cascade_leads_from_the_company_to_every_part_and_back() {
    site = SampleSite.empty();
    KeyResult deals = SampleSite.keyResult("deals", "Win deals", "0", "40", "deals");
    KeyResult own = SampleSite.keyResult("own", "Clean the desk", "0", "10", "desks");
    site.objective("team", "Win the east", "Ani", deals)
        .objective("sales", "Sell", "Sales", SampleSite.pointing("a", "The east sells", "team"))
        .objective("care", "Care", "Care", SampleSite.pointing("b", "The east cares", "team"))
        .objective(
            "acme",
            "Be first",
            "Acme",
            SampleSite.pointing("c", "Sales sells", "sales"),
            SampleSite.pointing("d", "Care cares", "care"))
        .objective("desk", "Be tidy", "Budi", own)
        .move("deals", "30", SampleSite.NOW);

    assertThat(words(page("/cascade")))
        .contains(
            "Be first Acme · 2026-Q4 75% on track Sales sells 75% on track Sell Sales · 2026-Q4 75%"
                + " on track The east sells 75% on track Win the east Ani · 2026-Q4 75% on track"
                + " Win deals 30 deals on track Care cares 75% on track Care Care · 2026-Q4 75% on"
                + " track The east cares 75% on track Win the east Ani · 2026-Q4 75% on track shown"
                + " above Objectives that count in no other Be tidy Budi");
    assertThat(page("/cascade"))
        .contains(
            "<a href=\"/#objective-team\"><b>Win the east</b></a>", "href=\"#objective-team\"");
    assertThat(page("/"))
        .contains("<a href=\"/cascade\">", "<a href=\"/#objective-sales\">To that");
    assertThat(page("/key-results/deals"))
        .contains("<a href=\"/#objective-team\">Win the east</a>");
  }

  @Test
  void where_nothing_rests_on_another_nothing_leads_to_the_cascade() {
    assertThat(page("/")).doesNotContain("/cascade");
    assertThat(page("/cascade")).contains("No key result points to an objective yet");
  }

  /** A page as it is read. */
  private static String words(String page) {
    return page.substring(page.indexOf("<main")).replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
  }

  @Test
  void a_score_that_is_a_value_shows_what_it_is_made_of() {
    site = SampleSite.empty();
    KeyResult deals = SampleSite.keyResult("deals", "Win deals", "0", "40", "deals");
    KeyResult calls = SampleSite.keyResult("calls", "Call", "0", "10", "calls");
    site.objective("sales", "Win the east", "Ani", deals, calls)
        .objective("acme", "Win", "Acme", SampleSite.pointing("part", "Sales wins", "sales"))
        .move("deals", "30", SampleSite.NOW);

    assertThat(page("/"))
        .contains("counts in</span> <a href=\"/key-results/part\">Sales wins</a>")
        .contains("The score of the objective ‘Win the east’ (Ani).");
    assertThat(page("/key-results/part"))
        .contains("<a href=\"/key-results/deals\">Win deals</a>", ">75%</td>", ">37.5%</td>")
        .contains("<a href=\"/#objective-sales\">Win the east</a>, of Ani")
        .contains("The cycle 2026-Q4", "At the end of each day, as the values of then make it")
        .contains("id=\"parts-sum\"><b>37.5%</b>", "the score of objective 'sales', in per cent")
        .doesNotContain("Inputs of the newest reading");
  }

  @Test
  void initiatives_are_shown_the_most_urgent_first() {
    site.initiatives(
        "win-rate",
        initiative("1", "Call <all>", true, false, null),
        initiative("2", "Visit", false, false, SampleSite.NOW.plusSeconds(60)),
        initiative("3", "Write", false, false, SampleSite.NOW.minusSeconds(60)),
        initiative("4", "Ask", false, true, null));

    assertThat(page("/key-results/win-rate"))
        .contains("3 open, of these 1 overdue and 1 blocked; 1 done.")
        .containsSubsequence(
            "blocked</td>", "overdue</td>", "open</td>", "Call &lt;all&gt;", "done</td>");
    assertThat(page("/key-results/revenue")).doesNotContain("Initiatives");
  }

  private static Initiative initiative(
      String id, String title, boolean done, boolean blocked, @Nullable Instant due) {
    return new Initiative("jira", id, title, null, done, blocked, "any", "ani", due);
  }

  @Test
  void lists_cycles_that_run_then_those_to_come_then_those_that_ended() {
    site = SampleSite.empty();
    for (String days :
        List.of("2026-04-01/06-30", "2027-01-01/03-31", "2026-07-01/09-30", "2026-10-01/12-31")) {
      LocalDate first = LocalDate.parse(days.substring(0, 10));
      LocalDate last = LocalDate.parse(days.substring(0, 5) + days.substring(11));
      Cycle cycle = new Cycle("from-" + first, first, last, SampleSite.JAKARTA);
      site.objective(
          "o-" + first, "O", "o", SampleSite.keyResult("k-" + first, "K", "0", "1", "", cycle));
    }

    assertThat(page("/"))
        .containsSubsequence(
            "id=\"cycle-from-2026-10-01\"",
            "id=\"cycle-from-2027-01-01\"",
            "id=\"cycle-from-2026-07-01\"",
            "id=\"cycle-from-2026-04-01\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/runs", "/key-results/win-rate", "/audit", "/readings/1", "/as-of"})
  void names_every_table_and_column_to_those_who_hear_the_page(String path) {
    String page = page(path);

    assertThat(page.split("<table", -1)).hasSameSizeAs(page.split("<caption", -1));
    assertThat(page).doesNotContain("<th>", "<th class");
  }

  @Test
  void says_why_a_value_changed_with_links_into_the_tool() {
    String page = page("/key-results/win-rate");

    assertThat(page)
        .contains("<a href=\"https://crm.example/deal/17\" rel=\"noreferrer\">Anna's shop</a>")
        .contains("id=\"why-sum\"><b>+0.8</b>")
        .contains("target from 10 to 25, by configuration 3");
    assertThat(page)
        .containsPattern("href=\"/key-results/win-rate\\?from=[^\"]+&amp;to=[^\"]+#why\"");
    assertThat(visitor().get("/key-results/win-rate?from=lately").body())
        .contains("from must be a day such as 2026-11-21");
  }

  @Test
  void says_of_a_first_value_that_there_is_none_to_compare_it_with() {
    assertThat(words(page("/key-results/win-rate?from=2020-01-01")))
        .contains("There was no earlier value to compare with; this begins with the first.")
        .doesNotContain("asked for");
    assertThat(page("/key-results/win-rate")).doesNotContain("no earlier value");
  }

  @Test
  void shows_the_log_page_by_page_and_what_the_last_check_found() {
    String page = page("/audit?actor=schedule");

    assertThat(page)
        .contains("entry <b id=\"last\">150</b>", "1 finding<", "reading 4: is not what entry 9")
        .contains("id=\"entry-150\"", "id=\"entry-51\"")
        .doesNotContain("id=\"entry-50\"")
        .contains("href=\"/audit?actor=schedule&amp;before=51\">Older entries");
    assertThat(page("/audit?before=51"))
        .contains("id=\"entry-50\"")
        .doesNotContain("Older entries");
  }

  @Test
  void says_how_far_the_log_is_signed() {
    assertThat(words(page("/audit")))
        .contains(
            "Entries up to 148 are covered by the checkpoint of",
            "; after it come 2 that none covers yet")
        .contains("Checkpoints are kept in checkpoints.jsonl");
  }

  @Test
  void links_what_an_entry_is_about_only_where_it_has_a_page() {
    assertThat(page("/audit?before=5"))
        .contains("href=\"/key-results/win-rate?from=", ">of-before</td>", ">runs</td>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run=x&actor=Ani | 400 | run must be a number, 1 or more: 'x'.",
        "from=lately&actor=Ani | 400 | from must be a day such as",
        "keyResult=a&source=b&actor=Ani | 400 | only one of the two can be asked for",
        "bogus=1&actor=Ani | 400 | Unknown query parameter 'bogus'",
        "keyResult=win-rte&actor=Ani | 404 | No key result is called 'win-rte'; did you"
            + " mean 'win-rate'?",
        "source=cmr&actor=Ani | 404 | No source is called 'cmr'; did you mean" + " 'crm'?",
        "run=9999&actor=Ani | 404 | No run is numbered '9999'",
        "action=run.hold&actor=Ani | 404 | did you mean 'run.held'?"
      })
  void what_cannot_be_listed_is_told_on_the_page_with_all_that_was_typed(
      String query, int status, String problem) {
    var answer = visitor().get("/audit?" + query);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body())
        .contains("<h1>Audit log</h1>", "name=\"actor\" value=\"Ani\"", problem)
        .doesNotContain("There is no such entry");
  }

  @Test
  void a_filter_that_finds_nothing_about_what_there_is_says_only_that() {
    var answer = visitor().get("/audit?keyResult=revenue&from=2026-11-20");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains(
            "There is no such entry",
            "name=\"from\" placeholder=\"2026-11-20\" value=\"2026-11-20\"");
  }

  @Test
  void a_day_of_the_log_means_all_of_it() {
    assertThat(page("/audit?from=2026-11-21&to=2026-11-21")).contains("id=\"entry-150\"");
    assertThat(page("/audit?from=2026-11-22")).contains("There is no such entry");
    assertThat(page("/audit?to=2026-11-20")).contains("There is no such entry");
  }

  @Test
  void offers_each_action_that_the_log_can_have() {
    assertThat(page("/audit?action=export.written"))
        .contains("<option value=\"export.written\" selected>", "<option value=\"run.skipped\"")
        .contains("<option value=\"key-result.recounted\"", "value=\"key-result.checked-in\"");
  }

  @Test
  void shows_what_was_believed_and_what_has_changed_since() {
    assertThat(page("/as-of?at=2026-11-20"))
        .contains("Raise the win rate", "href=\"/readings/3\">Receipt", "#why\">+1.5</a>")
        .contains("data-label=\"Asked for\">18% to 25%<", "data-label=\"Weight\"")
        .doesNotContain("restated", "known now", "data-label=\"Now\"");
    assertThat(page("/as-of?at=2027-01-15")).contains("restated after the end of its cycle");
    var wrong = visitor().get("/as-of?at=then");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body())
        .contains("<h1>What was believed</h1>", "value=\"then\"", "at must be a day such as")
        .doesNotContain("Nothing was configured yet");
    assertThat(visitor().get("/as-of?on=2026-11-20").statusCode()).isEqualTo(400);
  }

  @Test
  void shows_what_has_become_of_final_values_where_an_auditor_looks() {
    assertThat(page("/audit"))
        .contains("Restated after the end of the cycle", "Fix the bugs")
        .contains("+3 (+25%), and 0% is tolerated</a> <b class=\"reason\">A finding")
        .contains("<div>+3 late arrivals");
    assertThat(page("/audit?actor=schedule")).doesNotContain("Restated after");
    assertThat(page("/key-results/bugs-open"))
        .contains("Restated after the end of the cycle", "that stays its final value")
        .contains("href=\"/key-results/bugs-open?from=", "A finding");
    assertThat(page("/key-results/win-rate")).doesNotContain("Restated after");
  }

  @Test
  void shows_the_whole_lineage_of_a_value_on_one_page() {
    assertThat(page("/readings/1"))
        .contains("Receipt of reading 1", "comes out otherwise", "deals_won counts 3")
        .contains("<b>Raise the win rate</b>", ">2026-11-21T07:05:30Z</time> by OKR Sync 1,")
        .contains("Audit entry <b>9</b>", "href=\"/api/v1/readings/1\"")
        .contains("100.0 * deals_won / (deals_won + deals_lost)");
    assertThat(page("/readings/999")).contains("No reading is numbered");
    assertThat(page("/key-results/win-rate")).contains("href=\"/audit?keyResult=win-rate\"");
    assertThat(page("/runs/41")).contains("href=\"/audit?run=41\"", "href=\"/audit?source=crm\"");
  }

  @Test
  void says_why_a_value_was_not_updated() {
    assertThat(page("/")).contains("3 deals without createdAt, the first is 4711");
  }

  @Test
  void shows_the_banner_and_what_is_wrong_with_the_configuration() {
    assertThat(page("/")).doesNotContain("role=\"alert\"", "class=\"banner\"");
    site.banner("Demo data")
        .problems("config/measures.yaml: line 3", "config/sources.yaml: line 9");

    assertThat(page("/"))
        .contains("Demo data", "2 problems", "config/measures.yaml: line 3")
        .contains("role=\"alert\"");
  }

  @Test
  void a_refused_connector_file_is_told_among_the_sources_and_alarms_nobody_else() {
    site.connectorProblems("routes/shop-orders-action.kamelet.yaml: line 3");

    assertThat(page("/runs"))
        .contains("A connector file is refused", "shop-orders-action.kamelet.yaml: line 3")
        .doesNotContain("The configuration on disk is not used");
    assertThat(page("/")).doesNotContain("shop-orders", "role=\"alert\"");
  }

  @ParameterizedTest
  @CsvSource({"/, No objectives yet", "/runs, No sources yet", "/runs, No run yet"})
  void says_what_to_do_while_there_is_nothing(String path, String text) {
    site = SampleSite.empty();

    assertThat(page(path)).contains(text);
  }

  @Test
  void shows_where_a_value_comes_from() {
    assertThat(page("/key-results/win-rate"))
        .contains("big: value &gt;= 1000")
        .contains("100.0 * deals_won / (deals_won + deals_lost)")
        .contains("deals_won:\n  from: crm\n  where: status == 'won'\n  at: wonAt\n  count: true")
        .contains("1 Oct – 31 Dec 2026", "missing field: 1 deal without lostAt")
        .contains("href=\"/runs/41\"", "From a baseline of 18% to a target of 25%");
  }

  @Test
  void shows_no_more_digits_in_tables_than_on_the_card_and_all_on_request() {
    site.move("win-rate", "21.7391304348", SampleSite.NOW);

    String exact = "<data value=\"21.7391304348%\" title=\"21.7391304348%\">21.74%</data>";
    assertThat(page("/key-results/win-rate"))
        .containsSubsequence("id=\"history\"", exact)
        .contains("<b>−0.96</b> worse");
  }

  @Test
  void says_whether_a_change_is_towards_the_target() {
    site.move("bugs-open", "52", SampleSite.NOW).move("lead-time", "8", SampleSite.NOW);

    assertThat(page("/key-results/bugs-open")).contains("<b>−5</b> better");
    assertThat(page("/key-results/lead-time")).contains("<b>+0.25</b> worse");
    assertThat(page("/key-results/win-rate")).contains("<b>+0.8</b> better");
  }

  @Test
  void tells_the_rule_of_the_status_and_keeps_to_it() {
    String rule =
        "On track: at least 70% of the progress expected for now; off track: at most 30%.";
    assertThat(page("/key-results/win-rate")).contains("<p class=\"rule faint\">" + rule);
    assertThat(page("/"))
        .contains("title=\"On track: going on like this would end as good progress; off track");

    assertThat(statusAt("0.35")).isEqualTo(Status.ON_TRACK);
    assertThat(statusAt("0.349")).isEqualTo(Status.AT_RISK);
    assertThat(statusAt("0.151")).isEqualTo(Status.AT_RISK);
    assertThat(statusAt("0.15")).isEqualTo(Status.OFF_TRACK);
  }

  private static Status statusAt(String progress) {
    return Status.of(new BigDecimal(progress), new BigDecimal("0.5"), Freshness.FRESH);
  }

  @Test
  void draws_young_readings_alone_beside_the_whole_cycle() {
    assertThat(page("/key-results/win-rate")).doesNotContain("Since the first reading");
    site.move("incidents", "7", SampleSite.NOW.minusSeconds(90));
    site.move("incidents", "6", SampleSite.NOW.minusSeconds(30));

    assertThat(page("/key-results/incidents"))
        .contains("The cycle 2026-Q4", "Since the first reading", "14:05");
  }

  @Test
  void says_that_nothing_was_read_yet_and_how_to_begin() {
    assertThat(page("/key-results/incidents"))
        .contains("Nothing has been read yet", "href=\"/runs\"", "never read");
  }

  @Test
  void a_key_result_tells_what_is_the_matter_with_its_sources() {
    site =
        SampleSite.empty()
            .objective(
                "grow", "Grow", "sales", SampleSite.keyResult("deals", "Win 60", "0", "60", ""))
            .source("mail", "http", "every 1h", null, Freshness.FRESH, 3, null)
            .concern(new Concern(Concern.Kind.OVERDUE, "should have been asked for"))
            .source("crm", "http", "every 1h", null, Freshness.FRESH, 3, null)
            .concern(new Concern(Concern.Kind.READ_NOTHING, "its last 3 runs read nothing"));

    assertThat(words(page("/key-results/deals")))
        .contains("read nothing crm : its last 3 runs read nothing")
        .doesNotContain("overdue");
  }

  @Test
  void a_source_that_was_never_read_is_not_called_fresh() {
    site =
        SampleSite.empty().source("ops", "http", "every 1h", null, Freshness.NEVER_READ, 0, null);

    assertThat(page("/runs")).contains("never read</span>").doesNotContain("fresh</span>");
  }

  @Test
  void tells_when_a_source_is_compared_and_lets_a_person_ask_for_it_now() {
    assertThat(page("/runs")).doesNotContain("Next census", "id=\"census-");
    Instant soon = SampleSite.NOW.plusSeconds(3600);
    site.comparing(new SourceRow.Comparing(soon.plusSeconds(600_000), soon, true, true));

    assertThat(page("/runs")).contains("Next census", "Next reconcile", "id=\"census-");
  }

  @Test
  void tells_a_run_in_words() {
    assertThat(page("/runs/41"))
        .contains("132 read = 3 new + 5 changed + 124 unchanged + 0 rejected")
        .contains("the source says there are as many", "Its records are published")
        .contains("The next run is due in 14 min");
    assertThat(page("/runs/39"))
        .contains("it goes on from there", "slow down; continues at 2026-11-21T07:10:30Z");
    assertThat(page("/runs/40")).contains("set JIRA_TOKEN", "the values stay as they were");
    assertThat(page("/runs/36")).contains("It reads everything the source has");
  }

  /** The sample log tells when it was held. */
  @Test
  void what_a_run_waited_for_a_person_is_not_its_duration() {
    site.runs(SampleSite.run(60, "crm", Outcome.OK, "was held: it grew", 199, Counts.NONE, null));

    assertThat(words(page("/runs/60")))
        .contains("began 2026-11-21T07:02:11Z , held 2026-11-21T07:02:13Z (2.0 s)")
        .contains(", decided at 2026-11-21T07:02:13Z .");
    assertThat(words(page("/runs/41"))).contains(", ended 2026-11-21T").doesNotContain("decided");
    assertThat(page("/runs").split("id=\"run-60\"")[1].split("</tr>")[0])
        .contains("<td data-label=\"Took\" class=\"number\">–</td>");
  }

  @Test
  void names_the_key_results_that_a_run_moved_with_the_records_behind_them() {
    site.move("win-rate", "21.5", SampleSite.NOW);

    assertThat(page("/runs/41"))
        .containsSubsequence(
            "What it moved",
            "<a href=\"/key-results/win-rate\">Raise the win rate from 18% to 25%</a>",
            "22.7%",
            "21.5%",
            "Why?</a>",
            ">Records</a>");
    assertThat(page("/runs/38")).contains("No key result: no value changed by it");
    assertThat(page("/runs/40")).doesNotContain("What it moved");
  }

  @Test
  void leads_from_a_value_to_the_records_behind_it() {
    assertThat(page("/key-results/win-rate"))
        .containsPattern("<a href=\"/readings/[0-9]+\">The records behind this value</a>");
    assertThat(page("/key-results/incidents")).doesNotContain("The records behind");
  }

  @Test
  void tells_of_a_skipped_run_only_why_it_was_not_begun_and_what_happens_next() {
    assertThat(page("/runs/37"))
        .contains("run <a href=\"/runs/36\">36</a> of this source was still at work")
        .contains("not begun", "The values stay as they were", "The next run is due in 14 min")
        .doesNotContain("It reads", "counts balance", "What it counted", "ended");
    assertThat(page("/runs"))
        .contains("run <a href=\"/runs/36\">36</a> of this source was still at work");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run 36 of this source was still at work<script>",
        "run <b>36</b> of this source was still at work",
        "the source says: run 36 of this source was still at work"
      })
  void links_no_run_that_anything_but_that_one_reason_names(String reason) {
    site.runs(SampleSite.run(60, "crm", Outcome.SKIPPED, reason, 9, Counts.NONE, null));

    assertThat(page("/runs/60")).doesNotContain("/runs/36", "<script>", "<b>36");
  }

  @Test
  void shows_a_source_that_is_being_read_as_at_work() {
    assertThat(page("/runs").split("<article ")[2]).contains("id=\"source-mail\"", "at work");
    assertThat(page("/runs").split("<article ")[1]).doesNotContain("at work");
  }

  @Test
  void a_run_that_waits_for_its_source_is_not_called_at_work() {
    assertThat(page("/runs/42"))
        .contains("It waits, and continues at 2026-11-21T07:10:30Z: the source asked to slow down.")
        .doesNotContain("It is at work");
  }

  @Test
  void says_by_how_much_counts_do_not_balance() {
    site.runs(
        SampleSite.run(
            60, "crm", Outcome.FAILED, null, 9, new Counts(10, 3, 0, 0, 0, 0, null), null));

    assertThat(page("/runs/60"))
        .contains("The counts do not balance: read 10 items but accounted for 3.");
  }

  @Test
  void compares_no_counts_of_a_run_that_has_not_read_to_the_end() {
    for (String unfinished : List.of("/runs/42", "/runs/39")) {
      assertThat(page(unfinished))
          .contains(
              "<p id=\"balance\" class=\"\">Its counts are compared once it has read to the end.")
          .doesNotContain("The counts");
    }
  }

  @Test
  void lists_sources_with_what_they_wait_for_and_the_runs_of_one() {
    assertThat(page("/runs")).contains("continues at 14:10:30", "Sync now", "Syncing…", "12,840");
    assertThat(page("/runs?source=mail"))
        .contains("Runs of mail", "id=\"run-39\"")
        .doesNotContain("id=\"run-41\"");
  }

  @Test
  void lists_the_runs_of_one_outcome_and_marks_what_is_chosen() {
    assertThat(page("/runs?source=crm&outcome=SKIPPED"))
        .contains("Runs of crm: skipped", "id=\"run-37\"")
        .contains("href=\"/runs?source=crm&amp;outcome=SKIPPED#runs\" aria-current=\"true\"")
        .contains("href=\"/runs?source=mail&amp;outcome=SKIPPED#runs\">mail")
        .contains("href=\"/runs?source=crm#runs\">all")
        .doesNotContain("id=\"run-36\"", "data-still", "Older runs");
    assertThat(page("/runs?source=mail&outcome=HELD")).contains("There is no such run.");
  }

  @Test
  void leads_through_all_runs_once_and_back_to_the_newest() {
    site = SampleSite.empty();
    for (int id = 1; id <= 130; id++) {
      site.runs(SampleSite.run(id, "old", Outcome.FAILED, null, 5, Counts.NONE, null));
    }
    List<String> seen = new ArrayList<>();
    String next = "/runs?source=old&outcome=FAILED";
    while (next != null) {
      String page = page(next);
      found("id=\"run-(\\d+)\"", page).forEach(seen::add);
      assertThat(page.contains("data-still")).isEqualTo(next.contains("before"));
      assertThat(page.contains("Newest runs</a>")).isEqualTo(next.contains("before"));
      next =
          found("href=\"([^\"#]+)#runs\">Older runs", page).stream()
              .findFirst()
              .map(it -> it.replace("&amp;", "&"))
              .orElse(null);
    }

    assertThat(seen)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 130).mapToObj(n -> String.valueOf(131 - n)).toList());
  }

  private static List<String> found(String pattern, String page) {
    return Pattern.compile(pattern).matcher(page).results().map(it -> it.group(1)).toList();
  }

  @Test
  void shows_older_runs_without_what_changes() {
    assertThat(page("/runs?before=38"))
        .contains("<h1>Runs before 38</h1>", "does not update by itself", "href=\"/runs#runs\"")
        .contains("id=\"run-37\"", "id=\"run-35\"")
        .doesNotContain("id=\"run-38\"", "Sync now", "No sources yet");
    assertThat(page("/runs?before=35")).contains("There is no such run before run 35.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "outcome=BROKEN | 400 | outcome must be one of RUNNING, OK, OK_EMPTY",
        "before=x | 400 | before must be the number of a run",
        "source=cmr | 404 | did you mean 'crm'?",
      })
  void says_which_runs_could_be_listed(String query, int status, String text) {
    var answer = visitor().get("/runs?" + query);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(text);
  }

  @Test
  void lists_what_a_run_found_and_on_its_key_result_what_counts_no_more() {
    Instant noticed = SampleSite.NOW.minusSeconds(60);
    Instant changed = noticed.minus(Duration.ofHours(5));
    site.found(
        new Difference(
            41,
            RunKind.RECONCILE,
            "crm",
            "18",
            null,
            What.ADDED,
            true,
            true,
            changed,
            null,
            noticed),
        new Difference(
            41,
            RunKind.RECONCILE,
            "crm",
            "17",
            "Kopi Senja",
            What.REMOVED,
            false,
            true,
            null,
            changed,
            noticed));

    assertThat(page("/runs/41"))
        .contains("What it found", "18 was missing: it changed at", "noticed 5h later");
    assertThat(page("/key-results/win-rate"))
        .contains(
            "Records that count no more",
            "17 (Kopi Senja) is gone",
            "by <a href=\"/runs/41\">run 41</a>")
        .doesNotContain("18 was missing");
    assertThat(page("/runs/40")).doesNotContain("What it found");
  }

  @Test
  void goes_on_to_the_run_that_a_form_began_or_found() {
    site.trigger((source, asked, by) -> new Started(77));
    var began = visitor().post("/sources/crm/runs");
    assertThat(began.statusCode()).isEqualTo(303);
    assertThat(began.headers().firstValue("Location")).hasValue("/runs/77");

    site.trigger((source, asked, by) -> new AlreadyRunning(42));
    assertThat(visitor().post("/sources/mail/runs").headers().firstValue("Location"))
        .hasValue("/runs/42");
  }

  @Test
  void says_which_source_was_probably_meant() {
    site.trigger((source, asked, by) -> new UnknownSource("crm"));

    var answer = visitor().post("/sources/cmr/runs");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("did you mean 'crm'?");
  }

  @Test
  void asks_for_a_decision_about_a_held_run_and_says_what_each_does() {
    assertThat(page("/runs/35"))
        .contains("held", "it would remove 412 of 1200 records", "until you decide")
        .contains("they count all the same, since this run is not published")
        .contains("formaction=\"/runs/35/release\"", "formaction=\"/runs/35/discard\"", "required");
    assertThat(page("/runs/41")).doesNotContain("formaction");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "run 35 of 'crm' is held: 412 of 1200 would go; release or discard it | Not updated: run",
        "'crm' was last read at 21 Nov 2026 01:00:00 UTC; run 35 since then: failed | 01:00:00 UTC;"
            + " run",
        "incomplete: 2 of 9 items of 'crm' could not be read; see run 35 | Incomplete: 2 of 9",
      })
  void a_key_result_leads_to_the_run_that_says_why_it_is_not_updated(String reason, String told) {
    site.age("deals-won", Freshness.FRESH, SampleSite.NOW, reason);

    for (String page : List.of(page("/"), page("/key-results/deals-won"))) {
      assertThat(page).contains("run <a href=\"/runs/35\">35</a>");
      assertThat(words(page)).contains(told);
    }
  }

  @Test
  void the_decision_about_a_held_run_stands_below_why_it_is_held_and_above_all_lists() {
    Instant noticed = SampleSite.NOW.minusSeconds(60);
    site.found(
        new Difference(
            35, RunKind.SYNC, "crm", "17", null, What.REMOVED, false, true, null, null, noticed));

    assertThat(words(page("/runs/35")))
        .containsSubsequence(
            "it would remove 412 of 1200 records",
            "until you decide",
            "Who decides?",
            "Release: publish it",
            "began",
            "What it counted",
            "What it found")
        .containsOnlyOnce("until you decide")
        .doesNotContain("What happens next");
    assertThat(words(page("/runs/41"))).containsSubsequence("What it counted", "What happens next");
  }

  @Test
  void says_of_a_held_run_what_follows_where_it_is_discarded() {
    site.runs(SampleSite.pushed(60, Outcome.HELD, "too many"));

    assertThat(words(page("/runs/35")))
        .contains("discarding it undoes it, and the next run reads again.");
    assertThat(words(page("/runs/60")))
        .contains("discarding it undoes it, and what was sent counts when it is sent again.");
  }

  @Test
  void passes_a_decision_on_with_its_reason_and_shows_the_run() {
    Decisions decisions = new Decisions(site.run(41).orElseThrow());
    site.held(decisions);

    var answer = visitor().form("/runs/35/release", "by=Ani&reason=checked+with+sales");

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location")).hasValue("/runs/35");
    assertThat(decisions.made).containsExactly("release 35 by Ani: checked with sales");
  }

  @Test
  void a_held_run_that_cannot_be_released_any_more_is_only_offered_to_be_discarded() {
    Decisions decisions = new Decisions(site.run(41).orElseThrow());
    decisions.refuses = "Source 'crm' is not configured any more; discard it";
    site.held(decisions);

    String page = page("/runs/35");

    assertThat(words(page))
        .contains("Source 'crm' is not configured any more; discard it.", "Discard: undo it")
        .doesNotContain("Release: publish it", "releasing it publishes");
  }

  @Test
  void says_of_a_push_that_broke_off_what_makes_it_go_on() {
    site.runs(SampleSite.pushed(60, Outcome.PARTIAL, "the process stopped"));

    assertThat(words(page("/runs/60")))
        .contains("It goes on when the same is sent again")
        .doesNotContain("by itself");
  }

  @Test
  void who_decides_too_late_learns_what_was_decided_and_by_whom() {
    String reason = "was held: it grew; released by Ani: checked";
    SyncRun run = SampleSite.run(60, "crm", Outcome.OK, reason, 9, Counts.NONE, null);
    site.runs(run).held(Decisions.tooLate(run));

    var answer = visitor().form("/runs/60/discard", "by=Bo&reason=too+much");

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(words(answer.body()))
        .contains("It is decided already. Run 60 was held: it grew; released by Ani: checked.");
  }

  @Test
  void does_nothing_without_a_name_and_a_reason_or_for_a_page_of_another_site() {
    Decisions decisions = new Decisions(site.run(41).orElseThrow());
    site.held(decisions);

    assertThat(visitor().form("/runs/35/discard", "by=Ani&reason=++").body())
        .contains("Nothing was done", "reason must say in a few words why");
    assertThat(visitor().form("/runs/35/discard", "reason=x").body())
        .contains("Nothing was done", "by must say who decides");
    var foreign =
        visitor().form("/runs/35/discard", "by=Ani&reason=x", "Origin", "https://evil.example");

    assertThat(foreign.statusCode()).isEqualTo(403);
    assertThat(decisions.made).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/runs/9999", "/runs/x", "/key-results/nope"})
  void has_a_page_for_what_is_not_there(String path) {
    var answer = visitor().get(path);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("Not found", "href=\"/\"");
  }

  @Test
  void shows_names_as_text_and_never_as_markup() {
    String canary = "\"><script>alert(1)</script><img src=x onerror=alert(2)>";
    site = SampleSite.empty();
    site.objective("o", canary, canary, SampleSite.keyResult("k/\"<&", canary, "0", "1", canary));
    site.move("k/\"<&", "1", SampleSite.NOW);
    site.banner(canary).problems(canary);
    site.runs(SampleSite.run(1, canary, Outcome.FAILED, canary, 5, Counts.NONE, null));
    site.source(
        canary,
        canary,
        canary,
        null,
        Freshness.FRESH,
        0,
        new SourceRow.Wait(SampleSite.NOW.plusSeconds(60), canary, false));

    for (String path : new String[] {"/", "/key-results/k%2F%22%3C%26", "/runs", "/runs/1"}) {
      assertThat(page(path)).contains("&lt;script&gt;").doesNotContain("<script>", "<img");
    }
  }

  @Test
  void notes_a_check_in_from_the_form_and_says_where_it_disagrees() {
    var answer =
        visitor()
            .send(
                "/key-results/deals-won/check-ins",
                "application/x-www-form-urlencoded",
                "by=Ani&confidence=4&wins=Two+%3Cb%3Efairs&blockers=");

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location"))
        .hasValue("/key-results/deals-won#check-ins");
    assertThat(page("/key-results/deals-won"))
        .contains("confidence 4 of 5", "Two &lt;b&gt;fairs", "the computed status is at risk.")
        .contains("Ani is more sure than the numbers");
    assertThat(page("/")).contains("confidence 4 of 5", "Ani is more sure than the numbers");
  }

  @Test
  void says_why_a_check_in_was_not_noted() {
    var answer =
        visitor()
            .send(
                "/key-results/deals-won/check-ins",
                "application/x-www-form-urlencoded",
                "by=&confidence=4");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Nothing was noted: by must say who checks in.");
    assertThat(page("/key-results/deals-won")).contains("Nobody has checked in yet.");
  }
}
