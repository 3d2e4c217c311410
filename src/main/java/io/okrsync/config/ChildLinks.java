package io.okrsync.config;

import io.okrsync.okr.Cycle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks which objectives rest on which: each is there, is graded in time, and in no circle. */
final class ChildLinks {
  /**
   * A key result that names an objective.
   *
   * @param from the objective to which it belongs
   * @param to the objective whose score is its value
   * @param until the cycle at whose end it is graded
   */
  private record Link(String from, String keyResult, String to, Cycle until, Place place) {
    /** Such as {@code 'grow' (key result 'sales', config/okrs/q4.yaml, line 12)}. */
    String inWords() {
      return "'%s' (key result '%s', %s, line %d)"
          .formatted(from, keyResult, place.file().shownName(), place.line());
    }
  }

  private final Context context;
  private final List<Link> links = new ArrayList<>();

  ChildLinks(Context context) {
    this.context = context;
  }

  /**
   * @param graded the cycle of the key result
   */
  void add(Section section, String objective, Cycle graded) {
    section
        .get(OkrKeys.CHILD)
        .ifPresent(
            child ->
                links.add(
                    new Link(
                        objective,
                        section.get(OkrKeys.KEY_RESULT_ID).orElse("unknown"),
                        child,
                        graded,
                        section.place(OkrKeys.CHILD.name()))));
  }

  /**
   * @param objectives all that were read, by id, with problems or without
   * @param cycles the cycles of those where it is known
   */
  void check(Set<String> objectives, Map<String, Cycle> cycles) {
    for (Link link : links) {
      if (!objectives.contains(link.to)) {
        context
            .problems()
            .add(
                link.place,
                "no objective is called '%s'".formatted(link.to),
                Names.hint(link.to, List.copyOf(objectives)));
      }
      Cycle child = cycles.get(link.to);
      if (child != null && child.end().isAfter(link.until.end())) {
        context
            .problems()
            .add(
                link.place,
                "objective '%s' ends %s, after this key result is graded (%s)"
                    .formatted(link.to, child.to(), link.until.to()),
                "point to one whose cycle ends no later; cycles within a cycle are fine");
      }
    }
    circles();
  }

  /** Each circle is told once, where it begins in the order of the files. */
  private void circles() {
    Set<String> told = new HashSet<>();
    for (Link link : links) {
      if (told.contains(link.from)) {
        continue;
      }
      way(link.to, link.from)
          .ifPresent(
              back -> {
                List<Link> circle = new ArrayList<>(List.of(link));
                circle.addAll(back);
                circle.forEach(it -> told.add(it.from));
                context
                    .problems()
                    .add(
                        link.place,
                        "objective '%s' would be counted in itself: %s -> '%s'"
                            .formatted(
                                link.from,
                                circle.stream()
                                    .map(Link::inWords)
                                    .collect(Collectors.joining(" -> ")),
                                link.from),
                        "take out one 'child' of them");
              });
    }
  }

  /** The shortest way along links from one objective to another. */
  private Optional<List<Link>> way(String from, String to) {
    Map<String, List<Link>> ways = new HashMap<>(Map.of(from, List.of()));
    Deque<String> next = new ArrayDeque<>(List.of(from));
    while (!next.isEmpty()) {
      String at = next.remove();
      List<Link> way = ways.getOrDefault(at, List.of());
      if (at.equals(to)) {
        return Optional.of(way);
      }
      for (Link link : links) {
        if (link.from.equals(at) && !ways.containsKey(link.to)) {
          List<Link> longer = new ArrayList<>(way);
          longer.add(link);
          ways.put(link.to, longer);
          next.add(link.to);
        }
      }
    }
    return Optional.empty();
  }
}
