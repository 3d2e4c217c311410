package io.okrsync.measure;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.NavigableMap;
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

  /** The amount in another currency, exact to 34 digits; empty where a rate is missing. */
  Optional<BigDecimal> convert(BigDecimal amount, String currency, String to, Instant at) {
    LocalDate day = at.atZone(ZoneOffset.UTC).toLocalDate();
    Optional<BigDecimal> worth = worth(currency, day);
    Optional<BigDecimal> unit = worth(to, day);
    return worth.isEmpty() || unit.isEmpty()
        ? Optional.empty()
        : Optional.of(amount.multiply(worth.get()).divide(unit.get(), Decimals.DIVISION));
  }

  private Optional<BigDecimal> worth(String currency, LocalDate day) {
    return currency.equals(in)
        ? Optional.of(BigDecimal.ONE)
        : from.headMap(day, true).descendingMap().values().stream()
            .filter(row -> row.containsKey(currency))
            .map(row -> row.get(currency))
            .findFirst();
  }

  /** All that it says, the same for tables that say the same. */
  String text() {
    Map<LocalDate, Map<String, BigDecimal>> sorted = new TreeMap<>();
    from.forEach((day, rates) -> sorted.put(day, new TreeMap<>(rates)));
    return in + " " + sorted;
  }
}
