package io.okrsync;

import io.okrsync.audit.CanonicalJson;
import io.okrsync.audit.Finding;
import io.okrsync.audit.Restatement;
import io.okrsync.measure.Aggregate;
import io.okrsync.measure.MeasureDefinition;
import io.okrsync.okr.Frozen;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the configurations and runs of a pack say of the parts of a receipt that its seal does not
 * cover: what was asked for, how it was measured, by which runs.
 */
final class PackDefined {
  private static final Defined NOTHING =
      Defined.of("{\"keyResults\":{},\"measures\":{},\"rates\":{}}");

  private final List<Finding> findings;
  private final NavigableMap<Long, Defined> defined = new TreeMap<>();
  private final Map<Long, Map<String, @Nullable Object>> named = new LinkedHashMap<>();
  private final Map<Long, Map<String, @Nullable Object>> runs = new LinkedHashMap<>();

  PackDefined(List<Finding> findings) {
    this.findings = findings;
  }

  void run(JsonLine run) {
    runs.put(run.number("id"), run.content());
  }

  void configuration(JsonLine it) {
    Map<String, @Nullable Object> its = new LinkedHashMap<>();
    List.of("version", "digest", "loadedAt").forEach(key -> its.put(key, it.content().get(key)));
    named.put(it.number("version"), its);
    defined.put(it.number("version"), Defined.of(it.text("defined")));
  }

  /** The last configuration's definition of each key result that any of them has. */
  private Map<String, JsonLine> keyResults() {
    Map<String, JsonLine> last = new TreeMap<>();
    for (Defined each : defined.values()) {
      each.keyResults()
          .content()
          .keySet()
          .forEach(id -> last.put(id, each.keyResults().object(id)));
    }
    return last;
  }

  /** What a configuration defines under the version that a line of measures.jsonl names. */
  MeasureDefinition measure(JsonLine line) {
    Map<String, @Nullable Object> told = new LinkedHashMap<>(line.content());
    told.keySet().removeAll(Set.of("population", "goodUntilRun"));
    String version = line.text("version");
    List<Defined> those =
        defined.values().stream().filter(it -> it.measure(version).isPresent()).toList();
    Optional<Defined> same =
        those.stream()
            .filter(it -> it.measures().object(version).content().equals(told))
            .findFirst();
    if (same.isEmpty()) {
      add("measure " + version, "is not what a configuration defines");
    }
    return same.or(() -> those.stream().findFirst())
        .map(it -> definition(it.measures().object(version), it))
        .orElseGet(() -> definition(line, NOTHING));
  }

  private static MeasureDefinition definition(JsonLine it, Defined by) {
    String rates = it.textOrNull("rates");
    return new MeasureDefinition(
        it.text("name"),
        it.text("source"),
        it.textOrNull("where"),
        it.text("at"),
        Aggregate.valueOf(it.text("aggregate").toUpperCase(Locale.ROOT)),
        it.textOrNull("value"),
        it.decimalOrNull("rank"),
        it.textOrNull("by"),
        it.textOrNull("currency"),
        it.textOrNull("in"),
        rates == null ? null : by.table(rates));
  }

  void receipt(String place, JsonLine receipt, JsonLine sealed) {
    long version = sealed.number("configVersion");
    Optional<Defined> its = Optional.ofNullable(defined.get(version));
    same(place, "format", receipt, "receipt", Receipts.FORMAT);
    same(place, "seal", receipt, "seal", CanonicalJson.digest(CanonicalJson.of(sealed.content())));
    same(place, "configuration", receipt, "configuration", named.get(version));
    same(
        place,
        "key result",
        receipt,
        "keyResult",
        its.flatMap(it -> it.keyResult(sealed.text("keyResult")))
            .map(JsonLine::content)
            .orElse(null));
    Set<String> versions = new LinkedHashSet<>();
    Set<Long> used = new LinkedHashSet<>();
    for (JsonLine input : sealed.objects("inputs")) {
      versions.add(input.text("version"));
      Optional.ofNullable(input.numberOrNull("run")).ifPresent(used::add);
    }
    List<@Nullable Object> measures = new ArrayList<>();
    versions.forEach(
        it -> its.flatMap(all -> all.measure(it)).ifPresent(one -> measures.add(one.content())));
    same(place, "measures", receipt, "measures", measures);
    same(
        place,
        "runs",
        receipt,
        "runs",
        used.stream().filter(runs::containsKey).map(runs::get).toList());
  }

  /**
   * Whether each value that a cycle ended with is still what is read, as far as its cycle
   * tolerates.
   *
   * @param last the value of the last reading of each name; null where there was none
   */
  void restated(Map<String, @Nullable Object> last) {
    keyResults()
        .forEach(
            (id, definition) -> {
              if (last.get(Frozen.closeOf(id)) instanceof String closed
                  && last.get(id) instanceof String now) {
                restated(id, definition, new BigDecimal(closed), new BigDecimal(now));
              }
            });
  }

  private void restated(String id, JsonLine definition, BigDecimal closed, BigDecimal now) {
    BigDecimal tolerance = new BigDecimal(definition.text("tolerance"));
    if (Restatement.isBeyond(closed, now, tolerance)) {
      add(
          "key result " + id,
          "was %s when %s was closed, and is %s: %s"
              .formatted(
                  closed,
                  definition.text("cycle"),
                  now,
                  Restatement.inWords(closed, now, tolerance)));
    }
  }

  private void same(
      String place, String what, JsonLine receipt, String key, @Nullable Object expected) {
    if (!Objects.equals(receipt.content().get(key), expected)) {
      add(place, "does not tell the %s that the pack has elsewhere".formatted(what));
    }
  }

  private void add(String place, String what) {
    findings.add(new Finding(place, what));
  }
}
