package io.okrsync;

import io.okrsync.sync.Outcome;
import io.okrsync.sync.SyncRun;
import java.io.PrintWriter;
import java.time.Instant;

/** How the commands say what became of runs. */
final class RunLines {
  private RunLines() {}

  /** What is to be done about one that is held. */
  static String toDecide(SyncRun run) {
    return "nothing of it is published until you decide: 'okr-sync release %1$d --reason TEXT' or 'okr-sync discard %1$d --reason TEXT'"
        .formatted(run.id());
  }

  /** One line; a second one where a run would go on by itself, had the process not ended. */
  static void print(SyncRun run, Instant now, PrintWriter out) {
    out.printf("%-20s run %d  %s%n", run.source(), run.id(), run.inWords());
    if (run.waits(now)) {
      out.printf(
          "%-20s where no 'serve' is running, run 'okr-sync sync %s' then%n", "", run.source());
    }
    if (run.outcome() == Outcome.HELD) {
      out.printf("%-20s %s%n", "", toDecide(run));
    }
    out.flush();
  }
}
