package io.okrsync;

import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import io.okrsync.web.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sync}: runs sources now and waits for their ends. */
@Command(name = "sync", description = "Runs sources once, now, and waits for the end.")
final class SyncCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SOURCE", arity = "0..*", description = "which sources (default: all)")
  List<String> sources = new ArrayList<>();

  @Mixin Folders folders = new Folders();
  @Mixin Database database = new Database();
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Progress progress = new Progress(spec.commandLine().getErr());
    try (Service service =
        Service.open(
            folders,
            database.settings(folders.dataOr("data")),
            System::getenv,
            Main.clock(),
            progress::page,
            run -> {})) {
      List<SyncRun> runs = new ArrayList<>();
      for (String source : chosen(service)) {
        SyncRun run = service.runs().run(source, Trigger.MANUAL);
        runs.add(run);
        progress.end();
        if (!folders.json) {
          RunLines.print(run, service.now(), out);
        }
      }
      if (folders.json) {
        out.println(Json.runs(runs));
      }
      return runs.stream().allMatch(run -> run.outcome().isWell()) ? Main.OK : Main.FAILED;
    }
  }

  private Set<String> chosen(Service service) {
    Set<String> known = service.setup().configuration().sources().keySet();
    for (String source : sources) {
      if (known.contains(source)
          && !service.setup().configuration().schedules().containsKey(source)) {
        throw new ParameterException(
            spec.commandLine(),
            "source '%s' cannot be asked, it is sent to us; see src/docs/intake.md"
                .formatted(source));
      }
      if (!known.contains(source)) {
        throw RunCommand.unknown(source, known, spec);
      }
    }
    // What is sent to us by itself cannot be asked, so it is not among all.
    return sources.isEmpty()
        ? service.setup().configuration().schedules().keySet()
        : new TreeSet<>(sources);
  }
}
