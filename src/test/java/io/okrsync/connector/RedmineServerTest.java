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

    List<SourceRecord> records = pages.stream().flatMap(page -> page.records().stream()).toList();
    assertThat(pages).allMatch(page -> page.rejections().isEmpty());
    assertThat(records).extracting(SourceRecord::id).doesNotHaveDuplicates().isNotEmpty();
    assertThat(pages.get(pages.size() - 1).total()).isEqualTo(records.size());
    assertThat(records)
        .extracting(record -> record.fields().path("category").asText())
        .contains("done")
        .containsAnyOf("todo", "doing");
  }

  @Test
  void reads_only_what_changed_since() {
    List<Instant> changes =
        pages(key(), BEGINNING).stream()
            .flatMap(page -> page.records().stream())
            .map(record -> Objects.requireNonNull(record.updatedAt()))
            .sorted()
            .toList();
    Instant since = changes.get(changes.size() / 2);

    List<Page> pages = pages(key(), new ReadingPlace(since, null));

    assertThat(pages.stream().flatMap(page -> page.records().stream()))
        .hasSize((int) changes.stream().filter(change -> !change.isBefore(since)).count());
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

  private static Secret key() {
    return new Secret(Objects.requireNonNull(System.getenv("REDMINE_KEY"), "set REDMINE_KEY"));
  }

  private static Source source(Secret key) {
    String url = Objects.requireNonNull(System.getenv("REDMINE_URL"), "set REDMINE_URL");
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
