package io.okrsync;

import io.okrsync.audit.CanonicalJson;
import io.okrsync.measure.Contribution;
import io.okrsync.store.ContributionRow;
import java.io.PrintWriter;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Records' parts in a measure as CSV, one a line, the last with the control totals. A text that a
 * spreadsheet would take for a formula is written behind an apostrophe, and so is one that begins
 * with an apostrophe, so that reading it back is unambiguous.
 */
final class PopulationCsv {
  private static final String FORMULA_BEGINS_WITH = "=+-@'\t\r\n";

  private final PrintWriter out;
  private long rows;
  private BigDecimal sum = BigDecimal.ZERO;

  PopulationCsv(PrintWriter out) {
    this.out = out;
    line("row", "record", "since_run", "until_run", "at", "amount", "item", "currency", "problem");
  }

  /**
   * @param until null where it is still true
   */
  void add(ContributionRow row, @Nullable Long until) {
    Contribution it = row.contribution();
    rows++;
    sum = it.value() == null ? sum : sum.add(it.value());
    line(
        "record",
        text(it.recordId()),
        String.valueOf(row.sinceRun()),
        until == null ? "" : until.toString(),
        it.at().toString(),
        it.value() == null ? "" : number(it.value()),
        text(it.item()),
        text(it.currency()),
        text(it.problem()));
  }

  void end() {
    line("total", String.valueOf(rows), "", "", "", number(sum), "", "", "");
    out.flush();
  }

  private void line(String... cells) {
    out.print(String.join(",", cells));
    out.print('\n');
  }

  private static String number(BigDecimal number) {
    return CanonicalJson.plain(number);
  }

  static String text(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return "";
    }
    String safe = FORMULA_BEGINS_WITH.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return safe.matches("(?s).*[\",\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
