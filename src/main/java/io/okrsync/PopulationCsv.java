package io.okrsync;

import io.okrsync.measure.Contribution;
import io.okrsync.store.ContributionRow;
import java.io.PrintWriter;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Records' parts in a measure as CSV, one a line, the last with the control totals. */
final class PopulationCsv {
  private final PrintWriter out;
  private final SafeCsv csv;
  private long rows;
  private BigDecimal sum = BigDecimal.ZERO;

  PopulationCsv(PrintWriter out) {
    this.out = out;
    this.csv = new SafeCsv(out);
    csv.line(
        "row",
        "record",
        "since_run",
        "until_run",
        "at",
        "amount",
        "item",
        "key",
        "currency",
        "problem");
  }

  /**
   * @param until null where it is still true
   */
  void add(ContributionRow row, @Nullable Long until) {
    Contribution it = row.contribution();
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
        it.problem());
  }

  private static @Nullable Object cell(@Nullable String text) {
    return text != null && text.isEmpty() ? SafeCsv.EMPTY : text;
  }

  void end() {
    csv.line("total", rows, null, null, null, sum, null, null, null, null);
    out.flush();
  }
}
