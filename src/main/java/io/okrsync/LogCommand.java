package io.okrsync;

import io.okrsync.audit.Action;
import io.okrsync.audit.EntryFilter;
import io.okrsync.audit.SealedEntry;
import io.okrsync.measure.NearestName;
import io.okrsync.okr.AsOf;
import io.okrsync.store.Store;
import io.okrsync.web.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code log}: what happened, when, by whom, oldest first. */
@Command(
    name = "log",
    description = "Shows the sync log: runs, values that moved, configurations loaded.")
final class LogCommand implements Callable<Integer> {
  @Option(
      names = "--limit",
      defaultValue = "50",
      description = "how many of the newest entries (default: ${DEFAULT-VALUE})")
  int limit = 50;

  @Option(
      names = "--key-result",
      paramLabel = "ID",
      description = "only entries about this key result")
  @Nullable String keyResult;

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = {
        "only entries about this source: its runs, and what was pruned of it;",
        "what a run of it moved is about a key result: --run has both"
      })
  @Nullable String source;

  @Option(names = "--actor", paramLabel = "WHO", description = "only what this person or part did")
  @Nullable String actor;

  @Option(
      names = "--action",
      paramLabel = "WHAT",
      description = "only this, such as key-result.moved or run.published")
  @Nullable String action;

  @Option(names = "--run", paramLabel = "RUN", description = "only what tells of this run")
  @Nullable Long run;

  @Option(
      names = "--from",
      paramLabel = "MOMENT",
      description = "only from the beginning of this day (in UTC), or from this moment on")
  @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "MOMENT",
      description = "only until the end of this day (in UTC), or up to this moment")
  @Nullable String to;

  @Option(
      names = "--before",
      paramLabel = "ENTRY",
      description = "only entries with a smaller number: the page before")
  @Nullable Long before;

  @Mixin Folders folders = new Folders();
  @Mixin Database database = new Database();
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Store store = Store.open(database.existing(folders.dataOr("data")))) {
      List<SealedEntry> rows = new ArrayList<>(store.entries(filter(), limit));
      if (rows.isEmpty()) {
        sayWhatNoEntryKnows(store);
      }
      Collections.reverse(rows);
      if (folders.json) {
        out.println(Json.write(Map.of("items", rows.stream().map(LogCommand::json).toList())));
      } else {
        rows.forEach(
            row ->
                out.printf(
                    "%6d  %s  %-10s %-22s %-20s %s%n",
                    row.sequence(),
                    row.entry().at(),
                    row.entry().actor(),
                    row.entry().action(),
                    row.entry().subject(),
                    row.entry().detail()));
      }
      return Main.OK;
    }
  }

  /** Or a name that was written wrongly would read as if nothing had happened. */
  private void sayWhatNoEntryKnows(Store store) {
    if (source != null) {
      sayIfNone("about a source '%s'".formatted(source), EntryFilter.ofSource(source), store);
    }
    if (keyResult != null) {
      sayIfNone(
          "about a key result '%s'".formatted(keyResult),
          EntryFilter.ofKeyResult(keyResult),
          store);
    }
    if (actor != null) {
      sayIfNone("by '%s'".formatted(actor), EntryFilter.ofActor(actor), store);
    }
    if (action != null) {
      List<String> actions = Arrays.stream(Action.values()).map(Action::label).toList();
      String nearest =
          NearestName.to(action, actions).map(", did you mean '%s'?"::formatted).orElse("");
      sayIfNone(
          "of the action '%s'%s".formatted(action, nearest), EntryFilter.ofAction(action), store);
    }
  }

  private void sayIfNone(String what, EntryFilter only, Store store) {
    if (store.entries(only, 1).isEmpty()) {
      spec.commandLine().getErr().println("No entry of the log is " + what);
    }
  }

  private EntryFilter filter() {
    return Typed.read(
        spec,
        () ->
            new EntryFilter(
                actor,
                action,
                keyResult,
                source,
                run,
                from == null ? null : AsOf.of("--from", from).first(),
                to == null ? null : AsOf.of("--to", to).last(),
                before));
  }

  private static Map<String, Object> json(SealedEntry row) {
    Map<String, Object> line = new TreeMap<>(AuditLines.of(row));
    line.put("at", row.entry().at().toString());
    return line;
  }
}
