package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.StoppingAtCommit.Side;
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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service as a process of its own, killed with SIGKILL before, while and after it commits, at a
 * request, some time after one, and when it has said how the run ended, in each kind of run. After
 * a few kills in a row all is as if nobody had been killed. The long form, {@code -Dfaults=true},
 * kills 200 times on each database, and at every commit of every kind of run.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class KilledTest {
  private static final int LONG_FORM = 200;
  private static final int KILLS =
      Integer.getInteger("faults.kills", Boolean.getBoolean("faults") ? LONG_FORM : 3);
  private static final int KILLS_IN_A_ROW = 4;
  private static final List<Side> SIDES = List.of(Side.values());
  private static final long SEED = Long.getLong("faults.seed", 1);

  @TempDir Path folder;
  private final Random random = new Random(SEED);
  private final Simulator simulator = new Simulator();

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
            Killing.kill(child);
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
    Killing killing =
        new Killing(workspace, database, where, environment, scenario, simulator, random);
    killing.well("sync");

    if (KILLS >= LONG_FORM) {
      Killing.COMMANDS.forEach(command -> atEveryCommit(killing, scenario, command));
    }
    for (int turn = 0; killing.kills() < KILLS; turn++) {
      if (turn % KILLS_IN_A_ROW == 0) {
        scenario.begin(); // three records are deleted
      }
      scenario.work(6);
      inTurn(killing, turn, Killing.COMMANDS.get(random.nextInt(Killing.COMMANDS.size())));
      if (turn % KILLS_IN_A_ROW == KILLS_IN_A_ROW - 1) {
        killing.recovers();
      }
      assertThat(turn).as("turns for these kills: " + killing.tally()).isLessThan(4 * KILLS);
    }
    killing.well("sync");
    killing.recovers();
    System.out.println(killing.kills() + " kills: " + killing.tally());
  }

  /** Before, while and after each commit of it. */
  private static void atEveryCommit(Killing killing, Scenario scenario, String command) {
    for (Side side : SIDES) {
      boolean isThere = true;
      for (int number = 1; isThere; number++) {
        if (number == 1) {
          scenario.begin();
        }
        scenario.work(2); // more would add commits faster than they are tried
        isThere = killing.atCommit(command, side, number);
        killing.recovers();
      }
    }
  }

  private void inTurn(Killing killing, int turn, String command) {
    switch (turn % 3) {
      case 0 -> {
        Side side = SIDES.get(random.nextInt(SIDES.size()));
        killing.atCommit(command, side, 1 + random.nextInt(6));
      }
      case 1 -> killing.atRequest(command);
      default -> killing.atTheEnd(command);
    }
  }
}
