package io.okrsync.config;

import io.okrsync.measure.RateTable;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The tables of {@code rates} in {@code measures.yaml}. */
final class Rates {
  private final Context context;
  private final Map<String, RateTable> tables = new LinkedHashMap<>();
  private final Set<String> names;

  Rates(Optional<Section> file, Context context) {
    this.context = context;
    this.names = file.map(section -> section.names(MeasureKeys.RATE_TABLES)).orElse(Set.of());
    file.flatMap(section -> section.get(MeasureKeys.RATE_TABLES))
        .ifPresent(all -> all.forEach(this::add));
  }

  /** The table that a measure names; empty where it names none or one that is not right. */
  Optional<RateTable> of(Section measure) {
    Optional<String> name = measure.get(MeasureKeys.RATES);
    if (name.isPresent() && !names.contains(name.get())) {
      context
          .problems()
          .add(
              measure.place(MeasureKeys.RATES.name()),
              "unknown table of rates '" + name.get() + "'",
              Names.hint(name.get(), names));
    }
    return name.map(tables::get);
  }

  private void add(String name, Section section) {
    if (section.sound()) {
      NavigableMap<LocalDate, Map<String, BigDecimal>> from = new TreeMap<>();
      section
          .need(MeasureKeys.RATES_FROM)
          .forEach((day, rates) -> day(day, section).ifPresent(it -> from.put(it, rates)));
      tables.put(name, new RateTable(name, section.need(MeasureKeys.RATES_IN), from));
    }
  }

  private Optional<LocalDate> day(String text, Section section) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException e) {
      context
          .problems()
          .add(section.place(MeasureKeys.RATES_FROM.name()), "there is no day '" + text + "'");
      return Optional.empty();
    }
  }
}
