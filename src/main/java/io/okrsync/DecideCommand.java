package io.okrsync;

import io.okrsync.sync.Decision;
import io.okrsync.sync.HeldRuns;
import io.okrsync.sync.SyncRun;
import io.okrsync.web.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code release} and {@code discard}: decides about a run that a guard has held. */
abstract class DecideCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "the number of the held run")
  long run;

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "why, for those who read the log later")
  String reason = "";

  @Option(
      names = "--by",
      paramLabel = "PERSON",
      defaultValue = "${sys:user.name}",
      description = "who decides (default: ${DEFAULT-VALUE})")
  String by = "";

  @Mixin Folders folders = new Folders();
  @Mixin Database database = new Database();
  @Spec CommandSpec spec;

  abstract HeldRuns.Answer decide(HeldRuns held, Decision decision);

  @Override
  public Integer call() {
    Decision decision = decision();
    try (Service service =
        Service.open(
            folders,
            database.existing(folders.dataOr("data")),
            System::getenv,
            Main.clock(),
            page -> {},
            ended -> {})) {
      return said(decide(service.held(), decision));
    }
  }

  private Decision decision() {
    try {
      return new Decision(by, reason);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), "--" + wrong.getMessage(), wrong);
    }
  }

  private int said(HeldRuns.Answer answer) {
    if (answer instanceof HeldRuns.Answer.Ended decided) {
      show(decided.run());
      return Main.OK;
    }
    if (answer instanceof HeldRuns.Answer.UnknownRun) {
      throw new ParameterException(spec.commandLine(), "there is no run " + run);
    }
    String why =
        answer instanceof HeldRuns.Answer.Refused refused
            ? refused.why()
            : "run %d is not held; it is %s"
                .formatted(run, ((HeldRuns.Answer.NotHeld) answer).run().inWords());
    spec.commandLine().getErr().println(why);
    return Main.FAILED;
  }

  private void show(SyncRun decided) {
    PrintWriter out = spec.commandLine().getOut();
    if (folders.json) {
      out.println(Json.runs(List.of(decided)));
    } else {
      RunLines.print(decided, Main.clock().instant(), out);
    }
  }

  /** {@code release}: publishes it. */
  @Command(name = "release", description = "Publishes a run that a guard has held.")
  static final class Release extends DecideCommand {
    @Override
    HeldRuns.Answer decide(HeldRuns held, Decision decision) {
      return held.release(run, decision);
    }
  }

  /** {@code discard}: undoes what it stored. */
  @Command(name = "discard", description = "Undoes what a held run stored, and says what follows.")
  static final class Discard extends DecideCommand {
    @Override
    HeldRuns.Answer decide(HeldRuns held, Decision decision) {
      return held.discard(run, decision);
    }
  }
}
