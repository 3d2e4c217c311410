package io.okrsync;

import io.okrsync.audit.Checkpoint;
import io.okrsync.store.Store;
import io.okrsync.web.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code checkpoint}: signs where the audit log ends now. */
@Command(
    name = "checkpoint",
    description = "Signs where the audit log ends now, so that a later cut is found.")
final class CheckpointCommand implements Callable<Integer> {
  @Mixin Folders folders = new Folders();
  @Mixin Database database = new Database();
  @Mixin Sealing sealing = new Sealing();
  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Path data = folders.dataOr("data");
    try (Store store = Store.open(database.existing(data))) {
      Optional<Checkpoint> made = sealing.seal(store, data, Main.clock()::instant);
      sealing.warning(data).ifPresent(spec.commandLine().getErr()::println);
      if (made.isPresent()) {
        sealing.replaced(data).ifPresent(spec.commandLine().getErr()::println);
      }
      if (folders.json) {
        out.println(made.map(Checkpoint::line).orElse(Json.write(Map.of("unchanged", true))));
      } else {
        out.println(
            made.map(
                    it ->
                        "Entry %d is signed by key %s. Keep a copy of the checkpoints elsewhere."
                            .formatted(it.sequence(), it.keyId()))
                .orElse("Nothing happened since the last checkpoint."));
      }
      return Main.OK;
    }
  }
}
