package io.okrsync;

import io.okrsync.connector.Source;
import io.okrsync.measure.NearestName;
import io.okrsync.sync.Asked;
import io.okrsync.sync.Differences;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import io.okrsync.web.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks one source for more than an ordinary run, and waits for the end. */
abstract class RunCommand implements Callable<Integer> {
  private static final int LISTED = 100;

  @Parameters(paramLabel = "SOURCE", description = "which source")
  String source = "";

  @Mixin Folders folders = new Folders();
  @Mixin Database database = new Database();
  @Spec CommandSpec spec;

  /**
   * @throws IllegalArgumentException where an option is not right, saying what
   */
  abstract Asked asked(Source source);

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Progress progress = new Progress(spec.commandLine().getErr());
    List<SyncRun> runs = new ArrayList<>();
    try (Service service =
        Service.open(
            folders,
            database.settings(folders.dataOr("data")),
            System::getenv,
            Main.clock(),
            progress::page,
            runs::add)) {
      Asked asked = asked(service.setup().configuration().sources());
      Optional<String> refusal = service.runs().refusal(source, asked);
      if (refusal.isPresent()) {
        spec.commandLine().getErr().println(refusal.get());
        return Main.FAILED;
      }
      SyncRun last = service.runs().run(source, asked, Trigger.MANUAL);
      progress.end();
      show(runs, service.store().differences(last.id(), LISTED), out);
      return last.outcome().isWell() ? Main.OK : Main.FAILED;
    }
  }

  private Asked asked(Map<String, Source> sources) {
    Source known = sources.get(source);
    if (known == null) {
      throw unknown(source, sources.keySet(), spec);
    }
    return Typed.read(spec, () -> asked(known));
  }

  static ParameterException unknown(String source, Set<String> known, CommandSpec spec) {
    String near =
        NearestName.to(source, known)
            .map("did you mean '%s'?"::formatted)
            .orElse("known here: " + String.join(", ", known));
    return new ParameterException(
        spec.commandLine(), "no source is called '%s'; %s".formatted(source, near));
  }

  private void show(List<SyncRun> runs, Differences found, PrintWriter out) {
    if (folders.json) {
      out.println(Json.runs(runs, found.first()));
      return;
    }
    for (SyncRun run : runs) {
      RunLines.print(run, Main.clock().instant(), out);
    }
    found.first().forEach(it -> out.println("  " + it.inWords()));
    if (found.more() > 0) {
      out.printf("  and %d more%n", found.more());
    }
  }

  /** {@code census}: lists the ids there are. */
  @Command(
      name = "census",
      description = "Lists the ids there are, and removes the records whose id is gone.")
  static final class Census extends RunCommand {
    @Override
    Asked asked(Source configured) {
      return Asked.CENSUS;
    }
  }

  /** {@code reconcile}: reads everything again. */
  @Command(
      name = "reconcile",
      description = "Reads everything again, and lists what the runs before had missed.")
  static final class Reconcile extends RunCommand {
    @Override
    Asked asked(Source configured) {
      return Asked.RECONCILE;
    }
  }

  /** {@code backfill}: reads again what changed in a span of time. */
  @Command(
      name = "backfill",
      description =
          "Reads again what changed in a span of time, and waits for the end. Later runs read on"
              + " from where they were.")
  static final class Backfill extends RunCommand {
    @Option(
        names = "--from",
        required = true,
        paramLabel = "TIME",
        description = "the first change: a day in the zone of the source, or 2026-10-01T08:00:00Z")
    String from = "";

    @Option(
        names = "--to",
        paramLabel = "TIME",
        description = "the last change: a day, to its end, or a moment (default: now)")
    @Nullable String to;

    @Override
    Asked asked(Source source) {
      return Asked.backfill(from, to, source.zone(), Main.clock().instant());
    }
  }
}
