package io.okrsync.web;

import io.okrsync.measure.Aggregate;
import io.okrsync.measure.MeasureDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A measure as it is written in measures.yaml, one key a line. */
final class MeasureText {
  private static final int MOST_RATES = 12;

  private MeasureText() {}

  static String of(MeasureDefinition measure) {
    StringBuilder text = new StringBuilder(measure.name()).append(":");
    line(text, "from", measure.from());
    line(text, "where", measure.where());
    line(text, "at", measure.at());
    line(text, measure.aggregate().key(), aggregated(measure));
    line(text, "rank", measure.rank() == null ? null : measure.rank().toPlainString());
    line(text, "by", measure.by());
    line(text, "currency", measure.currency());
    line(text, "in", measure.in());
    line(text, "rates", measure.rates() == null ? null : measure.rates().name());
    return text.toString();
  }

  /** The rates that held in a window, the first of them; empty where it has none. */
  static String rates(MeasureDefinition measure, Instant from, Instant to) {
    if (measure.rates() == null) {
      return "";
    }
    List<String> held = measure.rates().held(from, to);
    StringBuilder text = new StringBuilder();
    held.stream().limit(MOST_RATES).forEach(each -> text.append("\n    ").append(each));
    if (held.size() > MOST_RATES) {
      text.append("\n    and %d more, in its configuration".formatted(held.size() - MOST_RATES));
    }
    return text.toString();
  }

  private static String aggregated(MeasureDefinition measure) {
    return measure.aggregate() == Aggregate.COUNT
        ? "true"
        : Objects.requireNonNullElse(measure.value(), "");
  }

  private static void line(StringBuilder text, String key, @Nullable String value) {
    if (value != null) {
      text.append("\n  ").append(key).append(": ").append(value);
    }
  }
}
