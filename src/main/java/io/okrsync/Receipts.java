package io.okrsync;

import io.okrsync.audit.CanonicalJson;
import io.okrsync.audit.PopulationDigest;
import io.okrsync.audit.ReadingSeal;
import io.okrsync.audit.RunSeal;
import io.okrsync.measure.Measure;
import io.okrsync.measure.MeasureDefinition;
import io.okrsync.measure.RateTable;
import io.okrsync.measure.Selection;
import io.okrsync.okr.Cycle;
import io.okrsync.okr.Input;
import io.okrsync.okr.KeyResult;
import io.okrsync.store.ConfigurationText;
import io.okrsync.store.Evidence;
import io.okrsync.store.KeyResultReading;
import io.okrsync.store.MeasureVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The receipt of a reading: all that is needed to compute it again, as one canonical JSON text.
 * What its audit entry sealed stands in it as it was sealed.
 */
final class Receipts {
  static final String FORMAT = "okr-sync-receipt/1";

  private final Evidence evidence;
  private final StoredSetups setups;

  Receipts(Evidence evidence, StoredSetups setups) {
    this.evidence = evidence;
    this.setups = setups;
  }

  /** With the texts of the configuration, for one that stands alone. */
  Map<String, @Nullable Object> alone(KeyResultReading reading) {
    Map<String, @Nullable Object> receipt =
        of(reading, evidence.entryOf(reading).orElse(null), this::totals);
    evidence
        .configuration(reading.configVersion())
        .ifPresent(it -> receipt.put("configuration", withTexts(it)));
    return receipt;
  }

  /**
   * As it stands in a pack.
   *
   * @param entry the audit entry that tells of it; null where there is none
   * @param totals of an input's population
   */
  Map<String, @Nullable Object> of(
      KeyResultReading reading,
      @Nullable Long entry,
      Function<Input, Optional<PopulationTotals.Totals>> totals) {
    StoredSetups.Compiled compiled = setups.version(reading.configVersion());
    Map<String, @Nullable Object> sealed =
        ReadingSeal.content(reading.asChange(), reading.run(), reading.configVersion());
    Map<String, @Nullable Object> receipt = new TreeMap<>();
    receipt.put("receipt", FORMAT);
    receipt.put("reading", reading.id());
    receipt.put("entry", entry);
    receipt.put("sealed", sealed);
    receipt.put("seal", CanonicalJson.digest(CanonicalJson.of(sealed)));
    Optional<ConfigurationText> text = evidence.configuration(reading.configVersion());
    Optional<Defined> defined = text.flatMap(Receipts::defined);
    receipt.put(
        "keyResult",
        defined
            .flatMap(it -> it.keyResult(reading.keyResult()))
            .map(JsonLine::content)
            .orElse(null));
    receipt.put("configuration", text.map(Receipts::named).orElse(null));
    receipt.put("measures", measures(reading, defined));
    receipt.put("runs", runs(reading));
    Populations populations = new Populations(Taken.by(reading, compiled), totals);
    receipt.put("populations", reading.inputs().stream().map(populations::of).toList());
    receipt.put("service", Main.Version.text());
    return receipt;
  }

  private Optional<PopulationTotals.Totals> totals(Input input) {
    return evidence
        .populations()
        .measureVersion(input.version())
        .map(measure -> totals(input, measure));
  }

  private PopulationTotals.Totals totals(Input input, MeasureVersion measure) {
    PopulationTotals totals = new PopulationTotals(Movements.window(input));
    evidence.populations().contributions(measure, totals::add);
    totals.complete();
    return totals.at(Objects.requireNonNullElse(input.run(), 0L));
  }

  /** A key result as its configuration defines it. */
  static Map<String, @Nullable Object> definition(KeyResult it) {
    Cycle cycle = it.cycle();
    Map<String, @Nullable Object> definition = new TreeMap<>();
    definition.put("title", it.title());
    definition.put("formula", it.formula());
    definition.putAll(it.goal().told());
    definition.put("unit", it.unit());
    it.terms().owner().ifPresent(owner -> definition.put("owner", owner));
    definition.put("cycle", cycle.id());
    definition.put("from", cycle.from().toString());
    definition.put("to", cycle.to().toString());
    definition.put("zone", cycle.zone().getId());
    definition.put("tolerance", cycle.tolerance());
    return definition;
  }

  private static Map<String, @Nullable Object> named(ConfigurationText it) {
    Map<String, @Nullable Object> named = new TreeMap<>();
    named.put("version", it.version());
    named.put("digest", it.digest());
    named.put("loadedAt", it.loadedAt());
    return named;
  }

