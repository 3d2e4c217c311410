package io.okrsync.web;

import io.okrsync.okr.CheckIn;
import io.okrsync.okr.Initiatives;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Standing;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the page of a key result says first, as lines for a terminal. */
public final class KeyResultText {
  private KeyResultText() {}

  /**
   * @param checkIns newest first
   */
  public static String of(KeyResultDetail detail, List<CheckIn> checkIns, Instant now) {
    Standing standing = detail.standing();
    KeyResult keyResult = standing.keyResult();
    Moments moments = new Moments(now, keyResult.cycle().zone());
    GoalText goal = new GoalText(standing);
    return Stream.<@Nullable String>of(
            "%s  (%s)".formatted(keyResult.title(), standing.status().label()),
            Amount.of(standing).text() + ", asked for: " + goal.asked(),
            done(standing),
            goal.margin(),
            GoalText.terms(standing),
            detail.forecast().map(it -> Sentences.forecast(it, keyResult)).orElse(null),
            goal.baseline(moments),
            String.join("\n  ", goal.notes(moments)),
            parts(standing),
            detail.initiatives().map(KeyResultText::initiatives).orElse(null),
            standing.missing(),
            standing.reason(),
            checkIns.stream().findFirst().map(KeyResultText::said).orElse(null),
            checkIns.stream()
                .findFirst()
                .flatMap(it -> it.disagreement(standing.status()))
                .orElse(null))
        .filter(line -> line != null && !line.isEmpty())
        .collect(Collectors.joining("\n  "));
  }

  /** What each key result adds, where the value is the score of an objective. */
  private static @Nullable String parts(Standing standing) {
    RollUpView rollUp = RollUpView.of(standing);
    return rollUp == null
        ? null
        : rollUp.parts().stream()
            .map(
                it ->
                    "  %s of it from: %s (weight %s, score %s, %s)"
                        .formatted(
                            it.adds(), it.title(), it.weight(), it.score(), it.status().label()))
            .collect(Collectors.joining("\n  "));
  }

  private static String initiatives(Initiatives all) {
    return Stream.of("initiatives: " + InitiativesView.sums(all), InitiativesView.urgent(all))
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("\n  "));
  }

  private static @Nullable String done(Standing standing) {
    return standing.progress() == null
        ? null
        : "%s done, %s expected by now"
            .formatted(Figures.percent(standing.progress()), Figures.percent(standing.expected()));
  }

  private static String said(CheckIn said) {
    return "%s said: confidence %s".formatted(said.by(), said.inWords());
  }
}
