package io.okrsync.measure;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one unit of each currency is worth, from some days on.
 *
 * @param in the currency in which all rates are told
 * @param from by the first day (UTC) on which they hold; a row need not tell all currencies
 */
public record RateTable(
    String name, String in, NavigableMap<LocalDate, Map<String, BigDecimal>> from) {
  public RateTable {
    from = new TreeMap<>(from);
  }

  /** The same in another currency, by the rates of that day; empty where one is missing. */
  Optional<Money> convert(Money money, String to, Instant at) {
    LocalDate day = at.atZone(ZoneOffset.UTC).toLocalDate();
    Optional<BigDecimal> worth = worth(money.currency(), day);
    Optional<BigDecimal> unit = worth(to, day);
    return worth.isEmpty() || unit.isEmpty()
        ? Optional.empty()
        : Optional.of(new Money(converted(money.amount(), worth.get(), unit.get()), to));
  }

  /** Taken to 34 digits, and rounded as all that is stored. */
  private static BigDecimal converted(BigDecimal amount, BigDecimal worth, BigDecimal unit) {
    return Decimals.rounded(amount.multiply(worth).divide(unit, Decimals.DIVISION));
  }

  private Optional<BigDecimal> worth(String currency, LocalDate day) {
    return currency.equals(in)
        ? Optional.of(BigDecimal.ONE)
        : from.headMap(day, true).descendingMap().values().stream()
            .filter(row -> row.containsKey(currency))
            .map(row -> row.get(currency))
            .findFirst();
  }

  /**
   * The rates that held on any day between two moments, such as {@code EUR 1.1 from 2026-10-01}.
   */
  public List<String> held(Instant begin, Instant end) {
    LocalDate first = begin.atZone(ZoneOffset.UTC).toLocalDate();
    LocalDate last = end.atZone(ZoneOffset.UTC).toLocalDate();
    Map<String, NavigableMap<LocalDate, BigDecimal>> byCurrency = new TreeMap<>();
    from.headMap(last, true)
        .forEach(
            (day, row) ->
                row.forEach(
                    (currency, rate) ->
                        byCurrency
                            .computeIfAbsent(currency, it -> new TreeMap<>())
                            .put(day, rate)));
    List<String> held = new ArrayList<>();
    byCurrency.forEach(
        (currency, rates) -> {
          LocalDate since = Objects.requireNonNullElse(rates.floorKey(first), first);
          rates
              .tailMap(since, true)
              .forEach(
                  (day, rate) ->
                      held.add("%s %s from %s".formatted(currency, rate.toPlainString(), day)));
        });
    return held;
  }

  /** All that it says, the same for tables that say the same. */
  String text() {
    Map<LocalDate, Map<String, BigDecimal>> sorted = new TreeMap<>();
    from.forEach((day, rates) -> sorted.put(day, new TreeMap<>(rates)));
    return in + " " + sorted;
  }
}
