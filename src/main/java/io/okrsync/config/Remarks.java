package io.okrsync.config;

import io.okrsync.lint.Check;
import io.okrsync.lint.Finding;
import io.okrsync.lint.Level;
import io.okrsync.lint.Limits;
import io.okrsync.lint.Lint;
import io.okrsync.lint.LintSettings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code lint.yaml} and tells where in the files the findings of the checks stand. */
final class Remarks {
  private final LintSettings settings;
  private final Context context;

  /**
   * @param file empty where there is none, and then everything is as it comes
   */
  Remarks(Optional<Section> file, Context context) {
    this.context = context;
    this.settings = file.map(this::settings).orElse(LintSettings.STANDARD);
  }

  /** What is an error is reported as a problem instead. */
  List<Remark> about(Objectives objectives) {
    List<Remark> remarks = new ArrayList<>();
    for (Finding finding : Lint.check(objectives.all(), settings)) {
      Check check = finding.check();
      Level level = settings.level(check);
      Place place = objectives.place(finding.objective(), finding.keyResult(), finding.key());
      if (level == Level.ERROR) {
        context
            .problems()
            .add(place, finding.message() + " (" + check.label() + ")", check.reason());
      } else {
        remarks.add(
            new Remark(check.label(), level, place.problem(finding.message(), check.reason())));
      }
    }
    return remarks;
  }

  private LintSettings settings(Section file) {
    Map<Check, Level> levels = new EnumMap<>(Check.class);
    file.get(LintKeys.CHECKS_KEY)
        .ifPresent(
            section ->
                LintKeys.CHECK_KEYS.forEach(
                    (check, key) -> section.get(key).ifPresent(level -> levels.put(check, level))));
    return new LintSettings(
        levels, file.get(LintKeys.LIMITS_KEY).flatMap(this::limits).orElse(Limits.STANDARD));
  }

  private Optional<Limits> limits(Section section) {
    Limits standard = Limits.STANDARD;
    return section.make(
        context,
        () ->
            new Limits(
                section.get(LintKeys.OBJECTIVES).orElse(standard.objectives()),
                section.get(LintKeys.KEY_RESULTS_LEAST).orElse(standard.keyResultsLeast()),
                section.get(LintKeys.KEY_RESULTS_MOST).orElse(standard.keyResultsMost()),
                section.get(LintKeys.WORDS).orElse(standard.words()),
                section.get(LintKeys.AMBITION).orElse(standard.ambition())));
  }
}
