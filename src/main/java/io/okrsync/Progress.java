package io.okrsync;

import io.okrsync.sync.SyncRun;
import java.io.PrintWriter;

/**
 * Shows how far a long run has come: one line that counts up on a terminal, and nothing in a pipe.
 */
final class Progress {
  private final PrintWriter to;
  private final boolean terminal = System.console() != null;

  Progress(PrintWriter to) {
    this.to = to;
  }

  void page(SyncRun run) {
    if (!terminal) {
      return;
    }
    String total = run.counts().total() == null ? "" : " of " + run.counts().total();
    boolean one = run.counts().read() == 1 && total.isEmpty();
    to.printf(
        "\r%-20s %,d%s %s read", run.source(), run.counts().read(), total, one ? "item" : "items");
    to.flush();
  }

  void end() {
    if (terminal) {
      to.print("\r\u001b[K");
      to.flush();
    }
  }
}