  /** As packs tell it: also what the texts came to. */
  static Map<String, @Nullable Object> whole(ConfigurationText it) {
    Map<String, @Nullable Object> all = withTexts(it);
    all.put("defined", it.defined());
    return all;
  }

  private static Map<String, @Nullable Object> withTexts(ConfigurationText it) {
    Map<String, @Nullable Object> all = named(it);
    all.put("files", it.files());
    return all;
  }

  /** Empty where what is stored is nothing of the kind, which verify names. */
  private static Optional<Defined> defined(ConfigurationText text) {
    try {
      return Optional.of(Defined.of(text.defined()));
    } catch (IllegalArgumentException broken) {
      return Optional.empty();
    }
  }

  private static List<Map<String, @Nullable Object>> measures(
      KeyResultReading reading, Optional<Defined> defined) {
    return reading.inputs().stream()
        .map(Input::version)
        .distinct()
        .flatMap(version -> defined.flatMap(it -> it.measure(version)).stream())
        .map(JsonLine::content)
        .toList();
  }

  /** A measure as measures.yaml defines it. */
  static Map<String, @Nullable Object> measure(Measure measure) {
    MeasureDefinition it = measure.definition();
    Map<String, @Nullable Object> content = new TreeMap<>();
    content.put("name", it.name());
    content.put("version", measure.version());
    content.put("source", it.from());
    content.put("where", it.where());
    content.put("at", it.at());
    content.put("aggregate", it.aggregate().key());
    content.put("value", it.value());
    content.put("rank", it.rank());
    content.put("by", it.by());
    content.put("currency", it.currency());
    content.put("in", it.in());
    content.put("rates", it.rates() == null ? null : it.rates().name());
    return content;
  }

  /** A table of rates as measures.yaml defines it. */
  static Map<String, @Nullable Object> rates(RateTable it) {
    Map<String, @Nullable Object> from = new TreeMap<>();
    it.from().forEach((day, rates) -> from.put(day.toString(), rates));
    return new TreeMap<>(Map.of("in", it.in(), "from", from));
  }

  private List<Map<String, @Nullable Object>> runs(KeyResultReading reading) {
    return reading.inputs().stream()
        .flatMap(it -> Optional.ofNullable(it.run()).stream())
        .distinct()
        .flatMap(it -> evidence.run(it).stream())
        .map(it -> RunSeal.content(it.run(), it.definition(), it.versions()))
        .toList();
  }

  /** What the records that each input of a reading took come to. */
  private final class Populations {
    private final Map<String, Taken> taken;
    private final Function<Input, Optional<PopulationTotals.Totals>> whole;
    private final Map<Selection, Map<String, PopulationTotals.Totals>> byKey = new HashMap<>();

    Populations(
        Map<String, Taken> taken, Function<Input, Optional<PopulationTotals.Totals>> whole) {
      this.taken = taken;
      this.whole = whole;
    }

    Map<String, @Nullable Object> of(Input input) {
      Map<String, @Nullable Object> content = new TreeMap<>();
      content.put("input", input.name());
      Taken its = taken.get(input.name());
      if (its == null) {
        content.put("unknown", true);
        return content;
      }
      if (!its.isWhole()) {
        content.putAll(its.told());
      }
      PopulationTotals.Totals totals =
          input.run() == null ? PopulationTotals.Totals.NONE : totals(input, its);
      content.put("records", totals.records());
      content.put("sum", totals.sum());
      content.put("digest", PopulationDigest.text(totals.digest()));
      return content;
    }

    private PopulationTotals.Totals totals(Input input, Taken its) {
      if (its.isWhole()) {
        return whole.apply(input).orElse(PopulationTotals.Totals.NONE);
      }
      return byKey.computeIfAbsent(its.selection(), it -> byKey(its)).entrySet().stream()
          .filter(it -> its.takes(it.getKey()))
          .map(Map.Entry::getValue)
          .reduce(PopulationTotals.Totals.NONE, PopulationTotals.Totals::plus);
    }

    /** What has no key is under the empty text. */
    private Map<String, PopulationTotals.Totals> byKey(Taken its) {
      Map<String, PopulationTotals.Totals> totals = new HashMap<>();
      evidence
          .populations()
          .selected(
              its.selection(),
              its.runs(),
              part ->
                  totals.merge(
                      part.keyOrEmpty(),
                      PopulationTotals.Totals.of(part),
                      PopulationTotals.Totals::plus));
      return totals;
    }
  }
}
