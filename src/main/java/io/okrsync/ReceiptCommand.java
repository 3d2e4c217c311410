package io.okrsync;

import io.okrsync.audit.CanonicalJson;
import io.okrsync.store.Evidence;
import io.okrsync.store.KeyResultReading;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code receipt}: all that one value was computed from. */
@Command(
    name = "receipt",
    description =
        "Prints the receipt of a reading as canonical JSON: configuration, formula, measures, runs,"
            + " inputs, and the totals and digest of the records behind them.")
final class ReceiptCommand implements Callable<Integer> {
  @Parameters(paramLabel = "READING", description = "its number, as history and explain give it")
  long reading;

  @Mixin Folders folders = new Folders();
  @Mixin Database database = new Database();
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    try (OpenedLedger ledger = OpenedLedger.open(folders, database)) {
      Evidence evidence = ledger.evidence();
      KeyResultReading known = known(reading, evidence, spec);
      Receipts receipts = new Receipts(evidence, ledger.setups());
      spec.commandLine().getOut().println(CanonicalJson.of(receipts.alone(known)));
      return Main.OK;
    }
  }

  static KeyResultReading known(long reading, Evidence evidence, CommandSpec spec) {
    return evidence
        .reading(reading)
        .orElseThrow(
            () -> new ParameterException(spec.commandLine(), "there is no reading " + reading));
  }
}
