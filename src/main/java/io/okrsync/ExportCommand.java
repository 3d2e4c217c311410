package io.okrsync;

import io.okrsync.audit.CheckpointKey;
import io.okrsync.store.Evidence;
import io.okrsync.web.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code export}: what others need who have no access here. */
@Command(
    name = "export",
    description = "Writes what is stored into files for others.",
    subcommands = {
      ExportCommand.OfEvidence.class,
      ExportPopulation.class,
      ExportRuns.class,
      ExportMappings.class,
      ExportAccess.class
    })
final class ExportCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to export: evidence, population, runs, mappings or access");
  }

  /** {@code export evidence --to FILE}. */
  @Command(
      name = "evidence",
      description =
          "Writes one signed archive with the log, runs, configurations, readings and the records"
              + " behind them; 'verify FILE' and src/verifier/Verify.java check it.")
  static final class OfEvidence implements Callable<Integer> {
    @Mixin ExportTarget target = new ExportTarget();
    @Mixin Folders folders = new Folders();
    @Mixin Database database = new Database();
    @Mixin Sealing sealing = new Sealing();
    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      Path data = folders.dataOr("data");
      try (OpenedLedger ledger = OpenedLedger.open(folders, database)) {
        sealing.seal(ledger.store(), data, Main.clock()::instant);
        Evidence evidence = ledger.evidence();
        EvidencePack pack = new EvidencePack(evidence, ledger.setups());
        say(
            target.write(ledger.store(), "evidence", out -> write(pack, data, out)),
            sealing.key(data));
        sealing.warning(data).ifPresent(spec.commandLine().getErr()::println);
        sealing.replaced(data).ifPresent(spec.commandLine().getErr()::println);
        return Main.OK;
      }
    }

    private EvidencePack.Written write(EvidencePack pack, Path data, OutputStream out)
        throws IOException {
      return pack.write(
          out,
          sealing.checkpoints(data).read(Set.of()).checkpoints(),
          sealing.key(data),
          Main.clock().instant().truncatedTo(ChronoUnit.MICROS));
    }

    private void say(EvidencePack.Written written, CheckpointKey key) {
      PrintWriter out = spec.commandLine().getOut();
      if (folders.json) {
        out.println(Json.write(written));
        return;
      }
      out.printf("%s: %s, signed by key %s%n", target.name(), written, key.id());
    }
  }
}
