package io.okrsync;

import io.okrsync.audit.CanonicalJson;
import io.okrsync.config.Configuration;
import io.okrsync.measure.Measure;
import io.okrsync.measure.RateTable;
import io.okrsync.okr.Frozen;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the texts of a configuration came to when it was loaded: its key results by id and its
 * measures by version, each as receipts tell it, and the tables of rates that these name. It is
 * stored beside the texts and sealed by the entry that tells of them, so that who cannot read the
 * texts can hold receipts against it.
 */
record Defined(JsonLine keyResults, JsonLine measures, JsonLine rates) {
  /** As it is stored: canonical JSON. */
  static String by(Configuration configuration) {
    Map<String, @Nullable Object> keyResults = new TreeMap<>();
    configuration.objectives().stream()
        .flatMap(it -> it.keyResults().stream())
        .forEach(it -> keyResults.put(it.id(), Receipts.definition(it)));
    Map<String, @Nullable Object> measures = new TreeMap<>();
    Map<String, @Nullable Object> rates = new TreeMap<>();
    for (Measure measure : configuration.measures().values()) {
      measures.put(measure.version(), Receipts.measure(measure));
      Optional.ofNullable(measure.definition().rates())
          .ifPresent(it -> rates.put(it.name(), Receipts.rates(it)));
    }
    return CanonicalJson.of(Map.of("keyResults", keyResults, "measures", measures, "rates", rates));
  }

  /**
   * What was stored.
   *
   * @throws IllegalArgumentException where it is nothing of the kind
   */
  static Defined of(String stored) {
    JsonLine defined = JsonLine.of(stored);
    return new Defined(
        defined.object("keyResults"), defined.object("measures"), defined.object("rates"));
  }

  /**
   * The key result that a reading is of.
   *
   * @param name its id, or what {@link Frozen} makes of it
   */
  Optional<JsonLine> keyResult(String name) {
    String id = Frozen.keyResultOf(name);
    return keyResults.has(id) ? Optional.of(keyResults.object(id)) : Optional.empty();
  }

  Optional<JsonLine> measure(String version) {
    return measures.has(version) ? Optional.of(measures.object(version)) : Optional.empty();
  }

  /**
   * The table of rates that a measure names.
   *
   * @throws IllegalArgumentException where there is none of this name
   */
  RateTable table(String name) {
    NavigableMap<LocalDate, Map<String, BigDecimal>> from = new TreeMap<>();
    JsonLine days = rates.object(name).object("from");
    for (String day : days.content().keySet()) {
      JsonLine told = days.object(day);
      Map<String, BigDecimal> row = new HashMap<>();
      told.content().keySet().forEach(it -> row.put(it, new BigDecimal(told.text(it))));
      from.put(LocalDate.parse(day), row);
    }
    return new RateTable(name, rates.object(name).text("in"), from);
  }

  /** Whether it says the same; what one of them says to be nothing the other need not say. */
  boolean says(Defined other) {
    return same(keyResults, other.keyResults)
        && same(measures, other.measures)
        && rates.equals(other.rates);
  }

  private static boolean same(JsonLine one, JsonLine other) {
    Set<String> names = one.content().keySet();
    return names.equals(other.content().keySet())
        && names.stream().allMatch(it -> told(one.object(it)).equals(told(other.object(it))));
  }

  private static Map<String, @Nullable Object> told(JsonLine definition) {
    Map<String, @Nullable Object> told = new TreeMap<>(definition.content());
    told.values().removeIf(Objects::isNull);
    return told;
  }
}
