package io.okrsync.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.okrsync.okr.CheckIn;
import io.okrsync.okr.Freshness;
import io.okrsync.okr.Statement;
import io.okrsync.okr.Statement.Kind;
import io.okrsync.sync.Counts;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.SyncTrigger.Answer.Started;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages as a person meets them. */
class PagesInBrowserTest {
  private static InBrowser browser;

  private final SampleSite site = SampleSite.full();
  private final AtomicInteger asked = new AtomicInteger();
  private WebServer server;

  @BeforeAll
  static void startBrowser() {
    browser = InBrowser.start();
  }

  @AfterAll
  static void stopBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void start() {
    site.trigger((source, what, by) -> new Started(asked.addAndGet(41)));
    server = WebServer.start(new WebSettings(WebSettings.LOOPBACK, 0), site);
  }

  @AfterEach
  void stop() {
    browser.closePages();
    server.close();
    assertThat(browser.complaints()).as("what the browser complained about").isEmpty();
  }

  private Page open(String path, int width) {
    return browser.open(address(path), width);
  }

  private String address(String path) {
    return "http://localhost:" + server.port() + path;
  }

  @Test
  void the_value_is_the_largest_thing_on_a_card_and_its_status_is_a_word() {
    Locator card = open("/", 1280).locator("#kr-win-rate");

    assertThat(card.locator(".value")).hasText("22.7%");
    assertThat(card.locator("header .badge")).hasText("on track");
    assertThat(
            (double)
                card.evaluate(
                    "card => Math.max(...[...card.querySelectorAll('*')].filter(e =>"
                        + " !e.closest('.value')).map(e =>"
                        + " parseFloat(getComputedStyle(e).fontSize)))"))
        .isLessThan(
            (double)
                card.locator(".value").evaluate("v => parseFloat(getComputedStyle(v).fontSize)"));
  }

  @Test
  void an_auditor_goes_from_a_restatement_to_what_explains_it() {
    Page page = open("/audit", 360);
    Locator row = page.locator("#restatements tbody tr");
    assertThat(row.locator("b.reason")).hasText("A finding: more than its cycle tolerates.");
    assertThat((boolean) page.evaluate("document.body.scrollWidth <= innerWidth")).isTrue();

    row.locator("a", new Locator.LocatorOptions().setHasText("+25%")).click();

    assertThat(page.locator("#restated")).containsText("that stays its final value");
  }

  @Test
  void an_open_page_shows_a_new_value_by_itself_and_marks_it() {
    Page page = open("/", 1280);
    assertThat(page.locator("#live")).hasText("live");
    page.evaluate(
        "window.untouched = true; document.getElementById('kr-revenue').dataset.seen = 1");

    site.move("win-rate", "24.9", SampleSite.NOW);
    server.changed();

    assertThat(page.locator("#value-win-rate")).hasText("24.9%");
    assertThat(page.locator("#kr-win-rate .move")).containsText("+2.2");
    assertThat(page.evaluate("window.untouched")).isEqualTo(true);
    assertThat(page.evaluate("document.getElementById('value-win-rate').getAnimations().length"))
        .isEqualTo(1);
    assertThat(page.evaluate("document.getElementById('value-revenue').getAnimations().length"))
        .isEqualTo(0);
  }

  @Test
  void an_update_leaves_focus_and_scrolling_alone() {
    Page page = open("/", 360);
    assertThat(page.locator("#live")).hasText("live");
    page.locator("#kr-bugs-open a").focus();
    page.evaluate("scrollTo(0, 700)");

    site.banner("now with a banner");
    server.changed();

    assertThat(page.locator("#banner")).hasText("now with a banner");
    assertThat(page.evaluate("document.activeElement.closest('article').id"))
        .isEqualTo("kr-bugs-open");
    assertThat((Number) page.evaluate("scrollY")).extracting(Number::intValue).isNotEqualTo(0);
  }

  @Test
  void a_number_that_got_old_stops_looking_healthy_on_an_open_page() {
    Page page = open("/", 1280);
    assertThat(page.locator("#live")).hasText("live");

    site.age("win-rate", Freshness.OUTDATED, SampleSite.NOW.minusSeconds(40_000), null);
    server.changed();

    assertThat(page.locator("#kr-win-rate header .badge")).hasText("outdated");
    assertThat(page.locator("#kr-win-rate .fresh")).containsText("read 11 h ago");
  }

  @Test
  void times_on_an_open_page_age() {
    Page page = open("/", 1280);
    Locator read = page.locator("#kr-win-rate .fresh time").first();
    String atFirst = read.textContent();

    assertThat(read).not().hasText(atFirst);
    assertThat(read).hasText(Pattern.compile("\\d+ s ago"));
  }

  @Test
  void a_page_without_connection_says_so_and_recovers() {
    Page page = open("/", 1280);
    assertThat(page.locator("#live")).hasText("live");

    page.context().setOffline(true);
    page.evaluate("refresh()");
    assertThat(page.locator("#live")).hasText("no connection, as of 14:05:30");
    for (String each : new String[] {".card", ".tallies", ".score"}) {
      assertThat(page.locator(each).first()).hasCSS("filter", "grayscale(1)");
    }

    page.context().setOffline(false);
    site.move("win-rate", "25.5", SampleSite.NOW);
    page.evaluate("refresh()");
    assertThat(page.locator("#live")).hasText("live");
    assertThat(page.locator("#value-win-rate")).hasText("25.5%");
    browser.forget("ERR_INTERNET_DISCONNECTED");
  }

