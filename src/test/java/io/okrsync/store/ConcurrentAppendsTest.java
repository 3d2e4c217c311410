package io.okrsync.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.audit.ChainCheck;
import io.okrsync.connector.Secret;
import io.okrsync.okr.CheckIn;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several processes append to one log: it never forks. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ConcurrentAppendsTest {
  private static final int PROCESSES = 2;
  private static final int EACH = 150;

  @Test
  void processes_that_append_at_the_same_time_never_fork_the_chain() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
      String url = postgres.getJdbcUrl("postgres", "postgres").split("\\?")[0];
      try (Store store = Store.open(settings(url))) {
        List<Process> others = new ArrayList<>();
        for (int i = 1; i <= PROCESSES; i++) {
          others.add(process(url, "process " + i));
        }
        append(store, "this one");
        for (Process other : others) {
          assertThat(other.waitFor())
              .as(new String(other.getErrorStream().readAllBytes()))
              .isZero();
        }
        assertOneChain(store.evidence());
      }
    }
  }

  private static void assertOneChain(Evidence evidence) {
    ChainCheck check = new ChainCheck();
    List<String> actors = new ArrayList<>();
    evidence.entries(
        Long.MAX_VALUE,
        entry -> {
          check.next(entry);
          actors.add(entry.entry().actor());
        });
    assertThat(check.findings()).isEmpty();
    assertThat(check.sequence()).isEqualTo((PROCESSES + 1) * EACH);
    assertThat(evidence.head()).contains(new AuditHead(check.sequence(), check.hash()));
    assertThat(actors).filteredOn("process 1"::equals).hasSize(EACH);
    assertThat(actors).filteredOn("this one"::equals).hasSize(EACH);
  }

  private static Process process(String url, String name) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            ConcurrentAppendsTest.class.getName(),
            url,
            name)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** What the other processes do. */
  public static void main(String[] arguments) {
    try (Store store = Store.open(settings(arguments[0]))) {
      append(store, arguments[1]);
    }
  }

  private static void append(Store store, String who) {
    for (int i = 0; i < EACH; i++) {
      store.checkIn(new CheckIn("revenue", Instant.now(), who, 4, "number " + i, ""));
    }
  }

  private static StoreSettings settings(String url) {
    return StoreSettings.at(url, "postgres", new Secret("postgres"));
  }
}
