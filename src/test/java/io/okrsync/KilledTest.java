package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.faults.Dialect;
import io.okrsync.faults.Fault;
import io.okrsync.faults.Scenario;
import io.okrsync.faults.Simulator;
import io.okrsync.store.StoreSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service as a process of its own, killed with SIGKILL at a request, some time after one, and
 * when it has said how the run ended, in each kind of run; the long form, {@code -Dfaults=true},
 * kills 200 times on each database. After each few kills a run may end, and then all is as if
 * nobody had been killed.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class KilledTest {
  private static final int KILLS =
      Integer.getInteger("faults.kills", Boolean.getBoolean("faults") ? 200 : 3);
  private static final int KILLS_IN_A_ROW = 4;

  /** What the system says of a process that was killed: 128 and the signal. */
  private static final int KILLED = 137;

  private static final List<String> COMMANDS = List.of("sync", "reconcile", "backfill", "census");
  private static final long SEED = Long.getLong("faults.seed", 1);

  @TempDir Path folder;
  private final Random random = new Random(SEED);
  private final Simulator simulator = new Simulator();
  private final List<String> killed = new ArrayList<>();

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void at_any_instant_nothing_is_lost_or_counted_twice_on_h2() {
    killed(
        StoreSettings.inFolder(folder.resolve("data")),
        List.of("--data", folder.resolve("data").toString()),
        Map.of());
  }

  @Test
  void at_any_instant_nothing_is_lost_or_counted_twice_on_postgresql() {
    Postgres.OwnDatabase database = Postgres.emptyDatabase();
    killed(database.settings(), database.arguments(), database.environment());
  }

  @Test
  void between_renewing_a_token_and_using_it_the_token_is_not_lost_nor_told() throws IOException {
    Scenario scenario =
        new Scenario(
            Dialect.OFFSET, Fault.ACCESS_TOKEN_EXPIRES, SEED, Clock.tickMillis(ZoneOffset.UTC));
    simulator.add(scenario);
    Workspace workspace = FaultyTools.workspace(folder, simulator, List.of(scenario));
    String[] all = {
      "sync",
      "--config",
      workspace.config().toString(),
      "--routes",
      "routes",
      "--data",
      workspace.data().toString()
    };
    Child[] child = new Child[1];
    simulator.onRequest(
        path -> {
          if (!path.endsWith("/token")) {
            killWhenKnown(child);
          }
        });
    synchronized (child) {
      child[0] = Child.start("", Map.of(), line -> {}, all);
    }
    assertThat(child[0].await()).isNotZero();
    simulator.onRequest(path -> {});

    Child next = Child.start("", Map.of(), line -> {}, all);

    assertThat(next.await()).as(next.said()).isZero();
    assertThat(scenario.tokensGiven()).as("access tokens given").isOne();
    String stored =
        Files.readString(workspace.data().resolve("okr-sync.mv.db"), StandardCharsets.ISO_8859_1);
    assertThat(stored).contains("SOURCE_TOKEN").doesNotContain("access-1", "refresh-1");
  }

  private void killed(StoreSettings database, List<String> where, Map<String, String> environment) {
    Scenario scenario =
        new Scenario(Dialect.JIRA, Fault.DELETED, SEED, Clock.tickMillis(ZoneOffset.UTC));
    simulator.add(scenario);
    Workspace workspace = FaultyTools.workspace(folder, simulator, List.of(scenario));
    Commands commands = new Commands(workspace, where, environment, scenario.name());
    commands.well("sync");

    int hits = 0;
    for (int kills = 1; kills <= KILLS; kills++) {
      scenario.work(6);
      if (kills % KILLS_IN_A_ROW == 1) {
        scenario.begin(); // three records are deleted
      }
      hits += kill(commands, kills) == KILLED ? 1 : 0;
      if (kills % KILLS_IN_A_ROW == 0 || kills == KILLS) {
        commands.well("sync");
        // The one before may have gone on from a place behind which records changed meanwhile.
        commands.well("sync");
        String said = commands.well("census");
        Ledger.check(database, scenario, said);
      }
    }
    assertThat(hits).as("killed before they ended: " + killed).isGreaterThanOrEqualTo(KILLS / 3);
  }

  /** The command line in processes of its own. */
  private final class Commands {
    private final Workspace workspace;
    private final List<String> where;
    private final Map<String, String> environment;
    private final String source;

    Commands(
        Workspace workspace, List<String> where, Map<String, String> environment, String source) {
      this.workspace = workspace;
      this.where = where;
      this.environment = environment;
      this.source = source;
    }

    Child start(String command, Consumer<String> onLine) {
      List<String> all = new ArrayList<>(List.of(command, source));
      if (command.equals("backfill")) {
        all.addAll(List.of("--from", "2020-01-01"));
      }
      all.addAll(List.of("--config", workspace.config().toString(), "--routes", "routes"));
      all.addAll(where);
      return Child.start("", environment, onLine, all.toArray(String[]::new));
    }

    /** Runs it to its end, which is a good one. */
    String well(String command) {
      Child child = start(command, line -> {});
      assertThat(child.await()).as(story(child)).isZero();
      return story(child);
    }
  }

  /**
   * Each point in turn: at a request, some time after one, when it says that it has ended; and each
   * kind of run in turn.
   */
  private int kill(Commands commands, int turn) {
    AtomicInteger requests = new AtomicInteger();
    Child[] child = new Child[1];
    String command = COMMANDS.get(turn % COMMANDS.size());
    int request = 1 + random.nextInt(3);
    long delay = turn % 3 == 1 ? 0 : random.nextInt(200);
    if (turn % 3 == 0) {
      killed.add(command + " when it had ended");
    } else {
      killed.add("%s %d ms after request %d".formatted(command, delay, request));
      simulator.onRequest(path -> at(requests, request, delay, () -> killWhenKnown(child)));
    }
    synchronized (child) {
      child[0] =
          commands.start(
              command,
              line -> {
                if (turn % 3 == 0 && line.contains(" run ")) {
                  killWhenKnown(child);
                }
              });
    }
    int exit = child[0].await();
    killed.add("exit code " + exit);
    simulator.onRequest(path -> {});
    return exit;
  }

  private static void killWhenKnown(Child[] child) {
    synchronized (child) {
      child[0].kill();
    }
  }

  private static void at(AtomicInteger requests, int wanted, long delay, Runnable kill) {
    if (requests.incrementAndGet() == wanted) {
      after(delay, kill);
    }
  }

  /** At once, or from a thread of its own, so that the answer goes out meanwhile. */
  private static void after(long millis, Runnable kill) {
    if (millis == 0) {
      kill.run();
      return;
    }
    Thread killer =
        new Thread(
            () -> {
              LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
              kill.run();
            });
    killer.setDaemon(true);
    killer.start();
  }

  private String story(Child child) {
    return "seed %d, killed %s; then it said:\n%s".formatted(SEED, killed, child.said());
  }
}
