package io.okrsync.faults;

import io.okrsync.faults.Item.State;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** What is true: computed from the tool's own records, by the calendar and nothing else. */
final class Oracle {
  private static final ZoneId ZONE = ZoneId.of("America/New_York");
  private static final LocalDate FROM = LocalDate.parse("2026-10-01");
  private static final LocalDate TO = LocalDate.parse("2026-12-31");

  private Oracle() {}

  static BigDecimal count(List<Item> items) {
    return BigDecimal.valueOf(items.stream().filter(Oracle::counts).count());
  }

  static BigDecimal sum(List<Item> items) {
    return items.stream()
        .filter(Oracle::counts)
        .map(Item::value)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static boolean counts(Item item) {
    if (item.deleted() || item.state() != State.WON || item.closedAt() == null) {
      return false;
    }
    LocalDate day = item.closedAt().atZone(ZONE).toLocalDate();
    return !day.isBefore(FROM) && !day.isAfter(TO);
  }
}
