package io.okrsync.lint;

import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Objective;
import java.util.ArrayList;
import java.util.List;

/** Gathers what checks find, but for those that are switched off. */
final class Found {
  private final LintSettings settings;
  private final List<Finding> findings = new ArrayList<>();

  Found(LintSettings settings) {
    this.settings = settings;
  }

  void at(Check check, Objective objective, String key, String message) {
    add(new Finding(check, objective.id(), null, key, message));
  }

  void at(Check check, KeyResult keyResult, String key, String message) {
    add(new Finding(check, keyResult.objective(), keyResult.id(), key, message));
  }

  List<Finding> all() {
    return List.copyOf(findings);
  }

  private void add(Finding finding) {
    if (settings.level(finding.check()) != Level.OFF) {
      findings.add(finding);
    }
  }
}
