package io.okrsync;

import io.okrsync.okr.Counted;
import io.okrsync.store.Evidence;
import io.okrsync.store.KeyResultReading;
import io.okrsync.web.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code export population READING --to FILE}. */
@Command(
    name = "population",
    description =
        "Writes the records that one reading counted as CSV, input by input, each with its control"
            + " totals. The number of a reading is in its receipt and in 'status --as-of'.")
final class ExportPopulation implements Callable<Integer> {
  @Parameters(paramLabel = "READING", description = "its number")
  long reading;

  @Mixin ExportTarget target = new ExportTarget();
  @Mixin Folders folders = new Folders();
  @Mixin Database database = new Database();
  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    try (OpenedLedger ledger = OpenedLedger.open(folders, database)) {
      Evidence evidence = ledger.evidence();
      KeyResultReading known = ReceiptCommand.known(reading, evidence, spec);
      ExportedPopulation population = new ExportedPopulation(evidence, ledger.setups());
      List<String> remarks = new ArrayList<>();
      target.csv(
          ledger.store(),
          "population " + reading,
          csv -> remarks.addAll(population.write(known, csv)));
      return say(known, remarks);
    }
  }

  private int say(KeyResultReading it, List<String> remarks) {
    if (folders.json) {
      spec.commandLine()
          .getOut()
          .println(Json.write(Map.of("inputs", it.inputs().size(), "remarks", remarks)));
    } else {
      spec.commandLine()
          .getOut()
          .printf(
              "%s: the records of %s of reading %d of %s%n",
              target.name(),
              Counted.of(it.inputs().size() - remarks.size(), "inputs"),
              it.id(),
              it.keyResult());
      remarks.forEach(spec.commandLine().getErr()::println);
    }
    return remarks.isEmpty() ? Main.OK : Main.FAILED;
  }
}
