package io.okrsync;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.StoppingAtCommit.Side;
import io.okrsync.audit.EntryFilter;
import io.okrsync.audit.SealedEntry;
import io.okrsync.store.Store;
import io.okrsync.store.StoreSettings;
import io.okrsync.sync.Decision;
import io.okrsync.sync.HeldRuns;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a person decides or an admin changes holds as a whole or not at all, when the process that
 * does it is killed with SIGKILL: a held run is released or discarded once, or still waits; a
 * configuration is in force with all its values, or the one before. The long form, {@code
 * -Dfaults=true}, kills before, while and after each of its commits; the short form while it does
 * every third.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class KilledDecidingTest {
  private static final List<Side> SIDES =
      Boolean.getBoolean("faults") ? List.of(Side.values()) : List.of(Side.WHILE);
  private static final int STEP = Boolean.getBoolean("faults") ? 1 : 3;
  private static final int ALL = 1_000_000;

  @TempDir Path folder;
  private final FakeCrm crm = new FakeCrm();
  private BigDecimal total = BigDecimal.ZERO;
  private BigDecimal revenue = BigDecimal.ZERO;
  private int deals;
  private int kills;

  @AfterEach
  void close() {
    crm.close();
  }

  /** Where the ledger is, and how a process gets at it. */
  private record Ground(
      Workspace workspace,
      StoreSettings database,
      List<String> where,
      Map<String, String> environment) {}

  @Test
  void a_held_run_is_decided_about_once_or_still_waits_on_h2() {
    decided(onH2());
  }

  @Test
  void a_held_run_is_decided_about_once_or_still_waits_on_postgresql() {
    decided(onPostgresql());
  }

  @Test
  void another_configuration_is_in_force_with_all_its_values_or_not_at_all_on_h2() {
    reconfigured(onH2());
  }

  @Test
  void another_configuration_is_in_force_with_all_its_values_or_not_at_all_on_postgresql() {
    reconfigured(onPostgresql());
  }

  private void decided(Ground ground) {
    String sources = ground.workspace().read("config/sources.yaml");
    ground.workspace().write("config/sources.yaml", sources + "    guard: { jump: 50% }\n");
    crm.lost(1);
    sellAsMuchAgain();
    sync(ground);
    for (String command : List.of("release", "discard")) {
      for (Side side : SIDES) {
        boolean isThere = true;
        for (int number = 1; isThere; number += STEP) {
          isThere = decidedAt(ground, command, side, number);
        }
      }
    }
    assertThat(kills).as("kills").isGreaterThanOrEqualTo(2 * SIDES.size());
    verified(ground);
  }

  private boolean decidedAt(Ground ground, String command, Side side, int number) {
    BigDecimal before = total;
    sellAsMuchAgain();
    SyncRun run = sync(ground);
    assertThat(run.outcome()).isEqualTo(Outcome.HELD);
    String held = String.valueOf(run.id());

    boolean killed = killedAt(ground, side, number, command, held, "--reason", "checked");

    String story = "%s, killed %s commit %d".formatted(command, side, number);
    boolean released = command.equals("release");
    try (Service service = service(ground)) {
      if (service.store().held("crm").isPresent()) {
        assertThat(revenue(service)).as(story).isEqualByComparingTo(before);
        decide(service, command, run.id());
      }
      assertThat(service.store().run(run.id()).map(SyncRun::outcome))
          .as(story)
          .contains(released ? Outcome.OK : Outcome.DISCARDED);
      assertThat(revenue(service)).as(story).isEqualByComparingTo(released ? total : before);
      assertThat(entries(service, "run." + (released ? "released" : "discarded"), run))
          .as(story)
          .hasSize(1);
      assertThat(entries(service, "run.published", run)).as(story).hasSize(released ? 1 : 0);
      if (!released) {
        decide(service, "release", service.runs().run("crm", Trigger.MANUAL).id());
        assertThat(revenue(service)).as(story).isEqualByComparingTo(total);
      }
    }
    return killed;
  }

  private void reconfigured(Ground ground) {
    crm.lost(1);
    sellAsMuchAgain();
    sync(ground);
    boolean doubled = false;
    for (Side side : SIDES) {
      boolean isThere = true;
      for (int number = 1; isThere; number += STEP) {
        doubled = !doubled;
        isThere = reconfiguredAt(ground, side, number, doubled);
      }
    }
    assertThat(kills).as("kills").isGreaterThanOrEqualTo(2 * SIDES.size());
    verified(ground);
  }

  /** Its measure is another one each time, so that contributions are built anew. */
  private boolean reconfiguredAt(Ground ground, Side side, int number, boolean doubled) {
    String sum = "sum: value%s + %d,".formatted(doubled ? " + value" : "", kills);
    Workspace workspace = ground.workspace();
    String measures = workspace.read("config/measures.yaml");
    workspace.write("config/measures.yaml", measures.replaceFirst("sum: [^,]*,", sum));
    BigDecimal before = revenue;
    revenue = (doubled ? total.add(total) : total).add(BigDecimal.valueOf((long) deals * kills));

    boolean killed = killedAt(ground, side, number, "sync");

    String story = "killed %s commit %d".formatted(side, number);
    try (Store store = Store.open(ground.database())) {
      assertThat(revenue(store))
          .as(story)
          .satisfiesAnyOf(
              it -> assertThat(it).isEqualByComparingTo(before),
              it -> assertThat(it).isEqualByComparingTo(revenue));
    }
    try (Service service = service(ground)) {
      assertThat(revenue(service)).as(story).isEqualByComparingTo(revenue);
      assertThat(service.runs().run("crm", Trigger.MANUAL).outcome()).isEqualTo(Outcome.OK);
      assertThat(revenue(service)).as(story).isEqualByComparingTo(revenue);
    }
    return killed;
  }

  private void sellAsMuchAgain() {
    BigDecimal more = total.signum() == 0 ? BigDecimal.ONE : total;
    total = total.add(more);
    revenue = total;
    crm.won(10 + deals++, more.toPlainString());
  }

  /** Whether there was such a commit; where there was none it has ended well. */
  private boolean killedAt(Ground ground, Side side, int number, String... command) {
    String at = "%s %d".formatted(side.name().toLowerCase(Locale.ROOT), number);
    AtomicInteger met = new AtomicInteger();
    Child[] child = new Child[1];
    synchronized (child) {
      child[0] =
          Child.start(
              "",
              ground.environment(),
              List.of("-D" + StoppingAtCommit.AT + "=" + at),
              line -> {
                if (line.startsWith(StoppingAtCommit.SAID)) {
                  Killing.kill(child);
                  met.incrementAndGet();
                }
              },
              all(ground, command));
    }
    int exit = child[0].await();
    if (met.get() > 0) {
      kills++;
      return true;
    }
    assertThat(exit).as(child[0].said()).isZero();
    return false;
  }

  private static SyncRun sync(Ground ground) {
    try (Service service = service(ground)) {
      return service.runs().run("crm", Trigger.MANUAL);
    }
  }

  private static void decide(Service service, String command, long run) {
    Decision decision = new Decision("cli/ann", "decided again");
    HeldRuns held = service.held();
    assertThat(
            command.equals("release") ? held.release(run, decision) : held.discard(run, decision))
        .isInstanceOf(HeldRuns.Answer.Ended.class);
  }

  private static void verified(Ground ground) {
    Child child = Child.start("", ground.environment(), line -> {}, all(ground, "verify"));
    assertThat(child.await()).as(child.said()).isZero();
  }

  private static String[] all(Ground ground, String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--config", ground.workspace().config().toString(), "--routes", "routes"));
    all.addAll(ground.where());
    return all.toArray(String[]::new);
  }

  private static Service service(Ground ground) {
    Folders folders = new Folders();
    folders.config = ground.workspace().config();
    return Service.open(
        folders, ground.database(), name -> null, Clock.systemUTC(), page -> {}, ended -> {});
  }

  private static BigDecimal revenue(Service service) {
    return revenue(service.store());
  }

  private static BigDecimal revenue(Store store) {
    return requireNonNull(store.history("revenue", 1).get(0).value());
  }

  private static List<SealedEntry> entries(Service service, String action, SyncRun run) {
    return service.store().entries(EntryFilter.ALL, ALL).stream()
        .filter(it -> it.entry().action().equals(action))
        .filter(it -> it.entry().detail().matches("run %d\\b.*".formatted(run.id())))
        .toList();
  }

  private Ground onH2() {
    Workspace workspace = new Workspace(folder).withCrm(crm.url());
    return new Ground(
        workspace,
        StoreSettings.inFolder(workspace.data()),
        List.of("--data", workspace.data().toString()),
        Map.of());
  }

  private Ground onPostgresql() {
    Postgres.OwnDatabase database = Postgres.emptyDatabase();
    return new Ground(
        new Workspace(folder).withCrm(crm.url()),
        database.settings(),
        database.arguments(),
        database.environment());
  }
}
