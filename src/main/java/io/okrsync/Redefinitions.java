package io.okrsync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.okrsync.measure.RateTable;
import io.okrsync.okr.KeyResult;
import io.okrsync.web.Plan.Edit;
import io.okrsync.web.Plan.Edits;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a key result rests on that is defined otherwise in another configuration: numbers for each
 * key, lists, expressions, and rates.
 */
final class Redefinitions {
  private static final int NAMED = 5;
  private static final String NONE = "none";
  private static final ObjectMapper TEXTS = new ObjectMapper();
  private static final TypeReference<List<String>> LIST = new TypeReference<>() {};

  private final @Nullable Setup now;
  private final Setup then;

  Redefinitions(@Nullable Setup now, Setup then) {
    this.now = now;
    this.then = then;
  }

  Edits of(KeyResult keyResultNow, KeyResult keyResultThen) {
    if (now == null) {
      return Edits.NONE;
    }
    SortedMap<String, String> from = told(now, keyResultNow);
    SortedMap<String, String> to = told(then, keyResultThen);
    TreeSet<String> all = new TreeSet<>(from.keySet());
    all.addAll(to.keySet());
    List<Edit> edits =
        all.stream()
            .map(it -> new Edit(it, from.getOrDefault(it, NONE), to.getOrDefault(it, NONE)))
            .filter(it -> !it.from().equals(it.to()))
            .toList();
    return new Edits(edits.size(), edits.stream().limit(NAMED).toList());
  }

  /** All that is defined behind it, each number and each text of a list by itself. */
  private static SortedMap<String, String> told(Setup setup, KeyResult keyResult) {
    Map<String, Map<String, BigDecimal>> tables = setup.configuration().definitions().tables();
    SortedMap<String, String> told = new TreeMap<>();
    KeyResults.definitions(keyResult, setup)
        .forEach((name, text) -> add(name, text, tables.getOrDefault(name, Map.of()), told));
    setup.measuresOf(keyResult).stream()
        .flatMap(it -> Optional.ofNullable(setup.measure(it).definition().rates()).stream())
        .forEach(it -> add(it, told));
    return told;
  }

  private static void add(
      String name, String text, Map<String, BigDecimal> numbers, Map<String, String> to) {
    List<String> list = list(text);
    numbers.forEach((key, number) -> to.put(at(name, key), plain(number)));
    list.forEach(it -> to.put(at(name, it), "listed"));
    if (numbers.isEmpty() && list.isEmpty()) {
      to.put(name, text);
    }
  }

  private static void add(RateTable rates, Map<String, String> to) {
    rates
        .from()
        .forEach(
            (day, row) ->
                row.forEach(
                    (currency, rate) ->
                        to.put(at(rates.name(), currency) + " from " + day, plain(rate))));
  }

  private static String at(String name, String key) {
    return "%s['%s']".formatted(name, key);
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  /** The texts, where this is a list of them; empty where it is another expression. */
  private static List<String> list(String expression) {
    try {
      return expression.startsWith("[") ? TEXTS.readValue(expression, LIST) : List.of();
    } catch (JsonProcessingException other) {
      return List.of();
    }
  }
}
