package io.okrsync.config;

import io.okrsync.lint.Check;
import io.okrsync.lint.Level;
import io.okrsync.lint.Limits;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The keys of {@code lint.yaml}: which checks of wording and numbers are made, and by what. */
final class LintKeys {
  private static final Kind<Level> LEVEL =
      Kinds.text(
          "off, note, warning or error",
          Arrays.stream(Level.values()).map(Level::label).collect(Collectors.joining("|")),
          text -> Level.valueOf(text.toUpperCase(Locale.ROOT)));
  private static final Kind<Integer> WHOLE =
      new Value<>(
          "a whole number such as 5",
          Node.Scalar.Type.NUMBER,
          Pattern.compile("[1-9][0-9]{0,2}"),
          false,
          Integer::valueOf);

  static final Map<Check, Key<Level>> CHECK_KEYS = checkKeys();
  static final Shape CHECKS = Shape.of(CHECK_KEYS.values().toArray(Key<?>[]::new));

  static final Key<Integer> OBJECTIVES =
      Key.optional(
          "objectives",
          WHOLE,
          "" + Limits.STANDARD.objectives(),
          "3",
          "The most objectives of one owner in one cycle.");
  static final Key<Integer> KEY_RESULTS_LEAST =
      Key.optional(
          "keyResultsLeast",
          WHOLE,
          "" + Limits.STANDARD.keyResultsLeast(),
          "3",
          "The fewest key results of an objective.");
  static final Key<Integer> KEY_RESULTS_MOST =
      Key.optional(
          "keyResultsMost",
          WHOLE,
          "" + Limits.STANDARD.keyResultsMost(),
          "7",
          "The most key results of an objective.");
  static final Key<Integer> WORDS =
      Key.optional(
          "words", WHOLE, "" + Limits.STANDARD.words(), "20", "The most words of a title.");
  static final Key<BigDecimal> AMBITION =
      Key.optional(
          "ambition",
          Kinds.NUMBER,
          Limits.STANDARD.ambition().toPlainString(),
          "0.1",
          "The smallest part of the baseline by which a target should differ from it.");
  static final Shape LIMITS =
      Shape.of(OBJECTIVES, KEY_RESULTS_LEAST, KEY_RESULTS_MOST, WORDS, AMBITION);

  static final Key<Section> CHECKS_KEY =
      Key.optional(
          "checks",
          CHECKS,
          "each as it comes",
          "{ objective-number: off }",
          "How seriously each check is taken.");
  static final Key<Section> LIMITS_KEY =
      Key.optional(
          "limits", LIMITS, "as below", "{ keyResultsMost: 7 }", "The numbers that checks go by.");
  static final Shape FILE = Shape.of(CHECKS_KEY, LIMITS_KEY);

  private LintKeys() {}

  private static Map<Check, Key<Level>> checkKeys() {
    Map<Check, Key<Level>> keys = new EnumMap<>(Check.class);
    for (Check check : Check.values()) {
      keys.put(
          check,
          Key.optional(check.label(), LEVEL, check.standard().label(), "off", check.reason()));
    }
    return keys;
  }
}
