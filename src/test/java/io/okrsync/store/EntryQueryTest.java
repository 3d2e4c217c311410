package io.okrsync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.okrsync.audit.EntryFilter;
import io.okrsync.connector.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * However long the log is, a page of it reads about as many rows as it shows. {@code
 * -Dokrsync.entries=1000000} makes it long and says how long each page takes, with {@code
 * -Dokrsync.database=postgresql} there.
 */
class EntryQueryTest {
  private static final int STANDARD = 30_000;
  private static final int ENTRIES = Integer.getInteger("okrsync.entries", STANDARD);
  private static final boolean POSTGRES =
      "postgresql".equals(System.getProperty("okrsync.database"));
  private static final int SHOWN = 100;
  private static final Instant BEGUN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant MIDDLE = BEGUN.plusSeconds(60L * ENTRIES / 2);

  @Test
  void each_filter_reads_from_an_index_what_it_shows(@TempDir Path folder) {
    assumeFalse(POSTGRES);
    try (Database database = Opening.open(StoreSettings.inFolder(folder))) {
      fill(database, "system_range(1, %d)");
      filters().forEach(it -> assertReadsLittle(database, it, EntryQueryTest::scannedByH2));
    }
  }

  @Test
  void on_postgresql_each_filter_reads_from_an_index_too() throws IOException {
    assumeTrue(POSTGRES || ENTRIES == STANDARD);
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
        Database database =
            Opening.open(
                StoreSettings.at(
                    server.getJdbcUrl("postgres", "postgres").split("\\?")[0],
                    "postgres",
                    new Secret("postgres")))) {
      fill(database, "generate_series(1, %d) x");
      filters().forEach(it -> assertReadsLittle(database, it, EntryQueryTest::scannedByPostgres));
    }
  }

  /** One a minute: mostly the schedule, and a person once in a thousand. */
  private static void fill(Database database, String numbers) {
    database.run(
        work -> {
          work.sql()
              .update(
                  """
                  insert into audit_entry
                  select x,
                    timestamp with time zone '2026-01-01 00:00:00+00' + x * interval '1' minute,
                    case when mod(x, 1000) = 0 then 'Ani' else 'schedule' end,
                    case when mod(x, 50) = 0 then 'run.published' else 'key-result.moved' end,
                    case when mod(x, 50) = 0 then 'source ' || mod(x / 50, 7)
                      else 'kr ' || mod(x, 300) end,
                    'from 1 to 2', 'h', 'h'
                  from %s
                  """
                      .formatted(numbers.formatted(ENTRIES)));
          work.sql()
              .update(
                  """
                  insert into sync_run (id, source, kind, triggered_by, outcome, started_at,
                    finished_at, items_read, created, changed, unchanged, removed, rejected, seen,
                    seen_there, total_shrank, net_records, needs_authorisation)
                  values (7, 'crm', 'SYNC', 'SCHEDULE', 'OK', ?, ?, 0, 0, 0, 0, 0, 0, 0, 0, false, 0,
                    false)
                  """,
                  MIDDLE,
                  MIDDLE.plusSeconds(60));
          work.sql().update("analyze");
        });
  }

  private static List<EntryFilter> filters() {
    return List.of(
        EntryFilter.ALL,
        EntryFilter.ALL.olderThan(ENTRIES / 2),
        EntryFilter.ofKeyResult("kr 17"),
        EntryFilter.ofKeyResult("kr 17").olderThan(ENTRIES / 2),
        EntryFilter.ofSource("source 3"),
        EntryFilter.ofSource("source 3").olderThan(15_000L),
        new EntryFilter(null, "run.published", null, "source 3", null, null, null, null),
        new EntryFilter("Ani", null, null, null, null, null, null, null),
        new EntryFilter("schedule", null, null, null, null, null, null, 15_000L),
        new EntryFilter(null, "run.published", null, null, null, null, null, 15_000L),
        new EntryFilter("Ani", "run.published", null, null, null, null, null, null),
        new EntryFilter("Ani", "run.held", null, null, null, null, null, null),
        new EntryFilter("nobody", null, null, null, null, null, null, null),
        new EntryFilter(null, null, null, null, 7L, null, null, null),
        new EntryFilter(null, null, null, null, null, null, MIDDLE, null),
        new EntryFilter(null, null, null, null, null, MIDDLE, MIDDLE.plusSeconds(600), null));
  }

  private static void assertReadsLittle(
      Database database, EntryFilter filter, ToIntFunction<String> scanned) {
    if (ENTRIES > STANDARD) {
      say(database, filter);
    }
    String plan = plan(database, filter);
    assertThat(scanned.applyAsInt(plan)).as("%s: %s", filter, plan).isLessThan(3 * SHOWN);
  }

  private static String plan(Database database, EntryFilter filter) {
    return database.get(
        work -> {
          EntryQuery.Question question =
              new EntryQuery(work.sql(), filter).question(SHOWN).orElseThrow();
          List<String> plan =
              work.sql()
                  .list(
                      "explain analyze " + question.select(),
                      row -> row.getString(1),
                      question.values().toArray());
          return String.join("\n", plan);
        });
  }

  private static int scannedByH2(String plan) {
    Matcher scanned = Pattern.compile("scanCount: (\\d+)").matcher(plan);
    assertThat(scanned.find()).as(plan).isTrue();
    return Integer.parseInt(scanned.group(1));
  }

  /** The most rows that any step of the plan touched, those included that it threw away. */
  private static int scannedByPostgres(String plan) {
    assertThat(plan).contains("Index").doesNotContain("Seq Scan");
    return Pattern.compile("actual time=\\S+ rows=(\\d+)|Rows Removed by Filter: (\\d+)")
        .matcher(plan)
        .results()
        .map(it -> it.group(1) == null ? it.group(2) : it.group(1))
        .mapToInt(it -> new BigDecimal(it).intValue())
        .max()
        .orElseThrow();
  }

  /** The best of some, as a page is asked for again and again. */
  private static void say(Database database, EntryFilter filter) {
    long best = Long.MAX_VALUE;
    int rows = 0;
    for (int i = 0; i < 20; i++) {
      long begun = System.nanoTime();
      rows = database.<Integer>get(work -> new EntryQuery(work.sql(), filter).newest(SHOWN).size());
      best = Math.min(best, System.nanoTime() - begun);
    }
    System.out.printf(
        "%s, %d entries: %d rows in %.1f ms: %s%n",
        POSTGRES ? "PostgreSQL" : "H2", ENTRIES, rows, best / 1e6, filter);
  }
}
