package io.okrsync;

import io.okrsync.audit.Finding;
import io.okrsync.store.StoreUnavailable;
import java.util.List;

/** Rows that cannot even be read, because somebody made them what they cannot be, are a finding. */
final class Unreadable {
  private final List<Finding> findings;

  Unreadable(List<Finding> findings) {
    this.findings = findings;
  }

  /** Does what reads a table; what it throws is told, and the check goes on. */
  void note(String table, Runnable reading) {
    try {
      reading.run();
    } catch (StoreUnavailable gone) {
      throw gone;
    } catch (RuntimeException broken) {
      findings.add(new Finding(table, "cannot be read: " + broken.getMessage()));
    }
  }
}
