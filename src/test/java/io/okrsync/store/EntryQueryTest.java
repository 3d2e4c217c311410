package io.okrsync.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.audit.EntryFilter;
import io.okrsync.connector.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * However long the log is, a page of it reads about as many rows as it shows. {@code
 * -Dokrsync.entries=1000000} makes it long and says how long each page takes, with {@code
 * -Dokrsync.database=postgresql} there.
 */
class EntryQueryTest {
  private static final int ENTRIES = Integer.getInteger("okrsync.entries", 30_000);
  private static final boolean POSTGRES =
      "postgresql".equals(System.getProperty("okrsync.database"));
  private static final int SHOWN = 100;
  private static final Instant BEGUN = Instant.parse("2026-01-01T00:00:00Z");

  @SuppressWarnings("NullAway.Init")
  private static Database database;

  private static @Nullable EmbeddedPostgres server;

  /** One a minute: mostly the schedule, and a person once in a thousand. */
  @BeforeAll
  static void a_long_log(@TempDir Path folder) throws IOException {
    server = POSTGRES ? EmbeddedPostgres.builder().start() : null;
    database =
        Opening.open(
            server == null
                ? StoreSettings.inFolder(folder)
                : StoreSettings.at(
                    server.getJdbcUrl("postgres", "postgres").split("\\?")[0],
                    "postgres",
                    new Secret("postgres")));
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
                    'kr ' || mod(x, 300), 'from 1 to 2', 'h', 'h'
                  from %s
                  """
                      .formatted(
                          (POSTGRES ? "generate_series(1, %d) x" : "system_range(1, %d)")
                              .formatted(ENTRIES)));
          work.sql().update("analyze");
        });
  }

  @AfterAll
  static void close() throws IOException {
    database.close();
    if (server != null) {
      server.close();
    }
  }

  @Test
  void each_filter_reads_from_an_index_what_it_shows() {
    Instant middle = BEGUN.plusSeconds(60L * ENTRIES / 2);
    assertReadsLittle(EntryFilter.ALL);
    assertReadsLittle(EntryFilter.ALL.olderThan(ENTRIES / 2));
    assertReadsLittle(EntryFilter.ofSubject("kr 17"));
    assertReadsLittle(EntryFilter.ofSubject("kr 17").olderThan(ENTRIES / 2));
    assertReadsLittle(new EntryFilter("Ani", null, null, null, null, null, null));
    assertReadsLittle(new EntryFilter("schedule", null, null, null, null, null, 15_000L));
    assertReadsLittle(new EntryFilter(null, "run.published", null, null, null, null, 15_000L));
    assertReadsLittle(new EntryFilter("Ani", "run.published", null, null, null, null, null));
    assertReadsLittle(new EntryFilter("Ani", "run.held", null, null, null, null, null));
    assertReadsLittle(new EntryFilter("nobody", null, null, null, null, null, null));
    assertReadsLittle(new EntryFilter(null, null, null, null, null, middle, null));
    assertReadsLittle(
        new EntryFilter(null, null, null, null, middle, middle.plusSeconds(600), null));
  }

  private static void assertReadsLittle(EntryFilter filter) {
    if (ENTRIES > 30_000) {
      say(filter);
    }
    if (!POSTGRES) {
      assertScansLittle(filter);
    }
  }

  /** The best of some, as a page is asked for again and again. */
  private static void say(EntryFilter filter) {
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

  private static void assertScansLittle(EntryFilter filter) {
    List<String> plan = new ArrayList<>();
    database.run(
        work -> {
          EntryQuery.Question question =
              new EntryQuery(work.sql(), filter).question(SHOWN).orElseThrow();
          plan.addAll(
              work.sql()
                  .list(
                      "explain analyze " + question.select(),
                      row -> row.getString(1),
                      question.values().toArray()));
        });
    Matcher scanned = Pattern.compile("scanCount: (\\d+)").matcher(String.join("\n", plan));
    assertThat(scanned.find()).as("%s", plan).isTrue();
    assertThat(Integer.parseInt(scanned.group(1))).as("%s: %s", filter, plan).isLessThan(3 * SHOWN);
  }
}
