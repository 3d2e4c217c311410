package io.okrsync;

import io.okrsync.web.Json;
import java.io.PrintWriter;
import java.math.BigDecimal;
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

/** {@code restatements}: what has become of values after their cycle had ended. */
@Command(
    name = "restatements",
    description =
        "Lists key results whose value is not what it was when their cycle ended, with the causes."
            + " The value at the end stays what it was. A change beyond the tolerance is a"
            + " finding.")
final class RestatementsCommand implements Callable<Integer> {
  @Option(
      names = "--tolerance",
      paramLabel = "PERCENT",
      defaultValue = "0",
      description =
          "how many percent of the value at the end may change (default: ${DEFAULT-VALUE})")
  BigDecimal tolerance = BigDecimal.ZERO;

  @Option(names = "--cycle", paramLabel = "ID", description = "only key results of this cycle")
  @Nullable String cycle;

  @Mixin Folders folders = new Folders();
  @Mixin Database database = new Database();
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    try (OpenedLedger ledger = OpenedLedger.open(folders, database)) {
      StoredSetups setups = ledger.setups();
      List<Restatements.Restatement> all =
          new Restatements(ledger.store(), setups).all(cycle, tolerance, Main.clock().instant());
      say(all);
      return all.stream().anyMatch(Restatements.Restatement::beyond) ? Main.FAILED : Main.OK;
    }
  }

  private void say(List<Restatements.Restatement> all) {
    PrintWriter out = spec.commandLine().getOut();
    if (folders.json) {
      out.println(
          Json.write(
              Map.of("restatements", all.stream().map(RestatementsCommand::content).toList())));
      return;
    }
    if (all.isEmpty()) {
      out.println("No value has changed since its cycle ended.");
    }
    all.forEach(it -> print(it, out));
  }

  private void print(Restatements.Restatement it, PrintWriter out) {
    out.printf(
        "%s of %s: %s when it was closed at %s, now %s: %s%s%s%n",
        it.keyResult(),
        it.cycle(),
        it.closed().toPlainString(),
        it.closedAt(),
        it.now().toPlainString(),
        ExplainCommand.signed(it.change()),
        it.percent() == null ? "" : " (%s%%)".formatted(ExplainCommand.signed(it.percent())),
        it.beyond() ? ", beyond the tolerance of %s%%".formatted(tolerance.toPlainString()) : "");
    if (it.why() != null) {
      it.why().parts().forEach(part -> ExplainCommand.print(part, out));
    }
  }

  private static Map<String, @Nullable Object> content(Restatements.Restatement it) {
    Map<String, @Nullable Object> content = new TreeMap<>();
    content.put("keyResult", it.keyResult());
    content.put("cycle", it.cycle());
    content.put("closed", it.closed());
    content.put("closedAt", it.closedAt().toString());
    content.put("now", it.now());
    content.put("change", it.change());
    content.put("percent", it.percent());
    content.put("beyond", it.beyond());
    content.put(
        "causes",
        it.why() == null
            ? List.of()
            : it.why().parts().stream()
                .map(part -> Map.of("cause", part.why().label(), "amount", part.amount()))
                .toList());
    return content;
  }
}
