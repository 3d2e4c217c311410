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

  /** Does what reads a table, or a row; what it throws is told, and the check goes on. */
  void note(String place, Runnable reading) {
    try {
      reading.run();
    } catch (StoreUnavailable gone) {
      throw gone;
    } catch (RuntimeException broken) {
      told(place, broken);
    }
  }

  /** What was thrown when somebody tried. */
  void told(String place, RuntimeException broken) {
    findings.add(new Finding(place, "cannot be read: " + broken.getMessage()));
  }
}
