package io.okrsync.lint;

import io.okrsync.okr.Objective;
import java.util.List;

/** Makes the checks. */
public final class Lint {
  private Lint() {}

  /** What the checks that are not off find, first about objectives, then about key results. */
  public static List<Finding> check(List<Objective> objectives, LintSettings settings) {
    Found found = new Found(settings);
    new ObjectiveChecks(settings.limits(), found).all(objectives);
    new KeyResultChecks(settings.limits(), found).all(objectives);
    return found.all();
  }
}
