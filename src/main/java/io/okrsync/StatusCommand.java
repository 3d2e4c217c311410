package io.okrsync;

import io.okrsync.audit.Belief;
import io.okrsync.config.Configuration;
import io.okrsync.connector.Connectors;
import io.okrsync.okr.AsOf;
import io.okrsync.okr.CheckIn;
import io.okrsync.okr.Freshness;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.ObjectiveStanding;
import io.okrsync.okr.Standing;
import io.okrsync.schedule.Concerns;
import io.okrsync.schedule.Schedule;
import io.okrsync.store.SourceState;
import io.okrsync.store.Store;
import io.okrsync.sync.Concern;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.UtcTime;
import io.okrsync.web.Amount;
import io.okrsync.web.BeliefText;
import io.okrsync.web.Figures;
import io.okrsync.web.Json;
import io.okrsync.web.KeyResultDetail;
import io.okrsync.web.KeyResultText;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code status}: where every key result stands, from what is stored; asks no source. */
@Command(name = "status", description = "Shows where every key result stands; asks no source.")
final class StatusCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "KEYRESULT",
      description = "its id, for its pace, grade, forecast and what was said; default: all")
  @Nullable String keyResult;

  @Option(
      names = "--as-of",
      paramLabel = "MOMENT",
      description = {
        "what was believed then, by the configuration, readings and overrides of then:",
        "a day, which means its end, or a moment such as 2026-11-21T03:00:00Z"
      })
  @Nullable String asOf;

  @Mixin Folders folders = new Folders();
  @Mixin Database database = new Database();
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Configuration configuration = Service.load(folders, System::getenv, Main.clock());
    try (Store store = Store.open(database.existing(folders.dataOr("data")))) {
      if (asOf != null) {
        return believed(asOf, store);
      }
      Setup setup = new Setup(configuration, 0);
      Standings standings = new Standings(store, () -> setup, Main.clock());
      List<ObjectiveStanding> objectives = standings.now();
      if (keyResult != null) {
        KeyResults.known(keyResult, setup, spec);
        KeyResultDetail detail =
            KeyResults.detail(keyResult, objectives, setup, standings).orElseThrow();
        List<CheckIn> checkIns = store.checkIns(keyResult, 1);
        out.println(
            folders.json
                ? Json.keyResult(detail, store.history(keyResult, 1), checkIns)
                : KeyResultText.of(detail, checkIns, Main.clock().instant()));
      } else if (folders.json) {
        out.println(Json.objectives(objectives));
      } else {
        objectives.forEach(it -> print(it, out));
        print(configuration, store, out);
        List<String> ids = setup.keyResults().stream().map(KeyResult::id).toList();
        new TableNotes(setup, store.latestReadings(ids)).all().forEach(out::println);
      }
      return Main.OK;
    }
  }

  private int believed(String asked, Store store) {
    PrintWriter out = spec.commandLine().getOut();
    try (Connectors connectors = new Connectors(folders.routes, Main.clock())) {
      connectors.start();
      StoredSetups setups = new StoredSetups(store.evidence(), connectors, System::getenv);
      Beliefs all = new Beliefs(store.evidence(), setups);
      List<Belief> beliefs =
          Typed.read(spec, () -> all.at(AsOf.of("--as-of", asked), Main.clock().instant()));
      if (folders.json) {
        out.println(Json.beliefs(beliefs));
        return Main.OK;
      }
      if (beliefs.isEmpty()) {
        out.printf("Nothing was configured yet by %s.%n", asked);
      }
      print(beliefs, out);
      return Main.OK;
    } catch (IllegalStateException lost) {
      spec.commandLine().getErr().println(lost.getMessage());
      return Main.FAILED;
    }
  }

  /** Below the moments of which they are: a day ends later in another zone. */
  private static void print(List<Belief> beliefs, PrintWriter out) {
    @Nullable Instant at = null;
    for (Belief it : beliefs) {
      if (!it.at().equals(at)) {
        at = it.at();
        out.printf("As of %s:%n", at);
      }
      out.println(BeliefText.of(it));
    }
  }

  private static String titled(KeyResult keyResult) {
    return keyResult.title() + keyResult.terms().owner().map(" (%s)"::formatted).orElse("");
  }

  /** The sources with which something is the matter. */
  private static void print(Configuration configuration, Store store, PrintWriter out) {
    Map<String, SourceState> states = store.sourceStates();
    configuration
        .sources()
        .keySet()
        .forEach(
            source -> {
              SourceState state = states.get(source);
              long records = state == null ? 0 : state.records();
              List<SyncRun> runs = store.begun(source, Concerns.RUNS);
              runs.stream()
                  .findFirst()
                  .filter(it -> !it.outcome().isWell() && it.outcome() != Outcome.RUNNING)
                  .ifPresent(
                      it -> out.printf("source %s: run %d: %s%n", source, it.id(), it.inWords()));
              runs.stream()
                  .filter(it -> it.outcome() == Outcome.HELD)
                  .forEach(
                      it ->
                          out.printf(
                              "source %s: run %d is held; %s%n",
                              source, it.id(), RunLines.toDecide(it)));
              @Nullable Instant readAt = state == null ? null : state.readAt();
              @Nullable Schedule schedule = configuration.schedules().get(source);
              Instant now = Main.clock().instant();
              @Nullable SyncRun incomplete = state == null ? null : state.incomplete();
              for (Concern it :
                  Concerns.of(schedule, runs, readAt, records, incomplete, Instant.MIN, now)) {
                if (it.kind() == Concern.Kind.HELD) {
                  continue; // told above, with the commands that decide
                }
                out.printf("source %s: %s; %s%n", source, it.kind().label(), it.sentence());
              }
            });
  }

  private static void print(ObjectiveStanding objective, PrintWriter out) {
    out.printf(
        "%s  (%s, score %s)%n",
        objective.objective().title(),
        objective.status().label(),
        Figures.percent(objective.score()));
    for (Standing standing : objective.keyResults()) {
      Amount amount = Amount.of(standing);
      out.printf(
          "  %14s %-8s %5s  %-11s  %s%n",
          amount.number(),
          amount.unit(),
          Figures.percent(standing.progress()),
          standing.status().label(),
          titled(standing.keyResult()));
      if (standing.marks().child() != null) {
        out.printf("  %14s the score of '%s'%n", "", standing.marks().child().objective().title());
      }
      if (standing.reason() != null) {
        out.printf("  %14s %s%n", "", standing.reason());
      } else if (standing.freshness() == Freshness.AGING && standing.readAt() != null) {
        String asOf = UtcTime.inWords(standing.readAt());
        out.printf("  %14s aging: known as of %s%n", "", asOf);
      }
    }
    out.println();
  }
}
