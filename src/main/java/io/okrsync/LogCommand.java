package io.okrsync;

import io.okrsync.audit.SealedEntry;
import io.okrsync.store.Store;
import io.okrsync.web.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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
      names = "--about",
      paramLabel = "NAME",
      description = "only entries about this source or key result")
  @Nullable String about;

  @Mixin Folders folders = new Folders();
  @Mixin Database database = new Database();
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Store store = Store.open(database.settings(folders.dataOr("data")))) {
      List<SealedEntry> rows = new ArrayList<>(store.audit(about, limit));
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

  private static Map<String, Object> json(SealedEntry row) {
    return Map.of(
        "sequence", row.sequence(),
        "at", row.entry().at().toString(),
        "actor", row.entry().actor(),
        "action", row.entry().action(),
        "subject", row.entry().subject(),
        "detail", row.entry().detail(),
        "previousHash", row.previousHash(),
        "hash", row.hash());
  }
}
