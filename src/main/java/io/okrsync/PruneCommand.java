package io.okrsync;

import io.okrsync.okr.Counted;
import io.okrsync.web.Json;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code prune}: what {@code serve} does once a day. */
@Command(
    name = "prune",
    description =
        "Takes away what records held that have changed or are gone since, where 'retention' in"
            + " sources.yaml keeps that for some time only. Hashes, values and proofs stay; 'serve'"
            + " does it once a day.")
final class PruneCommand implements Callable<Integer> {
  @Mixin Folders folders = new Folders();
  @Mixin Database database = new Database();
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    try (Service service =
        Service.open(
            folders,
            database.existing(folders.dataOr("data")),
            System::getenv,
            Main.clock(),
            run -> {},
            run -> {})) {
      Map<String, Long> pruned = service.prune("manual");
      PrintWriter out = spec.commandLine().getOut();
      if (folders.json) {
        out.println(Json.write(Map.of("pruned", pruned)));
        return Main.OK;
      }
      pruned.forEach(
          (source, many) ->
              out.printf(
                  "%s: the bodies of %s were pruned%n",
                  source, Counted.of(many, "record versions")));
      if (pruned.isEmpty()) {
        out.println(
            service.setup().configuration().kept().isEmpty()
                ? "Nothing is pruned: no source has a retention."
                : "Nothing is pruned: all that is left is true, younger, or needed by an open"
                    + " cycle.");
      }
      return Main.OK;
    }
  }
}
