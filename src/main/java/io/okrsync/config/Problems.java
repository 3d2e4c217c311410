package io.okrsync.config;

import io.okrsync.okr.Counted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers all that is wrong while the files are read, and prints it for a person. */
public final class Problems {
  static final Comparator<Problem> BY_PLACE =
      Comparator.comparing(Problem::file)
          .thenComparingInt(Problem::line)
          .thenComparingInt(Problem::column);

  private final List<Problem> all = new ArrayList<>();

  /** Numbered, and at the end how many there are. */
  public static String text(List<Problem> problems) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < problems.size(); i++) {
      String number = (i + 1) + ". ";
      String rest = problems.get(i).toString().replace("\n", "\n" + " ".repeat(number.length()));
      text.append(number).append(rest).append("\n");
    }
    String count = Counted.of(problems.size(), "problems");
    return text.append("\n").append(count).append("; nothing was changed\n").toString();
  }

  void add(Place place, String message) {
    add(place, message, null);
  }

  void add(Place place, String message, @Nullable String hint) {
    add(place.problem(message, hint));
  }

  void add(Problem problem) {
    all.add(problem);
  }

  int count() {
    return all.size();
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** By file, then from top to bottom. */
  List<Problem> sorted() {
    return all.stream().sorted(BY_PLACE).toList();
  }
}
