package io.okrsync;

import io.okrsync.measure.Contribution;
import io.okrsync.measure.Window;
import io.okrsync.okr.Input;
import io.okrsync.store.ContributionRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The records that an input by keys took, found again in the populations of a pack. */
final class PackSelection {
  private final Map<String, List<ContributionRow>> populations;

  /**
   * @param populations by the version of the measure
   */
  PackSelection(Map<String, List<ContributionRow>> populations) {
    this.populations = populations;
  }

  List<Contribution> of(Input input, long run, JsonLine stated) {
    @Nullable String key = stated.textOrNull("key");
    Predicate<Contribution> ofKey = key == null ? it -> true : it -> key.equals(it.keyOrEmpty());
    return selected(input.version(), Movements.window(input), run, stated)
        .orElse(List.of())
        .stream()
        .filter(ofKey)
        .toList();
  }

  /** Those of a measure that were true at the run, in the window. */
  static List<Contribution> counting(List<ContributionRow> population, Window window, long run) {
    return population.stream()
        .filter(it -> it.isTrueAt(run))
        .map(ContributionRow::contribution)
        .filter(window::holds)
        .toList();
  }

  /** Whether an input that takes the records of one key is called so. */
  static boolean isNamed(String input, String key) {
    return input.endsWith(key.isEmpty() ? "[no key]" : "['" + key + "']");
  }

  /** Empty where the source of one of the measures had not been read. */
  private Optional<List<Contribution>> selected(
      String version, Window window, long run, JsonLine stated) {
    List<Contribution> selected =
        counting(populations.getOrDefault(version, List.of()), window, run);
    for (JsonLine among : stated.objects("among")) {
      Long seen = among.numberOrNull("run");
      if (seen == null) {
        return Optional.empty();
      }
      Window its = new Window(among.moment("from"), among.moment("to"));
      Optional<List<Contribution>> others = selected(among.text("version"), its, seen, among);
      if (others.isEmpty()) {
        return Optional.empty();
      }
      Set<@Nullable String> keys =
          others.get().stream().map(Contribution::key).collect(Collectors.toSet());
      boolean inside = among.isTrue("inside");
      selected = selected.stream().filter(it -> it.isAmong(keys, inside)).toList();
    }
    return Optional.of(selected);
  }
}
