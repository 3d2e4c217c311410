package io.okrsync.web;

import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Statement;
import io.okrsync.okr.Statement.Kind;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a statement that a person made by a form, as JSON or on the command line. */
public final class StatementForm {
  static final List<String> FIELDS = List.of("kind", "value", "reason", "link", "until", "by");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,10})?");

  private StatementForm() {}

  /**
   * @param field what stands in a field; null where nothing does
   * @throws IllegalArgumentException where something is missing or not right, saying what
   */
  public static Statement of(
      KeyResult keyResult, Instant at, UnaryOperator<@Nullable String> field) {
    Kind kind = kind(field.apply("kind"));
    if (kind == Kind.VALUE && !keyResult.isTyped()) {
      throw new IllegalArgumentException(
          "value cannot be typed for '%s': its sources tell it; an override holds for some time"
              .formatted(keyResult.id()));
    }
    if (kind == Kind.OVERRIDE && keyResult.isTyped()) {
      throw new IllegalArgumentException(
          "override does not go with '%s': its value is typed; type another"
              .formatted(keyResult.id()));
    }
    return new Statement(
        keyResult.id(),
        kind,
        at,
        orEmpty(field.apply("by")),
        number(field.apply("value")),
        orEmpty(field.apply("reason")),
        orEmpty(field.apply("link")),
        until(field.apply("until"), keyResult));
  }

  private static Kind kind(@Nullable String text) {
    return Arrays.stream(Kind.values())
        .filter(it -> it.label().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "kind must be one of "
                        + Arrays.stream(Kind.values())
                            .map(Kind::label)
                            .collect(Collectors.joining(", "))));
  }

  private static @Nullable BigDecimal number(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    if (!NUMBER.matcher(text.strip()).matches()) {
      throw new IllegalArgumentException(
          "value must be a number such as 18 or 0.25, but is '%s'".formatted(text.strip()));
    }
    return new BigDecimal(text.strip());
  }

  /** The end of the last day, where the cycle of the key result has its days. */
  private static @Nullable Instant until(@Nullable String text, KeyResult keyResult) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      return LocalDate.parse(text.strip())
          .plusDays(1)
          .atStartOfDay(keyResult.cycle().zone())
          .toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "until must be a date such as 2026-12-01, but is '%s'".formatted(text.strip()), e);
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
