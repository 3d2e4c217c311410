package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random histories of a tool whose list shifts while it is read, and of a service that is killed,
 * configured otherwise and asked for anything meanwhile: what counts is compared with the truth
 * after each run, and when the tool has stood still for some days. The short form takes a few
 * histories, the long form ({@code -Dfaults=true}) thousands, or {@code -Dlooks.histories} from
 * {@code -Dlooks.first}; a failure is told with the fewest steps that lead to it.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class LooksHistoryTest {
  private static final int FEW = 15;
  private static final int MANY = 4000;

  /** Histories share a service, which takes as long to start as a history. */
  private static final int AT_ONCE = 25;

  private static final int FEWEST_STEPS = 8;
  private static final int MORE_STEPS = 16;

  @TempDir Path folder;
  private int attempts;

  @Test
  void whatever_happened_what_counts_is_true() {
    long first = Long.getLong("looks.first", 1);
    long end = first + Long.getLong("looks.histories", Boolean.getBoolean("faults") ? MANY : FEW);
    for (long from = first; from < end; from += AT_ONCE) {
      Path own = folder.resolve(String.valueOf(from));
      try (LookedAtService setting = new LookedAtService(own)) {
        for (long seed = from; seed < Math.min(end, from + AT_ONCE); seed++) {
          assertThat(failure(setting, seed)).isNull();
        }
      }
      assertThat(new Workspace(own).findings()).as("histories from %d", from).isEmpty();
    }
  }

  private @Nullable String failure(LookedAtService setting, long seed) {
    Random random = new Random(seed);
    int steps = FEWEST_STEPS + random.nextInt(MORE_STEPS);
    List<Long> all = random.longs(steps).boxed().toList();
    String failure = failure(setting, seed, all);
    return failure == null ? null : shortest(setting, seed, all, failure);
  }

  private @Nullable String failure(LookedAtService setting, long seed, List<Long> steps) {
    LooksHistory history = new LooksHistory(setting, "source" + ++attempts, seed);
    return history.failure(steps).map(it -> "seed %d: %s".formatted(seed, it)).orElse(null);
  }

  /** Of the same kind, without each step that it does not need. */
  private String shortest(LookedAtService setting, long seed, List<Long> steps, String failure) {
    List<Long> left = new ArrayList<>(steps);
    String shortest = failure;
    for (int i = left.size() - 1; i >= 0; i--) {
      List<Long> fewer = new ArrayList<>(left);
      fewer.remove(i);
      String again = failure(setting, seed, fewer);
      if (again != null && kind(again).equals(kind(failure))) {
        left = fewer;
        shortest = again;
      }
    }
    return shortest;
  }

  private static String kind(String failure) {
    return failure.split(":")[1];
  }
}
