package io.okrsync;

import io.okrsync.audit.Finding;
import io.okrsync.okr.Counted;
import io.okrsync.okr.KeyResult;
import io.okrsync.store.Evidence;
import io.okrsync.store.KeyResultReading;
import io.okrsync.web.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay}: computes values again from what is stored, and compares to the last digit. */
@Command(
    name = "replay",
    description =
        "Computes values again from the stored records and configurations of then, and compares to"
            + " the last digit; without arguments all of them.")
final class ReplayCommand implements Callable<Integer> {
  /** As typed: of any number of numbers, picocli calls a word one argument too many. */
  @Parameters(paramLabel = "READING", description = "only these, by their numbers")
  List<String> typed = List.of();

  @Option(names = "--cycle", paramLabel = "ID", description = "only those of this cycle")
  @Nullable String cycle;

  @Mixin Folders folders = new Folders();
  @Mixin Database database = new Database();
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    List<Long> wanted = typed.stream().map(this::number).toList();
    try (OpenedLedger ledger = OpenedLedger.open(folders, database)) {
      Evidence evidence = ledger.evidence();
      StoredSetups setups = ledger.setups();
      refuseUnknown(wanted, evidence, setups);
      Replay replay = new Replay(evidence, setups);
      List<Finding> findings = new ArrayList<>();
      List<Long> replayed = new ArrayList<>();
      PrunedInputs pruned = new PrunedInputs(evidence.prunings(), setups);
      evidence.readings(
          reading -> {
            if ((wanted.isEmpty() || wanted.contains(reading.id())) && isOfCycle(reading, setups)) {
              replayed.add(reading.id());
              pruned.look(reading);
              replay
                  .differences(reading)
                  .forEach(it -> findings.add(new Finding("reading " + reading.id(), it)));
            }
          });
      say(replayed.size(), findings, pruned);
      return findings.isEmpty() && !replayed.isEmpty() ? Main.OK : Main.FAILED;
    }
  }

  private long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException none) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for READING: '%s' is not a whole number".formatted(text),
          none);
    }
  }

  private void refuseUnknown(List<Long> wanted, Evidence evidence, StoredSetups setups) {
    if (cycle != null) {
      RestatementsCommand.refuseUnknown(cycle, new Restatements(evidence, setups).cycles(), spec);
    }
    for (long reading : wanted) {
      if (!isOfCycle(ReceiptCommand.known(reading, evidence, spec), setups)) {
        throw new ParameterException(
            spec.commandLine(), "reading %d is not of cycle '%s'".formatted(reading, cycle));
      }
    }
  }

  private boolean isOfCycle(KeyResultReading reading, StoredSetups setups) {
    return cycle == null
        || setups
            .version(reading.configVersion())
            .keyResult(reading.keyResult())
            .map(KeyResult::cycle)
            .filter(it -> it.id().equals(cycle))
            .isPresent();
  }

  private void say(int replayed, List<Finding> findings, PrunedInputs pruned) {
    PrintWriter out = spec.commandLine().getOut();
    if (folders.json) {
      out.println(
          Json.write(
              Map.of(
                  "replayed", replayed, "findings", findings, "withoutBodies", pruned.readings())));
      return;
    }
    findings.forEach(out::println);
    pruned.inWords().forEach(out::println);
    if (replayed == 0) {
      out.println("There is no such reading.");
      return;
    }
    out.printf(
        "Computed %s again: %s%n",
        Counted.of(replayed, "readings"),
        findings.isEmpty()
            ? "each is the same to the last digit."
            : Finding.counted(findings.size()) + ".");
  }
}
