package io.okrsync.lint;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sentence of an objective or a key result, and what can be seen in it. */
record Title(String text) {
  private static final Pattern WORD =
      Pattern.compile("[\\p{L}\\p{N}]+(?:[-'’./,][\\p{L}\\p{N}]+)*");
  private static final Pattern NUMBER = Pattern.compile("(?<![\\p{L}\\d])\\d+(?:[.,]\\d+)*");

  /** Indonesian thousands or English decimals: nobody can tell, so both are taken. */
  private static final Pattern GROUPS = Pattern.compile("\\d{1,3}([.,]\\d{3})+");

  List<String> words() {
    return WORD.matcher(text.toLowerCase(Locale.ROOT)).results().map(MatchResult::group).toList();
  }

  String firstWord() {
    return words().isEmpty() ? "" : words().get(0);
  }

  boolean hasNumber() {
    return NUMBER.matcher(text).find();
  }

  /** Whether a number in it may be meant as this one, in English or in Indonesian. */
  boolean names(BigDecimal number) {
    return NUMBER
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .anyMatch(
            it -> english(it).compareTo(number) == 0 || indonesian(it).compareTo(number) == 0);
  }

  private static BigDecimal english(String digits) {
    return new BigDecimal(single(digits.replace(",", "")));
  }

  private static BigDecimal indonesian(String digits) {
    if (GROUPS.matcher(digits).matches()) {
      return new BigDecimal(digits.replaceAll("[.,]", ""));
    }
    return new BigDecimal(single(digits.replace(".", "").replace(',', '.')));
  }

  /** Something like a version, 1.2.3, is no number; what is left of it still is one. */
  private static String single(String digits) {
    int first = digits.indexOf('.');
    int second = digits.indexOf('.', first + 1);
    return first < 0 || second < 0 ? digits : digits.substring(0, second);
  }

  /** The first of these words or phrases in it, as it is written there. */
  Optional<String> anyOf(Set<String> phrases) {
    Matcher found = Words.pattern(phrases).matcher(text);
    return found.find() ? Optional.of(found.group()) : Optional.empty();
  }

  Optional<String> find(Pattern pattern) {
    Matcher found = pattern.matcher(text);
    return found.find() ? Optional.of(found.group().strip()) : Optional.empty();
  }
}
