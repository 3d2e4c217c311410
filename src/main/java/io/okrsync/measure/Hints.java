package io.okrsync.measure;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What to try instead. */
final class Hints {
  /** How each function is called. */
  static final Map<String, String> USAGE =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("abs", "abs(value)"),
              Map.entry("average", "average(each(deals_won, 'month'))"),
              Map.entry("all", "labels.all(l, l != 'bug')"),
              Map.entry("contains", "title.contains('renewal')"),
              Map.entry("days", "days(wonAt - createdAt)"),
              Map.entry("duration", "duration('30d')"),
              Map.entry("endsWith", "title.endsWith('!')"),
              Map.entry("exists", "labels.exists(l, l == 'bug')"),
              Map.entry("exists_one", "labels.exists_one(l, l == 'bug')"),
              Map.entry("filter", "labels.filter(l, l != 'bug')"),
              Map.entry("has", "has(custom.tier)"),
              Map.entry("hours", "hours(resolvedAt - createdAt)"),
              Map.entry("lower", "lower(title)"),
              Map.entry("map", "labels.map(l, lower(l))"),
              Map.entry("matches", "title.matches('^renewal')"),
              Map.entry("max", "max(value, 0)"),
              Map.entry("min", "min(value, 1000)"),
              Map.entry("median", "median(each(deals_won, 'week'))"),
              Map.entry("number", "number(custom.points)"),
              Map.entry("percentile", "percentile(each(deals_won, 'day'), 90)"),
              Map.entry("round", "round(value) or round(value, 2)"),
              Map.entry("size", "size(labels)"),
              Map.entry("sum", "sum(each(deals_won, 'month'))"),
              Map.entry("startsWith", "title.startsWith('Renewal')"),
              Map.entry("timestamp", "timestamp('2026-10-01', 'Asia/Jakarta')"),
              Map.entry("workdays", "workdays(createdAt, wonAt, 'Asia/Jakarta')")));

  private static final Set<String> MACROS =
      Set.of("all", "exists", "exists_one", "filter", "has", "map");

  private static final Set<String> OPERATORS =
      Set.of(
          "_+_",
          "_-_",
          "_*_",
          "_/_",
          "-_",
          "_<_",
          "_<=_",
          "_>_",
          "_>=_",
          "_==_",
          "_!=_",
          "_&&_",
          "_||_",
          "!_",
          "_?_:_",
          "@in",
          "@not_strictly_false");

  static final String ONE_KEY =
      "for one key take a measure with where: owner == 'ann', and a number in a definition of its"
          + " own";

  private Hints() {}

  /** Whether it is a function or an operator that can be called. */
  static boolean isFunction(String name) {
    return OPERATORS.contains(name) || (USAGE.containsKey(name) && !MACROS.contains(name));
  }

  static String forName(String wrong, Vocabulary<?> vocabulary) {
    if (vocabulary.names().isEmpty()) {
      return "no names are known here";
    }
    String known = "known here: " + String.join(", ", vocabulary.plainNames());
    String quoted = vocabulary.asksForUnset() ? "; a text stands in quotes: '" + wrong + "'" : "";
    String own =
        vocabulary.names().containsKey("custom")
            ? ", and a field of your own behind custom: custom." + wrong
            : "";
    return NearestName.to(wrong, vocabulary.plainNames())
        .map(name -> "did you mean '" + name + "'? " + known)
        .orElse(known + quoted + own);
  }

  /** For {@code deal.value}. */
  static String forOwner(String owner, String field, Vocabulary<?> vocabulary) {
    return vocabulary.names().containsKey(field)
        ? "write " + field + " alone"
        : forName(owner, vocabulary);
  }

  static String forFunction(String wrong, Vocabulary<?> vocabulary) {
    if (MACROS.contains(wrong)) {
      return "write it such as " + USAGE.get(wrong);
    }
    Set<String> known = new TreeSet<>(USAGE.keySet());
    known.addAll(vocabulary.withins().keySet());
    return NearestName.to(wrong, known).map(name -> "did you mean '" + name + "'? ").orElse("")
        + "known here: "
        + String.join(", ", known);
  }
}
