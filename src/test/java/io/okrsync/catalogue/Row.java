package io.okrsync.catalogue;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record in plain Java: texts, exact numbers, instants. Fields of the tool stand beside canonical
 * ones. A field that is not set is missing.
 */
final class Row {
  private final Map<String, Object> fields = new LinkedHashMap<>();

  Row(String id) {
    fields.put("id", id);
  }

  /** Leaves the field unset where there is no value. */
  Row with(String field, @Nullable Object value) {
    if (value != null) {
      fields.put(field, value);
    }
    return this;
  }

  Map<String, Object> fields() {
    return fields;
  }

  boolean has(String field) {
    return fields.containsKey(field);
  }

  boolean is(String field, String... values) {
    return Arrays.asList(values).contains(text(field));
  }

  /** As a text; the field is set. */
  String shown(String field) {
    return requireNonNull(fields.get(field), field).toString();
  }

  String id() {
    return requireNonNull(text("id"));
  }

  @Nullable String text(String field) {
    return (String) fields.get(field);
  }

  @Nullable Instant time(String field) {
    return (Instant) fields.get(field);
  }

  @Nullable BigDecimal number(String field) {
    return (BigDecimal) fields.get(field);
  }

  /** Whether the one time comes at most so many times 24 hours after the other; both are set. */
  boolean isWithin(String from, String to, int days) {
    Instant begin = time(from);
    Instant end = time(to);
    return begin != null && end != null && !end.isAfter(begin.plus(Duration.ofDays(days)));
  }

  /** Whether the one time comes sooner than so many times 24 hours after the other. */
  boolean isBefore(String time, String start, int days) {
    Instant one = requireNonNull(time(time));
    return one.isBefore(requireNonNull(time(start)).plus(Duration.ofDays(days)));
  }

  boolean labelled(String label) {
    String labels = text("labels");
    return labels != null && Arrays.asList(labels.split(";")).contains(label);
  }

  /** Exactly; null where one of the two is not set. */
  @Nullable BigDecimal daysBetween(String from, String to) {
    Instant begin = time(from);
    Instant end = time(to);
    return begin == null || end == null
        ? null
        : Numbers.over(
            BigDecimal.valueOf(Duration.between(begin, end).toNanos()),
            BigDecimal.valueOf(Duration.ofDays(1).toNanos()));
  }
}
