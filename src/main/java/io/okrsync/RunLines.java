package io.okrsync;

import io.okrsync.sync.SyncRun;
import java.io.PrintWriter;
import java.time.Instant;

/** How the commands say what became of runs. */
final class RunLines {
  private RunLines() {}

  /** One line; a second one where a run would go on by itself, had the process not ended. */
  static void print(SyncRun run, Instant now, PrintWriter out) {
    out.printf("%-20s run %d  %s%n", run.source(), run.id(), run.inWords());
    if (run.waits(now)) {
      out.printf("%-20s where no 'serve' is running, run 'sync %s' then%n", "", run.source());
    }
    out.flush();
  }
}
