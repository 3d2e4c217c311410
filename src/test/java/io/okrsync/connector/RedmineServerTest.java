package io.okrsync.connector;

import static io.okrsync.connector.Samples.BEGINNING;
import static io.okrsync.connector.SourceFailure.Remedy.REAUTHENTICATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The Redmine connector against a real Redmine, which {@code src/test/redmine/run} starts and
 * fills. It tells where in REDMINE_URL and REDMINE_KEY.
 */
@EnabledIfEnvironmentVariable(
    named = "REDMINE_URL",
    matches = "http.+",
    disabledReason = "needs a real Redmine: start one with src/test/redmine/run")
class RedmineServerTest {
  private final Connectors connectors = new Connectors(Path.of("routes"), Clock.systemUTC());

  @BeforeEach
  void start() {
    connectors.start();
  }

  @AfterEach
  void stop() {
    connectors.close();
  }

  @Test
  void reads_all_issues_open_and_closed() {
    List<Page> pages = pages(key(), BEGINNING);

    List<SourceRecord> records = records(pages);
    assertThat(pages).hasSizeGreaterThan(1).allMatch(page -> page.rejections().isEmpty());
    assertThat(records)
        .hasSize(fact("REDMINE_ISSUES"))
        .extracting(SourceRecord::id)
        .doesNotHaveDuplicates()
        .doesNotContain(String.valueOf(fact("REDMINE_DELETED_ISSUE")));
    assertThat(pages).allMatch(page -> Objects.equals(page.total(), (long) records.size()));
    assertThat(records)
        .filteredOn(record -> record.fields().path("category").asText().equals("done"))
        .hasSize(fact("REDMINE_CLOSED_ISSUES"));
  }

  @Test
  void a_reopened_issue_is_not_resolved() {
    String reopened = String.valueOf(fact("REDMINE_REOPENED_ISSUE"));

    assertThat(records(pages(key(), BEGINNING)))
        .filteredOn(record -> record.id().equals(reopened))
        .singleElement()
        .satisfies(record -> assertThat(record.fields().has("resolvedAt")).isFalse());
  }

  @Test
  void reads_all_of_what_changed_in_the_same_second_over_two_pages() {
    Instant since = Instant.parse(fact("REDMINE_BULK_EDITED_AT", ""));

    List<Page> pages = pages(key(), new ReadingPlace(since, null));

    assertThat(pages).hasSize(2);
    assertThat(records(pages))
        .extracting(SourceRecord::id)
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(fact("REDMINE_BULK_EDITED_ISSUES"));
    assertThat(records(pages))
        .filteredOn(record -> since.equals(record.updatedAt()))
        .hasSize(fact("REDMINE_BULK_EDITED_ISSUES"));
  }

  @Test
  void a_wrong_key_is_refused_and_not_a_shorter_list() {
    SourceFailure failure =
        catchThrowableOfType(
            SourceFailure.class, () -> pages(new Secret("no-such-key"), BEGINNING));

    assertThat(failure.remedy()).isEqualTo(REAUTHENTICATE);
    assertThat(failure).hasMessageContaining("/users/current.json");
  }

  private List<Page> pages(Secret key, ReadingPlace from) {
    List<Page> pages = new ArrayList<>();
    connectors.pages(source(key), from).forEach(pages::add);
    return pages;
  }

  private static List<SourceRecord> records(List<Page> pages) {
    return pages.stream().flatMap(page -> page.records().stream()).toList();
  }

  /** What the script counted in Redmine's database. */
  private static int fact(String name) {
    return Integer.parseInt(fact(name, "-1"));
  }

  private static String fact(String name, String otherwise) {
    return Objects.requireNonNullElse(System.getenv(name), otherwise);
  }

  private static Secret key() {
    return new Secret(fact("REDMINE_KEY", ""));
  }

  private static Source source(Secret key) {
    String url = fact("REDMINE_URL", "");
    Source sample = Samples.source("redmine-issues", RecordKind.ISSUE, Map.of("baseUrl", url));
    return new Source(
        sample.name(),
        sample.connector(),
        sample.kind(),
        sample.with(),
        Map.of("apiKey", key),
        sample.overlap(),
        sample.freshness(),
        sample.zone());
  }
}
