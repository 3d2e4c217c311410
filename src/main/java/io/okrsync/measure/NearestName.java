package io.okrsync.measure;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant: {@code closed} for {@code clsoed}. */
public final class NearestName {
  /** A beginning of fewer letters is one of too many names. */
  private static final int FEWEST = 4;

  private NearestName() {}

  /**
   * The nearest of the known names, if one is near enough to be meant; otherwise the only one that
   * begins like it, such as {@code freshness} for {@code fresh}.
   */
  public static Optional<String> to(String wrong, Collection<String> known) {
    return known.stream()
        .filter(name -> distance(wrong, name) <= Math.max(1, name.length() / 3))
        .min(Comparator.comparingInt(name -> distance(wrong, name)))
        .or(() -> begunAlike(wrong, known));
  }

  private static Optional<String> begunAlike(String wrong, Collection<String> known) {
    List<String> alike =
        known.stream().filter(name -> begins(wrong, name) || begins(name, wrong)).toList();
    return alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty();
  }

  private static boolean begins(String beginning, String name) {
    return beginning.length() >= FEWEST
        && name.toLowerCase(Locale.ROOT).startsWith(beginning.toLowerCase(Locale.ROOT));
  }

  /** How many letters must be changed, added, dropped or swapped with their neighbour. */
  private static int distance(String first, String second) {
    String a = first.toLowerCase(Locale.ROOT);
    String b = second.toLowerCase(Locale.ROOT);
    int[][] costs = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        costs[i][j] = i == 0 || j == 0 ? i + j : cheapest(costs, a, b, i, j);
      }
    }
    return costs[a.length()][b.length()];
  }

  private static int cheapest(int[][] costs, String a, String b, int i, int j) {
    int change = costs[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int cheapest = Math.min(change, Math.min(costs[i - 1][j], costs[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(cheapest, costs[i - 2][j - 2] + 1) : cheapest;
  }
}
