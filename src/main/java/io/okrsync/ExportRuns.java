package io.okrsync;

import io.okrsync.audit.RunSeal;
import io.okrsync.store.Store;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code export runs --to FILE}. */
@Command(
    name = "runs",
    description = "Writes all runs as CSV: what each read and counted, and how it ended.")
final class ExportRuns implements Callable<Integer> {
  /** As {@link RunSeal} names them, in the order in which people read them. */
  private static final List<String> COLUMNS =
      List.of(
          "id",
          "source",
          "kind",
          "trigger",
          "outcome",
          "startedAt",
          "finishedAt",
          "since",
          "until",
          "read",
          "created",
          "changed",
          "unchanged",
          "removed",
          "rejected",
          "total",
          "reason",
          "definition");

  @Mixin ExportTarget target = new ExportTarget();
  @Mixin Folders folders = new Folders();
  @Mixin Database database = new Database();
  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    try (Store store = Store.open(database.existing(folders.dataOr("data")))) {
      target.csv(
          store,
          "runs",
          csv -> {
            csv.line(COLUMNS.toArray());
            store
                .evidence()
                .runs(
                    it ->
                        csv.line(cells(RunSeal.content(it.run(), it.definition(), it.versions()))));
          });
      spec.commandLine().getOut().println(target.name() + ": all runs");
      return Main.OK;
    }
  }

  private static @Nullable Object[] cells(Map<String, @Nullable Object> run) {
    return COLUMNS.stream().map(run::get).toArray();
  }
}