  @Test
  void only_the_newest_runs_update_by_themselves() {
    Page old = open("/runs?before=41", 360);
    Page newest = open("/runs", 360);
    assertThat(newest.locator("#live")).hasText("live");

    site.banner("something changed");
    server.changed();

    assertThat(newest.locator("#banner")).hasText("something changed");
    old.evaluate("refresh()");
    assertThat(old.locator("#banner")).hasCount(0);
    assertThat(old.locator("#live")).isHidden();
    old.locator(".more").click();
    assertThat(old.locator("#run-41")).isVisible();
    assertThat(old.locator("#live")).hasText("live");
  }

  @Test
  void sync_now_begins_a_run_and_stays_on_the_page() {
    Page page = open("/runs", 1280);
    page.evaluate("window.untouched = true");

    page.locator("#sync-crm").click();

    assertThat(page.locator("#sync-crm")).isEnabled();
    assertThat(asked).hasValue(41);
    assertThat(page.evaluate("window.untouched")).isEqualTo(true);
  }

  @Test
  void everything_works_without_scripts() {
    Page page = browser.open(address("/runs"), 1280, ColorScheme.LIGHT, false);

    page.locator("#sync-crm").click();

    assertThat(page.locator("h1")).hasText("Run 41 of crm");
    page.locator("nav a").first().click();
    page.locator("#kr-win-rate a").click();
    assertThat(page.locator("h1")).hasText("Raise the win rate from 18% to 25%");
    assertThat(page.locator("#live")).isHidden();
  }

  @Test
  void the_keyboard_goes_everywhere_and_shows_where_it_is() {
    Page page = open("/", 1280);
    page.keyboard().press("Tab");
    assertThat(page.locator(".skip")).isFocused();
    assertThat(page.locator(".skip")).isInViewport();

    for (int n = 0; n < 5; n++) { // the brand, three pages, the objective or key result
      page.keyboard().press("Tab");
    }

    assertThat(page.locator("#kr-win-rate a")).isFocused();
    assertThat(page.evaluate("getComputedStyle(document.activeElement, '::after').outlineStyle"))
        .isEqualTo("solid");
    page.keyboard().press("Enter");
    assertThat(page.locator("h1")).hasText("Raise the win rate from 18% to 25%");
  }

  @Test
  void markup_in_names_is_text() {
    String canary =
        "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">";
    site.objective("o", canary, canary, SampleSite.keyResult("k", canary, "0", "1", canary));
    site.move("k", "1", SampleSite.NOW);
    site.banner(canary).problems(canary);
    site.runs(SampleSite.run(61, canary, Outcome.FAILED, canary, 5, Counts.NONE, null));

    for (String path : new String[] {"/", "/key-results/k", "/runs", "/runs/61"}) {
      Page page = open(path, 1280);
      assertThat(page.locator("#banner")).hasText(canary);
      assertThat(page.locator("main script, main img")).hasCount(0);
      assertThat(page.title()).isNotEqualTo("run");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/runs, 1280, '#list tbody th, #list td:nth-child(2)'",
    "/key-results/win-rate, 360, '#history data, #inputs data'"
  })
  void names_and_numbers_in_tables_never_break(String path, int width, String cells) {
    site.move("win-rate", "21.7391304348", SampleSite.NOW)
        .source("newsletter", "c", "every 1h", null, Freshness.FRESH, 0, null)
        .runs(SampleSite.run(61234, "newsletter", Outcome.OK, null, 5, Counts.NONE, null));
    Page page = open(path, width);

    Object broken =
        page.evaluate(
            "cells => [...document.querySelectorAll(cells)].filter(cell => { const text ="
                + " document.createRange(); text.selectNodeContents(cell); return new"
                + " Set([...text.getClientRects()].map(each => each.top)).size > 1; }).length",
            cells);

    assertThat(page.locator(cells)).not().hasCount(0);
    assertThat(broken).isEqualTo(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/key-results/win-rate", "/runs", "/runs?before=40", "/runs/40", "/nothing"})
  void a_phone_never_scrolls_sideways(String path) {
    site.problems(
        "config/measures.yaml: measures.a_very_long_name_of_a_measure_without_any_break.where");
    Page page = open(path, 360);

    assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
    if (path.equals("/nothing")) {
      browser.forget("404");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 1200})
  void what_people_say_and_state_wraps_however_long_their_words_are(int width) {
    Instant now = SampleSite.NOW;
    String name = "A".repeat(200);
    String word = "w".repeat(300);
    String link = "https://example.org/" + word;
    site.checkIn(new CheckIn("win-rate", now, name, 4, word, word));
    site.state(new Statement("win-rate", Kind.LEARNING, now, name, null, word, link, null));

    Locator tables =
        open("/key-results/win-rate", width).locator("#check-ins .scroll, #statements .scroll");

    assertThat(tables).hasCount(2);
    for (Locator table : tables.all()) {
      assertThat(table.evaluate("it => it.scrollWidth - it.clientWidth"))
          .as(table.getAttribute("aria-label"))
          .isEqualTo(0);
    }
  }

  @ParameterizedTest
  @CsvSource({"/runs, 390", "/runs, 1200", "/runs/61, 390", "/runs/61, 1200"})
  void a_reason_wraps_however_long_the_id_of_a_record_is(String path, int width) {
    String reason = "record " + "4711".repeat(750) + " has an id of more than 500 characters";
    site.runs(SampleSite.run(61, "crm", Outcome.FAILED, reason, 5, Counts.NONE, null));
    Page page = open(path, width);

    assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
    assertThat(
            page.evaluate(
                "[...document.querySelectorAll('.scroll')].filter(it => it.scrollWidth >"
                    + " it.clientWidth).length"))
        .isEqualTo(0);
  }
}
