package io.okrsync;

import io.okrsync.audit.Restatement;
import io.okrsync.measure.NearestName;
import io.okrsync.web.Audit;
import io.okrsync.web.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code restatements}: what has become of values after their cycle had ended. */
@Command(
    name = "restatements",
    description =
        "Lists key results whose value is not what it was when their cycle ended, with the causes."
            + " The value at the end stays what it was. A change beyond the tolerance of the cycle"
            + " is a finding.")
final class RestatementsCommand implements Callable<Integer> {
  /** How many records of each cause are named. */
  private static final int NAMED = 5;

  @Option(names = "--cycle", paramLabel = "ID", description = "only key results of this cycle")
  @Nullable String cycle;

  @Mixin Folders folders = new Folders();
  @Mixin Database database = new Database();
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    try (OpenedLedger ledger = OpenedLedger.open(folders, database)) {
      Restatements restatements = new Restatements(ledger.evidence(), ledger.setups());
      if (cycle != null) {
        refuseUnknown(cycle, restatements.cycles(), spec);
      }
      List<Audit.Restated> all = restatements.explained(cycle, NAMED);
      say(all);
      return all.stream().anyMatch(it -> it.what().isBeyond()) ? Main.FAILED : Main.OK;
    }
  }

  static void refuseUnknown(String cycle, Set<String> known, CommandSpec spec) {
    if (!known.contains(cycle)) {
      String near = NearestName.to(cycle, known).map("; did you mean '%s'?"::formatted).orElse("");
      throw new ParameterException(
          spec.commandLine(), "no configuration has a cycle '%s'%s".formatted(cycle, near));
    }
  }

  private void say(List<Audit.Restated> all) {
    PrintWriter out = spec.commandLine().getOut();
    if (folders.json) {
      out.println(Json.restatements(all));
      return;
    }
    if (all.isEmpty()) {
      out.println("No value has changed since its cycle ended.");
    }
    all.forEach(it -> print(it, out));
  }

  private static void print(Audit.Restated restated, PrintWriter out) {
    Restatement it = restated.what();
    out.printf(
        "%s of %s: %s when it was closed at %s, now %s: %s%s%n",
        it.keyResult().id(),
        it.keyResult().cycle().id(),
        it.closed().toPlainString(),
        it.closedAt(),
        it.now().toPlainString(),
        it.inWords(),
        it.isBeyond() ? ": a finding" : "");
    if (restated.why() != null) {
      restated.why().parts().forEach(part -> ExplainCommand.print(part, out));
    }
  }
}
