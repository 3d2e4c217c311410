package io.okrsync.lint;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.okrsync.okr.Counted;
import io.okrsync.okr.Cycle;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Objective;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What is said about objectives: their wording, their owner, and how many there are of what. */
final class ObjectiveChecks {
  private static final Pattern STEPS =
      Pattern.compile(
          "(?:^|\\s)1[.)]\\s|;\\s|,\\s[^,]+,\\s|\\b(?:then|kemudian|lalu)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final int FEWEST_WORDS = 4;
  private static final int SHORTEST_CYCLE = 28;
  private static final int LONGEST_CYCLE = 366;

  private final Limits limits;
  private final Found found;

  ObjectiveChecks(Limits limits, Found found) {
    this.limits = limits;
    this.found = found;
  }

  void all(List<Objective> objectives) {
    Map<List<String>, Long> perOwner =
        objectives.stream().collect(groupingBy(ObjectiveChecks::share, counting()));
    Set<List<String>> counted = new HashSet<>();
    Set<String> cycles = new HashSet<>();
    for (Objective objective : objectives) {
      wording(objective, new Title(objective.title()));
      owner(objective);
      keyResults(objective);
      long count = perOwner.getOrDefault(share(objective), 0L);
      if (count > limits.objectives() && counted.add(share(objective))) {
        String owner = objective.owner();
        found.at(
            Check.OBJECTIVE_COUNT,
            objective,
            "owner",
            "'%s' has %d objectives in this cycle; at most %d keep the focus"
                .formatted(owner, count, limits.objectives()));
      }
      if (cycles.add(objective.cycle().id())) {
        cycle(objective);
      }
    }
  }

  private static List<String> share(Objective objective) {
    return List.of(objective.cycle().id(), objective.owner());
  }

  private void wording(Objective objective, Title title) {
    if (title.hasNumber() || title.text().contains("%")) {
      found.at(Check.OBJECTIVE_NUMBER, objective, "title", "has a number: this is a key result");
    }
    if (!Words.isVerb(title.firstWord())) {
      found.at(
          Check.OBJECTIVE_VERB,
          objective,
          "title",
          "begins with '%s', which is no verb known here: what is to be done?"
              .formatted(title.firstWord()));
    }
    int words = title.words().size();
    if (words < FEWEST_WORDS && title.anyOf(Words.REASONS).isEmpty()) {
      found.at(
          Check.OBJECTIVE_SHORT,
          objective,
          "title",
          "has %s and no reason".formatted(Counted.of(words, "words")));
    }
    if (words > limits.words()) {
      found.at(
          Check.OBJECTIVE_LONG,
          objective,
          "title",
          "has %d words; %d are easier to remember".formatted(words, limits.words()));
    }
    if (!title.hasNumber()) {
      title
          .anyOf(Words.COMPARING)
          .ifPresent(
              word ->
                  found.at(
                      Check.OBJECTIVE_VAGUE,
                      objective,
                      "title",
                      "says '%s' and not when it is enough".formatted(word)));
    }
    title
        .find(STEPS)
        .ifPresent(
            step ->
                found.at(Check.OBJECTIVE_STEPS, objective, "title", "reads like a list of steps"));
  }

  private void owner(Objective objective) {
    String owner = objective.owner().strip().toLowerCase(Locale.ROOT);
    if (Words.NOBODY.contains(owner)) {
      found.at(
          Check.OWNER_MISSING,
          objective,
          "owner",
          "'%s' names nobody who answers for it".formatted(objective.owner()));
    }
  }

  private void keyResults(Objective objective) {
    long count = objective.keyResults().stream().filter(it -> !it.isWatched()).count();
    if (count < limits.keyResultsLeast() || count > limits.keyResultsMost()) {
      found.at(
          Check.KEY_RESULT_COUNT,
          objective,
          "keyResults",
          "has %d key %s; %d to %d are usual"
              .formatted(
                  count,
                  count == 1 ? "result" : "results",
                  limits.keyResultsLeast(),
                  limits.keyResultsMost()));
    }
    if (count > 1 && objective.keyResults().stream().allMatch(ObjectiveChecks::isActivity)) {
      found.at(
          Check.KEY_RESULTS_ALL_ACTIVITIES,
          objective,
          "keyResults",
          "all %d count what is done, none what comes of it".formatted(count));
    }
  }

  private static boolean isActivity(KeyResult keyResult) {
    String verb = new Title(keyResult.title()).firstWord();
    return Words.ACTIVITIES.contains(verb) || Words.LAUNCHES.contains(verb);
  }

  private void cycle(Objective objective) {
    Cycle cycle = objective.cycle();
    long days = ChronoUnit.DAYS.between(cycle.from(), cycle.to()) + 1;
    if (days < SHORTEST_CYCLE || days > LONGEST_CYCLE) {
      found.at(
          Check.CYCLE_LENGTH,
          objective,
          "cycle",
          "cycle %s has %s; a quarter is usual".formatted(cycle.id(), Counted.of(days, "days")));
    }
  }
}
