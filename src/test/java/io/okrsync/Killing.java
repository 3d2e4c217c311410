package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.StoppingAtCommit.Side;
import io.okrsync.faults.Scenario;
import io.okrsync.faults.Simulator;
import io.okrsync.store.StoreSettings;
import io.okrsync.sync.Asked;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The command line over one database, killed with SIGKILL where the test wants. */
final class Killing {
  static final List<String> COMMANDS = List.of("sync", "reconcile", "backfill", "census");

  /** What the system says of a process that was killed: 128 and the signal. */
  private static final int KILLED = 137;

  /** Why a census that goes on there ends nothing; the next begins anew. */
  private static final String PAGES_SHIFTED = "so pages may have shifted";

  private static final int LONGEST_DELAY = 200;

  private final Workspace workspace;
  private final StoreSettings database;
  private final List<String> where;
  private final Map<String, String> environment;
  private final Scenario scenario;
  private final Simulator simulator;
  private final Random random;
  private final List<String> story = new ArrayList<>();
  private final Map<String, Integer> tally = new TreeMap<>();

  /**
   * @param where the options that name the database
   * @param environment with which a process gets at it
   */
  Killing(
      Workspace workspace,
      StoreSettings database,
      List<String> where,
      Map<String, String> environment,
      Scenario scenario,
      Simulator simulator,
      Random random) {
    this.workspace = workspace;
    this.database = database;
    this.where = where;
    this.environment = environment;
    this.scenario = scenario;
    this.simulator = simulator;
    this.random = random;
  }

  /**
   * Kills it at one of its commits.
   *
   * @return whether there was such a commit; where there was none it has ended well
   */
  boolean atCommit(String command, Side side, int number) {
    String at = "%s %d".formatted(side.name().toLowerCase(Locale.ROOT), number);
    AtomicInteger met = new AtomicInteger();
    Child[] child = new Child[1];
    Consumer<String> killer =
        line -> {
          if (line.startsWith(StoppingAtCommit.SAID)) {
            kill(child);
            met.incrementAndGet();
            story.add("%s %s: %s".formatted(command, at, line));
          }
        };
    int exit = run(command, child, killer, "-D" + StoppingAtCommit.AT + "=" + at);
    boolean isThere = met.get() > 0;
    if (!isThere) {
      assertThat(exit).as(said(child[0])).isZero();
      return false;
    }
    String method = story.get(story.size() - 1).replaceFirst(".*, ", "");
    count(exit, "%s a commit of '%s'".formatted(at.split(" ")[0], method));
    return true;
  }

  /** Kills it when it asks its source, or some time after. */
  void atRequest(String command) {
    AtomicInteger requests = new AtomicInteger();
    Child[] child = new Child[1];
    int wanted = 1 + random.nextInt(3);
    int delay = random.nextBoolean() ? 0 : random.nextInt(LONGEST_DELAY);
    story.add("%s %d ms after request %d".formatted(command, delay, wanted));
    simulator.onRequest(
        path -> {
          if (requests.incrementAndGet() == wanted) {
            after(delay, () -> kill(child));
          }
        });
    int exit = run(command, child, line -> {});
    simulator.onRequest(path -> {});
    count(exit, delay == 0 ? "at a request" : "some time after a request");
  }

  /** Kills it when it says how its run has ended. */
  void atTheEnd(String command) {
    Child[] child = new Child[1];
    story.add(command + " when it had ended");
    Consumer<String> killer =
        line -> {
          if (line.contains(" run ")) {
            kill(child);
          }
        };
    count(run(command, child, killer), "when a run had ended");
  }

  /** Runs a process to its end, which is a good one. */
  void well(String command) {
    Child[] child = new Child[1];
    int exit = run(command, child, line -> {});
    assertThat(exit).as(said(child[0])).isZero();
  }

  /** What follows is as if nobody had been killed. */
  void recovers() {
    List<SyncRun> runs = new ArrayList<>();
    Folders folders = new Folders();
    folders.config = workspace.config();
    folders.data = workspace.data();
    try (Service service =
        Service.open(folders, database, name -> null, Clock.systemUTC(), run -> {}, runs::add)) {
      // The first may go on from a place behind which records changed meanwhile.
      for (Asked asked : List.of(Asked.SYNC, Asked.SYNC, Asked.CENSUS)) {
        SyncRun run = service.runs().run(scenario.name(), asked, Trigger.MANUAL);
        if (run.inWords().contains(PAGES_SHIFTED)) { // a census that had been killed
          run = service.runs().run(scenario.name(), asked, Trigger.MANUAL);
        }
        assertThat(run.outcome().isWell()).as(told() + run.inWords()).isTrue();
      }
    }
    Ledger.check(database, scenario, told() + runs.stream().map(SyncRun::inWords).toList());
  }

  /** How many processes were killed. */
  int kills() {
    return tally.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How many were killed where. */
  Map<String, Integer> tally() {
    return tally;
  }

  private int run(
      String command, @Nullable Child[] child, Consumer<String> onLine, String... options) {
    List<String> all = new ArrayList<>(List.of(command, scenario.name()));
    if (command.equals("backfill")) {
      all.addAll(List.of("--from", "2020-01-01"));
    }
    all.addAll(List.of("--config", workspace.config().toString(), "--routes", "routes"));
    all.addAll(where);
    Child started;
    synchronized (child) {
      started = Child.start("", environment, List.of(options), onLine, all.toArray(String[]::new));
      child[0] = started;
    }
    return started.await();
  }

  private void count(int exit, String place) {
    story.add("exit code " + exit);
    if (exit == KILLED) {
      tally.merge(place, 1, Integer::sum);
    }
  }

  /** Waits until it is known whom to kill. */
  static void kill(Child[] child) {
    synchronized (child) {
      child[0].kill();
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

  private String said(@Nullable Child child) {
    return told() + (child == null ? "" : child.said());
  }

  private String told() {
    List<String> last = story.subList(Math.max(0, story.size() - 20), story.size());
    return "the last of the story: %s; then it said:\n".formatted(last);
  }
}
