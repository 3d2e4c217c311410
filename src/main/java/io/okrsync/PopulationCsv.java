package io.okrsync;

import io.okrsync.measure.Contribution;
import io.okrsync.measure.Money;
import io.okrsync.store.ContributionRow;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records' parts in a measure as CSV, one a line, the last with the control totals. */
final class PopulationCsv {
  static final List<String> COLUMNS =
      List.of(
          "row",
          "record",
          "since_run",
          "until_run",
          "at",
          "amount",
          "item",
          "key",
          "currency",
          "problem",
          "original_amount",
          "original_currency");

  private final PrintWriter out;
  private final SafeCsv csv;
  private long rows;
  private BigDecimal sum = BigDecimal.ZERO;

  PopulationCsv(PrintWriter out) {
    this.out = out;
    this.csv = new SafeCsv(out);
    csv.line(COLUMNS.toArray());
  }

  /**
   * @param until null where it is still true
   */
  void add(ContributionRow row, @Nullable Long until) {
    Contribution it = row.contribution();
    Money original = it.original();
    rows++;
    sum = it.value() == null ? sum : sum.add(it.value());
    csv.line(
        "record",
        it.recordId(),
        row.sinceRun(),
        until,
        it.at(),
        it.value(),
        cell(it.item()),
        cell(it.key()),
        it.currency(),
        it.problem(),
        original == null ? null : original.amount(),
        original == null ? null : original.currency());
  }

  private static @Nullable Object cell(@Nullable String text) {
    return text != null && text.isEmpty() ? SafeCsv.EMPTY : text;
  }

  void end() {
    csv.line("total", rows, "", "", "", sum, "", "", "", "", "", "");
    out.flush();
  }
}
