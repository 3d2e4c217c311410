package io.okrsync;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code serve}: schedules, pages and REST. */
@Command(name = "serve", description = "Runs the schedules and serves pages and REST.")
final class ServeCommand implements Callable<Integer> {
  @Mixin Folders folders = new Folders();
  @Mixin Database database = new Database();
  @Mixin Serving serving = new Serving();
  @Mixin Sealing sealing = new Sealing();
  @Spec CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    serving.sealing(sealing);
    serving.serve(
        folders,
        database.settings(folders.dataOr("data")),
        System::getenv,
        Main.clock(),
        null,
        spec.commandLine().getOut());
    return Main.OK;
  }
}
