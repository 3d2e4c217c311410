package io.okrsync.lint;

import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Milestone;
import io.okrsync.okr.Objective;
import io.okrsync.okr.Reach;
import io.okrsync.okr.Target;
import io.okrsync.okr.Way;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What is said about the sentence of a key result, and about its numbers. */
final class KeyResultChecks {
  private static final BigDecimal HUNDRED = new BigDecimal(100);
  private static final Pattern JOINED =
      Pattern.compile("\\s(?:and|then|plus|dan|lalu|serta|kemudian|sekaligus|&)\\s|;\\s");
  private static final Pattern TASKS =
      Pattern.compile(
          "(?:^|\\s)1[.)]\\s|,\\s[^,]+,\\s|;\\s[^;]+;\\s|(?:^|\\s)[-*•]\\s.*\\s[-*•]\\s");

  /** By how much, as a share: {@code by 20%}, {@code sebesar 20 persen}. */
  private static final Pattern BY_PERCENT =
      Pattern.compile(
          "(?:\\bby|\\bsebesar|\\bsebanyak)\\s+(?:\\p{L}+\\s+)?[+-]?\\d[\\d.,]*\\s*(?:%|per"
              + " ?cent|persen)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern RELATIVE =
      Pattern.compile(
          "\\b(?:than|more|fewer|less|by|times|twice|double|triple|lebih|daripada|dibanding\\p{L}*|sebesar|kali|gandakan)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern POINTS =
      Pattern.compile("\\b(?:points?|pp|poin)\\b", Pattern.CASE_INSENSITIVE);

  private final Limits limits;
  private final Found found;

  KeyResultChecks(Limits limits, Found found) {
    this.limits = limits;
    this.found = found;
  }

  void all(List<Objective> objectives) {
    Map<String, String> titles = new HashMap<>();
    for (Objective objective : objectives) {
      for (KeyResult keyResult : objective.keyResults()) {
        Title title = new Title(keyResult.title());
        owner(keyResult);
        repeated(keyResult, titles);
        deeds(keyResult, title);
        wording(keyResult, title);
        comparison(keyResult, title);
        change(keyResult);
        numbers(keyResult, title);
      }
    }
  }

  private void owner(KeyResult keyResult) {
    if (keyResult.terms().owner().isEmpty()) {
      at(Check.KEY_RESULT_OWNER, keyResult, "has no owner of its own");
    }
  }

  private void repeated(KeyResult keyResult, Map<String, String> titles) {
    String first =
        titles.putIfAbsent(
            keyResult.cycle().id() + " " + keyResult.title().strip().toLowerCase(Locale.ROOT),
            keyResult.id());
    if (first != null) {
      at(Check.KEY_RESULT_REPEATED, keyResult, "says the same as '%s'".formatted(first));
    }
  }

  private void deeds(KeyResult keyResult, Title title) {
    String verb = title.firstWord();
    if (Words.ACTIVITIES.contains(verb)) {
      at(
          Check.KEY_RESULT_ACTIVITY,
          keyResult,
          "'%s' is what is done: what should come of it?".formatted(verb));
    }
    if (Words.LAUNCHES.contains(verb)) {
      at(
          Check.KEY_RESULT_LAUNCH,
          keyResult,
          "'%s' ends on the day of the launch: what should it bring?".formatted(verb));
    }
  }

  private void wording(KeyResult keyResult, Title title) {
    title
        .anyOf(Words.VAGUE)
        .ifPresent(
            word ->
                at(
                    Check.KEY_RESULT_VAGUE,
                    keyResult,
                    "'%s' is not measured: what is counted?".formatted(word)));
    if (title.anyOf(Words.METRIC).isEmpty()) {
      title
          .anyOf(Words.NO_METRIC)
          .ifPresent(
              word ->
                  at(
                      Check.KEY_RESULT_NO_METRIC,
                      keyResult,
                      "'%s' is no metric: which number shows it?".formatted(word)));
    }
    title
        .find(JOINED)
        .ifPresent(
            word ->
                at(
                    Check.KEY_RESULT_TWO_CONDITIONS,
                    keyResult,
                    "'%s' joins two conditions: make it two key results".formatted(word)));
    if (title.find(TASKS).isPresent()) {
      at(Check.KEY_RESULT_TASK_LIST, keyResult, "reads like a list of tasks");
    }
    if (title.words().size() > limits.words()) {
      at(
          Check.KEY_RESULT_LONG,
          keyResult,
          "has %d words; %d say it better".formatted(title.words().size(), limits.words()));
    }
  }

  private void comparison(KeyResult keyResult, Title title) {
    String by = title.find(BY_PERCENT).orElse(null);
    if (by == null) {
      return;
    }
    if (title.anyOf(Words.STARTS).isEmpty()) {
      at(
          Check.KEY_RESULT_NO_COMPARISON,
          keyResult,
          "says '%s' and not compared with what".formatted(by));
    }
    if (keyResult.unit().equals("%") && title.find(POINTS).isEmpty()) {
      at(
          Check.KEY_RESULT_POINTS_OR_PERCENT,
          keyResult,
          "'%s' of a value in %% may be points or a share of the start".formatted(by));
    }
  }

  private void change(KeyResult keyResult) {
    if (keyResult.unit().equals("%")
        && keyResult.goal() instanceof Reach reach
        && reach.target().kind() == Target.Kind.PERCENT) {
      String number = reach.target().amount().stripTrailingZeros().toPlainString();
      found.at(
          Check.KEY_RESULT_POINTS_OR_PERCENT,
          keyResult,
          "target",
          "is a share of the baseline%s; points would be %s%s points"
              .formatted(
                  reach.baseline() == null
                      ? ""
                      : ", so it comes to %s%%"
                          .formatted(
                              reach
                                  .target()
                                  .from(reach.baseline())
                                  .stripTrailingZeros()
                                  .toPlainString()),
                  reach.target().amount().signum() > 0 ? "+" : "",
                  number));
    }
  }

  private void numbers(KeyResult keyResult, Title title) {
    if (keyResult.goal() instanceof Milestone
        || keyResult.isWatched()
        || keyResult.terms().child().isPresent()) {
      return; // none of them asks for a number
    }
    Way way = keyResult.typedCourse().orElse(null) instanceof Way typed ? typed : null;
    if (!title.hasNumber()) {
      at(Check.KEY_RESULT_NO_NUMBER, keyResult, "names no number");
    } else if (way != null && !title.names(way.target()) && title.find(RELATIVE).isEmpty()) {
      at(
          Check.KEY_RESULT_OTHER_NUMBER,
          keyResult,
          "does not name the target, %s".formatted(way.target().toPlainString()));
    }
    if (keyResult.unit().equals("%")) {
      found.at(
          Check.KEY_RESULT_PERCENTAGE,
          keyResult,
          "unit",
          "is a percentage: could the number itself be the key result?");
    }
    if (way == null) {
      return;
    }
    BigDecimal baseline = way.baseline();
    if (baseline.signum() == 0 && Words.CHANGES.contains(title.firstWord())) {
      found.at(
          Check.BASELINE_MISSING,
          keyResult,
          "baseline",
          "is 0, though '%s' asks where it stands now".formatted(title.firstWord()));
    }
    if (baseline.signum() != 0 && tooNear(keyResult.unit(), way)) {
      found.at(
          Check.TARGET_NOT_AMBITIOUS,
          keyResult,
          "target",
          "is less than %s%% away from the baseline"
              .formatted(limits.ambition().multiply(HUNDRED).stripTrailingZeros().toPlainString()));
    }
  }

  /** Of a percentage near 100 it is what is missing that counts: 98 to 99 halves the failures. */
  private boolean tooNear(String unit, Way way) {
    BigDecimal start = way.baseline().abs();
    BigDecimal base =
        unit.equals("%") && start.compareTo(HUNDRED) < 0
            ? start.min(HUNDRED.subtract(start))
            : start;
    BigDecimal distance = way.target().subtract(way.baseline()).abs();
    return distance.compareTo(base.multiply(limits.ambition())) < 0;
  }

  private void at(Check check, KeyResult keyResult, String message) {
    found.at(check, keyResult, "title", message);
  }
}
