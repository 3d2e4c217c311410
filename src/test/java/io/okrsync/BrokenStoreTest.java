package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.okrsync.Postgres.OwnDatabase;
import io.okrsync.config.ConfigurationFolder;
import io.okrsync.connector.Hurried;
import io.okrsync.faults.Dialect;
import io.okrsync.faults.Fault;
import io.okrsync.faults.Scenario;
import io.okrsync.faults.Simulator;
import io.okrsync.store.StoreSettings;
import io.okrsync.store.StoreUnavailable;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The database fails in the middle of a run: nothing is lost, and the run goes on. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BrokenStoreTest {
  /** The second page is asked for while the first is stored, the third only after that. */
  private static final int SURELY_STORED = 3;

  private static final int CHANGES_THAT_NEED_ROOM = 3000;

  private static final int SIGTERM = 143;
  private static final String WELL = "(?s).*\"id\":[2-9],.*\"outcome\":\"OK\".*";

  @TempDir Path folder;
  private final List<Child> children = new ArrayList<>();
  private final Simulator simulator = new Simulator();
  private final Scenario scenario =
      new Scenario(Dialect.PIPEDRIVE, Fault.NOTHING, 1, Clock.tickMillis(ZoneOffset.UTC));
  private Workspace workspace = new Workspace(Path.of("target"));

  @BeforeEach
  void workspace() {
    simulator.add(scenario);
    workspace = FaultyTools.workspace(folder, simulator, List.of(scenario));
  }

  @AfterEach
  void close() {
    children.forEach(Child::kill); // one that a failed test did not wait for
    simulator.close();
  }

  @Test
  void a_full_disk_loses_nothing() throws IOException {
    Child first = sync("");
    assertThat(first.await()).as(first.said()).isZero();
    scenario.work(CHANGES_THAT_NEED_ROOM);
    long blocks = Files.size(file()) / 512 + 64;

    Child full = sync("ulimit -f " + blocks + ";");

    assertThat(full.await()).as(full.said()).isEqualTo(Main.FAILED);
    assertThat(full.said()).contains("see whether its disk is full").doesNotContain("\tat ");
    Child room = sync("");
    assertThat(room.await()).as(room.said()).isZero();
    Child again = sync("");
    assertThat(again.await()).as(again.said()).isZero();
    Ledger.check(StoreSettings.inFolder(workspace.data()), scenario, full.said() + room.said());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_disk_with_little_room_takes_no_records_but_the_reason_why_a_run_broke_off()
      throws Exception {
    Path disk = Files.createDirectories(workspace.data());
    assumeThat(command("mount", "-t", "tmpfs", "-o", "size=80m", "none", disk.toString()))
        .as("a disk of its own, which only root may mount")
        .isZero();
    try {
      StoreSettings settings = StoreSettings.inFolder(disk);
      try (Service service = open(settings)) {
        assertThat(service.runs().run(scenario.name(), Trigger.MANUAL).outcome())
            .isEqualTo(Outcome.OK);
        scenario.work(12);
        Path other = Files.write(disk.resolve("other"), new byte[30 << 20]);

        assertThatThrownBy(() -> service.runs().run(scenario.name(), Trigger.MANUAL))
            .isInstanceOf(StoreUnavailable.class)
            .hasMessageMatching(
                "The disk of .* has 4\\d MB left, too little to store records: make room, .*");

        assertThat(service.store().problem()).get().asString().contains("MB left");
        SyncRun brokeOff = service.store().runs(scenario.name(), 1).get(0);
        assertThat(brokeOff.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(brokeOff.reason()).contains("broke off: The disk of", "make room");

        Files.delete(other);
        assertThat(service.store().problem()).isEmpty();
        assertThat(service.runs().run(scenario.name(), Trigger.MANUAL).outcome())
            .isEqualTo(Outcome.OK);
      }
      Ledger.check(settings, scenario, "the disk had little room");
    } finally {
      assertThat(command("umount", disk.toString())).isZero();
    }
  }

  /** In one process: H2 closes its file when it cannot write to it. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void a_service_goes_on_when_a_full_disk_has_room_again() throws Exception {
    Child first = sync("");
    assertThat(first.await()).as(first.said()).isZero();
    scenario.work(CHANGES_THAT_NEED_ROOM);
    long blocks = Files.size(file()) / 512 + 64;
    CompletableFuture<String> address = new CompletableFuture<>();
    Child service = serve("ulimit -S -f " + blocks + ";", address);
    String url = address.get(1, TimeUnit.MINUTES);
    String runs = url + "api/v1/sources/" + scenario.name() + "/runs";

    post(runs);
    await(service, () -> get(url + "health").statusCode() == 503);

    assertThat(get(url + "health").body())
        .as(service.said())
        .contains("see whether its disk is full", "goes on from there with the next one");
    assertThat(get(url).body()).contains("see whether its disk is full");
    assertThat(get(url + "metrics").body()).contains("okrsync_store_up 0.0");
    assertThat(get(url + "health/live").statusCode()).isEqualTo(200);

    raiseLimit(service);
    await(service, () -> get(url + "health").statusCode() == 200);
    post(runs);
    await(service, () -> get(url + "api/v1/runs?limit=1").body().matches(WELL));
    assertThat(get(url).body()).doesNotContain("see whether its disk is full");
    service.stop();
    assertThat(service.await()).as(service.said()).isEqualTo(SIGTERM);
    assertThat(service.said()).doesNotContain("\tat ");
    Ledger.check(StoreSettings.inFolder(workspace.data()), scenario, service.said());
  }

  @Test
  void a_connection_that_is_lost_between_two_pages_loses_nothing() {
    OwnDatabase database = Postgres.emptyDatabase();
    try (Service service = open(database)) {
      assertThat(service.runs().run(scenario.name(), Trigger.MANUAL).outcome())
          .isEqualTo(Outcome.OK);
      int brokenOff = 0;
      for (int lostAt = 1; lostAt <= 3; lostAt++) {
        scenario.work(12);
        cutOffAtRequest(lostAt, database);
        brokenOff += runsThatBreakOff(service);
      }
      assertThat(brokenOff).as("runs that broke off").isPositive();
    }
    Ledger.check(database.settings(), scenario, "connections were cut off at requests 1 to 3");
  }

  @Test
  void a_database_that_takes_no_changes_any_more_says_so_and_loses_nothing() {
    OwnDatabase database = Postgres.emptyDatabase();
    try (Service service = open(database)) {
      assertThat(service.runs().run(scenario.name(), Trigger.MANUAL).outcome())
          .isEqualTo(Outcome.OK);
      assertThat(service.store().problem()).isEmpty();
      scenario.work(12);
      database.takesChanges(false);
      assertThatThrownBy(() -> service.runs().run(scenario.name(), Trigger.MANUAL))
          .isInstanceOf(StoreUnavailable.class); // it may find its connection cut off

      assertThatThrownBy(() -> service.runs().run(scenario.name(), Trigger.MANUAL))
          .isInstanceOf(StoreUnavailable.class)
          .hasMessageContaining("read-only")
          .hasMessageContaining("let it take changes again");

      assertThat(service.store().problem()).get().asString().contains("read-only", database.url());
      assertThat(service.store().runs(scenario.name(), 1)).hasSize(1);

      database.takesChanges(true);
      runsThatBreakOff(service);
      assertThat(service.store().problem()).isEmpty();
    }
    Ledger.check(database.settings(), scenario, "it took no changes for a while");
  }

  @Test
  void a_server_that_takes_no_changes_when_it_is_opened_is_told_from_one_that_broke() {
    OwnDatabase database = Postgres.emptyDatabase();
    database.takesChanges(false);

    assertThatThrownBy(() -> open(database))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("takes no changes, as a standby does not")
        .hasMessageContaining("?targetServerType=primary");
  }

  /** For longer than it tries to connect in the long form, {@code -Dfaults=true}. */
  @Test
  void a_server_that_goes_away_in_the_middle_of_a_run_and_comes_back_loses_nothing()
      throws Exception {
    Duration away = Duration.ofSeconds(Boolean.getBoolean("faults") ? 15 : 1);
    try (Postgres.Server server = new Postgres.Server(folder.resolve("server"));
        Service service = open(server.database())) {
      assertThat(service.runs().run(scenario.name(), Trigger.MANUAL).outcome())
          .isEqualTo(Outcome.OK);
      scenario.work(12);
      CompletableFuture<Void> back = goesAwayAtRequest(SURELY_STORED, server, away);

      assertThatThrownBy(() -> service.runs().run(scenario.name(), Trigger.MANUAL))
          .isInstanceOf(StoreUnavailable.class)
          .hasMessageContaining(server.database().url())
          .hasMessageContaining("see whether it runs and can be reached")
          .hasMessageContaining("goes on from there with the next one");

      back.get(2, TimeUnit.MINUTES);
      SyncRun brokeOff = service.store().runs(scenario.name(), 1).get(0);
      assertThat(brokeOff.outcome()).isIn(Outcome.PARTIAL, Outcome.RUNNING);
      runsThatBreakOff(service);
      assertThat(service.store().run(brokeOff.id()))
          .get()
          .extracting(SyncRun::outcome)
          .isEqualTo(Outcome.OK);
      Ledger.check(server.database().settings(), scenario, "the server was away");
    }
  }

  private CompletableFuture<Void> goesAwayAtRequest(
      int wanted, Postgres.Server server, Duration away) {
    AtomicInteger requests = new AtomicInteger();
    CompletableFuture<Void> back = new CompletableFuture<>();
    simulator.onRequest(
        path -> {
          if (requests.incrementAndGet() == wanted) {
            server.stop();
            CompletableFuture.delayedExecutor(away.toMillis(), TimeUnit.MILLISECONDS)
                .execute(
                    () -> {
                      server.start();
                      back.complete(null);
                    });
          }
        });
    return back;
  }

  private void cutOffAtRequest(int wanted, OwnDatabase database) {
    AtomicInteger requests = new AtomicInteger();
    simulator.onRequest(
        path -> {
          if (requests.incrementAndGet() == wanted) {
            database.cutOff();
          }
        });
  }

  /** How many break off until two end well: each connection that was lost is found by one. */
  private int runsThatBreakOff(Service service) {
    int brokenOff = 0;
    int well = 0;
    while (well < 2) {
      try {
        SyncRun run = service.runs().run(scenario.name(), Trigger.MANUAL);
        assertThat(run.outcome()).as(run.inWords()).matches(Outcome::isWell);
        well++;
      } catch (RuntimeException brokeOff) {
        assertThat(++brokenOff).as("runs in a row: " + brokeOff).isLessThan(30);
      }
    }
    return brokenOff;
  }

  private Service open(OwnDatabase database) {
    return open(database.settings());
  }

  private Service open(StoreSettings database) {
    return Service.open(
        Hurried.connectors(Path.of("routes"), Clock.systemUTC(), waited -> {}),
        new ConfigurationFolder(workspace.config(), name -> null),
        database,
        Clock.systemUTC(),
        run -> {},
        run -> {});
  }

  private Path file() {
    return workspace.data().resolve("okr-sync.mv.db");
  }

  private static HttpResponse<String> get(String url) {
    return answer(HttpRequest.newBuilder(URI.create(url)).build());
  }

  private static void post(String url) {
    answer(HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.noBody()).build());
  }

  private static HttpResponse<String> answer(HttpRequest request) {
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(Child of, BooleanSupplier wanted) throws InterruptedException {
    Instant patience = Instant.now().plus(Duration.ofMinutes(1));
    while (!wanted.getAsBoolean()) {
      assertThat(Instant.now()).as(of.said()).isBefore(patience);
      Thread.sleep(100);
    }
  }

  private static void raiseLimit(Child of) throws Exception {
    assertThat(command("prlimit", "--pid", "" + of.pid(), "--fsize=unlimited:unlimited")).isZero();
  }

  private static int command(String... words) throws Exception {
    return new ProcessBuilder(words).inheritIO().start().waitFor();
  }

  private Child serve(String shell, CompletableFuture<String> address) {
    Pattern told = Pattern.compile("OKR Sync is at (\\S+)");
    return child(
        shell,
        line -> told.matcher(line).results().forEach(it -> address.complete(it.group(1))),
        "serve",
        "--port",
        "0");
  }

  private Child sync(String shell) {
    return child(shell, line -> {}, "sync");
  }

  private Child child(String shell, Consumer<String> onLine, String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--config", workspace.config().toString()));
    arguments.addAll(List.of("--routes", "routes", "--data", workspace.data().toString()));
    Child child = Child.start(shell, Map.of(), onLine, arguments.toArray(String[]::new));
    children.add(child);
    return child;
  }
}
