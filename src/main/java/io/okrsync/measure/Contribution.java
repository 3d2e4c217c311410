package io.okrsync.measure;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one record adds to one measure.
 *
 * @param measure the version of the measure ({@link Measure#version()})
 * @param at when it counts; null where that cannot be told, which is a problem in every window,
 *     since the record may belong to any
 * @param value how much; 1 with COUNT and DISTINCT; null exactly where {@code problem} is set
 * @param item the value that DISTINCT tells apart; null otherwise
 * @param key under which key it counts; null where it has none
 * @param currency the currency of the value, upper case; null where it is no money
 * @param problem why this record's value is not known, such as {@code value is not set}; a window
 *     with such a record has no reading but this reason. Null means all is well
 * @param original what the value and its currency were converted from; null where they were not
 */
public record Contribution(
    String measure,
    String recordId,
    @Nullable Instant at,
    @Nullable BigDecimal value,
    @Nullable String item,
    @Nullable String key,
    @Nullable String currency,
    @Nullable String problem,
    @Nullable Money original) {
  /** How the problem of one without a key begins whose key cannot be told. */
  public static final List<String> KEY_PROBLEMS = List.of("by: ", "distinct: ");

  public Contribution {
    if (at == null && problem == null) {
      throw new IllegalArgumentException(
          "record '%s' counts in '%s' at no time, and no problem says why"
              .formatted(recordId, measure));
    }
  }

  /** One without a key, that was not converted. */
  public Contribution(
      String measure,
      String recordId,
      @Nullable Instant at,
      @Nullable BigDecimal value,
      @Nullable String item,
      @Nullable String currency,
      @Nullable String problem) {
    this(measure, recordId, at, value, item, null, currency, problem, null);
  }

  /** All that it says of its record, in the order in which evidence tells it. */
  public List<@Nullable Object> parts() {
    return Arrays.asList(
        at,
        value,
        item,
        key,
        currency,
        problem,
        original == null ? null : original.amount(),
        original == null ? null : original.currency());
  }

  /** Under which key it counts; the empty text where it has none. */
  public String keyOrEmpty() {
    return Objects.requireNonNullElse(key, "");
  }

  /**
   * Whether its key is one of these, or is none of them, as is asked for. Where its key cannot be
   * told it is taken: it may be either, and is a problem.
   */
  public boolean isAmong(Set<@Nullable String> keys, boolean inside) {
    return key == null ? isOfUnknownKey() : keys.contains(key) == inside;
  }

  /** Whether this tells of a record and that its key cannot be told. */
  public static boolean isOfKey(String text) {
    return KEY_PROBLEMS.stream().anyMatch(it -> text.contains("': " + it));
  }

  private boolean isOfUnknownKey() {
    return problem != null && KEY_PROBLEMS.stream().anyMatch(problem::startsWith);
  }

  /** The same to another version of the measure. */
  public Contribution to(String version) {
    return new Contribution(version, recordId, at, value, item, key, currency, problem, original);
  }

  /** The same under a key; under none where it is null. */
  Contribution under(@Nullable String other) {
    return new Contribution(measure, recordId, at, value, item, other, currency, problem, original);
  }

  /**
   * What it was before it was converted, if it was; empty where it is no money, or is not known.
   */
  public Optional<Money> stated() {
    return original == null && value != null && currency != null
        ? Optional.of(new Money(value, currency))
        : Optional.ofNullable(original);
  }
}
