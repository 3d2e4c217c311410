package io.okrsync.measure;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A measure as it stands in measures.yaml. All expressions are CEL over the fields of the record.
 *
 * @param from the source whose records it takes
 * @param where which records count; null means all
 * @param at when a record counts
 * @param value what is aggregated; null with COUNT
 * @param rank with PERCENTILE, how many of a hundred do not exceed it; null otherwise
 * @param by the key under which a record counts, such as its owner; null where it has none
 * @param currency the currency of a record's value; null where the value is no money
 * @param in the currency the result is in; null exactly where {@code currency} is null
 * @param rates by which other currencies are converted; null where they are not
 */
public record MeasureDefinition(
    String name,
    String from,
    @Nullable String where,
    String at,
    Aggregate aggregate,
    @Nullable String value,
    @Nullable BigDecimal rank,
    @Nullable String by,
    @Nullable String currency,
    @Nullable String in,
    @Nullable RateTable rates) {

  /** One without rates. */
  public MeasureDefinition(
      String name,
      String from,
      @Nullable String where,
      String at,
      Aggregate aggregate,
      @Nullable String value,
      @Nullable BigDecimal rank,
      @Nullable String by,
      @Nullable String currency,
      @Nullable String in) {
    this(name, from, where, at, aggregate, value, rank, by, currency, in, null);
  }

  /** One without rank, key and rates. */
  public MeasureDefinition(
      String name,
      String from,
      @Nullable String where,
      String at,
      Aggregate aggregate,
      @Nullable String value,
      @Nullable String currency,
      @Nullable String in) {
    this(name, from, where, at, aggregate, value, null, null, currency, in);
  }

  /** The same by other rates. */
  public MeasureDefinition rated(RateTable other) {
    return new MeasureDefinition(
        name, from, where, at, aggregate, value, rank, by, currency, in, other);
  }

  /**
   * What money counts as on a day by the rates, in the currency of the result; empty where it
   * counts as it is, since it is of that currency or there is no rate.
   */
  public Optional<Money> converted(Money money, Instant at) {
    return rates == null || in == null || money.currency().equals(in)
        ? Optional.empty()
        : rates.convert(money, in, at);
  }

  /**
   * Whether its contributions have keys: those of {@code by}, or else what DISTINCT tells apart.
   */
  public boolean hasKeys() {
    return by != null || aggregate == Aggregate.DISTINCT;
  }

  /** All expressions in it. */
  public List<String> expressions() {
    return Stream.of(where, at, value, by, currency).filter(Objects::nonNull).toList();
  }
}
