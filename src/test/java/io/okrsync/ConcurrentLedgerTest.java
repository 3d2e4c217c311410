package io.okrsync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.connector.Connectors;
import io.okrsync.connector.Secret;
import io.okrsync.okr.CheckIn;
import io.okrsync.okr.Statement;
import io.okrsync.okr.Statement.Kind;
import io.okrsync.store.Evidence;
import io.okrsync.store.Store;
import io.okrsync.store.StoreSettings;
import io.okrsync.sync.Trigger;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * At the same time runs are published, people say and state things, and configurations are loaded,
 * all about the same key results: one chain, and each effect with its entry. Two processes may do
 * so on PostgreSQL; the file of H2 belongs to one, in which several threads do.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ConcurrentLedgerTest {
  private static final List<String> SOURCES = List.of("deals", "orders");
  private static final int ROUNDS = 9;
  private static final int CONFIGURATIONS = 3;

  @TempDir Path folder;

  @Test
  void two_processes_never_fork_the_chain_whatever_they_do() throws Exception {
    StoreSettings database = Postgres.emptyDatabase().settings();
    configure(folder, folder, SOURCES.get(0), 0);
    opened(database, folder).close(); // makes the tables
    List<Process> processes = new ArrayList<>();
    for (String source : SOURCES) {
      processes.add(process(database.toString(), folder, source));
    }
    for (Process process : processes) {
      String said = new String(process.getErrorStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
    }
    assertWhole(database);
  }

  @Test
  void two_threads_never_fork_the_chain_whatever_they_do() {
    StoreSettings database = StoreSettings.inFolder(folder.resolve("data"));
    configure(folder, folder, SOURCES.get(0), 0);
    try (Service service = opened(database, folder)) {
      SOURCES.stream()
          .map(source -> CompletableFuture.runAsync(() -> act(service, folder, folder, source)))
          .toList()
          .forEach(CompletableFuture::join);
    }
    assertWhole(database);
  }

  /** What each process does. */
  public static void main(String[] arguments) {
    Path shared = Path.of(arguments[1]);
    String source = arguments[2];
    Path own = shared.resolve(source);
    configure(own, shared, source, 0);
    StoreSettings database = StoreSettings.at(arguments[0], "postgres", new Secret("postgres"));
    try (Service service = opened(database, own)) {
      act(service, own, shared, source);
    }
  }

  private static void act(Service service, Path own, Path shared, String source) {
    StringBuilder rows = new StringBuilder("id,status,value,wonAt\n");
    for (int i = 1; i <= ROUNDS; i++) {
      rows.append("%d,won,%d.5,2026-11-02T03:00:00Z%n".formatted(i, i));
      write(file(shared, source), rows.toString());
      assertThat(service.runs().run(source, Trigger.MANUAL).outcome().isWell()).isTrue();
      service.store().checkIn(new CheckIn("total", service.now(), source, 3, "round " + i, ""));
      state(service, "total", Kind.OVERRIDE, source, i);
      state(service, "share", Kind.VALUE, source, i);
      if (i % (ROUNDS / CONFIGURATIONS) == 0) {
        configure(own, shared, source, i);
        service.reload();
      }
    }
  }

  private static void state(Service service, String keyResult, Kind kind, String by, int value) {
    Instant now = service.now();
    service
        .store()
        .state(
            new Statement(
                keyResult,
                kind,
                now,
                by,
                new BigDecimal(value),
                "round " + value,
                "",
                kind == Kind.VALUE ? null : now.plus(Duration.ofDays(1))),
            service.setup().version());
  }

  private static void assertWhole(StoreSettings database) {
    try (Store store = Store.open(database);
        Connectors connectors = new Connectors(Path.of("routes"), Clock.systemUTC())) {
      connectors.start();
      Evidence evidence = store.evidence();
      StoredSetups setups = new StoredSetups(evidence, connectors, name -> null);
      assertThat(new Verification(evidence, setups, List.of()).run().findings()).isEmpty();

      Map<String, Integer> told = new TreeMap<>();
      evidence.entries(Long.MAX_VALUE, it -> told.merge(it.entry().action(), 1, Integer::sum));
      int each = SOURCES.size() * ROUNDS;
      assertThat(told)
          .containsEntry("run.published", each)
          .containsEntry("key-result.checked-in", each)
          .containsEntry("key-result.stated", 2 * each);
      assertThat(told.get("configuration.loaded")).isGreaterThan(CONFIGURATIONS);
      assertThat(store.history("share", 2 * each)).hasSize(each);
      assertThat(store.history("total", 1))
          .singleElement()
          .satisfies(it -> assertThat(it.value()).isEqualByComparingTo("99"));
    }
  }

  private static Process process(String url, Path folder, String source) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            ConcurrentLedgerTest.class.getName(),
            url,
            folder.toString(),
            source)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static Service opened(StoreSettings database, Path folder) {
    Folders folders = new Folders();
    folders.config = folder.resolve("config");
    folders.data = folder.resolve("data");
    return Service.open(folders, database, name -> null, Main.clock(), run -> {}, run -> {});
  }

  /** The same measures in each, or a process would wait for those of the other to be built. */
  private static synchronized void configure(Path folder, Path shared, String by, int round) {
    Workspace workspace = new Workspace(folder);
    StringBuilder sources = new StringBuilder("sources:\n");
    StringBuilder measures = new StringBuilder("measures:\n");
    for (String source : SOURCES) {
      sources.append(
          "  %s: { connector: csv-records, with: { kind: deal, path: \"%s\" }, every: 15m }%n"
              .formatted(source, file(shared, source)));
      measures.append("  %s_value: { from: %1$s, at: wonAt, sum: value }%n".formatted(source));
    }
    workspace.write("config/sources.yaml", sources.toString());
    workspace.write("config/measures.yaml", measures.toString());
    workspace.write(
        "config/okrs/2026-q4.yaml",
        """
        cycle: { id: 2026-Q4, from: 2026-10-01, to: 2026-12-31, zone: Asia/Jakarta, tolerance: 500%% }
        objectives:
          - id: grow
            title: Grow as %s said in round %d
            owner: sales
            keyResults:
              - { id: total, title: Bring it to 1000, formula: deals_value + orders_value, baseline: 0, target: 1000 }
              - { id: share, title: Hold 20, typed: 14d, baseline: 10, target: 20 }
        """
            .formatted(by, round));
  }

  private static Path file(Path folder, String source) {
    return folder.resolve(source + ".csv");
  }

  /** Written long ago: a file that is being written is waited for. */
  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
      Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(0));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
