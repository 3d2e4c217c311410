package io.okrsync;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.okrsync.audit.CanonicalJson;
import io.okrsync.measure.Contribution;
import io.okrsync.measure.Money;
import io.okrsync.store.ContributionRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@link PopulationCsv} wrote, read back.
 *
 * @param wrong what its control totals say otherwise; empty where they are right
 */
record PopulationFile(List<ContributionRow> rows, Optional<String> wrong) {
  private static final CsvMapper CSV =
      CsvMapper.csvBuilder().enable(CsvParser.Feature.WRAP_AS_ARRAY).build();

  /**
   * @param measure the version of the measure
   * @throws IllegalArgumentException where a line is no record
   */
  static PopulationFile of(String measure, String text) {
    if (!text.endsWith("\n")) {
      throw new IllegalArgumentException("it does not end with a line");
    }
    try (MappingIterator<String[]> lines = CSV.readerFor(String[].class).readValues(text)) {
      return of(measure, lines);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static PopulationFile of(String measure, MappingIterator<String[]> lines) {
    if (!List.of(lines.next()).equals(PopulationCsv.COLUMNS)) {
      throw new IllegalArgumentException("it has other columns");
    }
    List<ContributionRow> rows = new ArrayList<>();
    BigDecimal sum = BigDecimal.ZERO;
    String[] cells = {};
    while (lines.hasNext()) {
      cells = lines.next();
      if (lines.hasNext()) {
        ContributionRow row = row(measure, cells);
        BigDecimal amount = row.contribution().value();
        rows.add(row);
        sum = amount == null ? sum : sum.add(amount);
      }
    }
    return new PopulationFile(
        rows,
        List.of(cells).equals(total(rows.size(), sum))
            ? Optional.empty()
            : Optional.of(
                "its control totals say %s, but it holds %d rows of %s"
                    .formatted(List.of(cells), rows.size(), sum)));
  }

  private static List<String> total(long rows, BigDecimal sum) {
    return List.of(
        "total", rows + "", "", "", "", CanonicalJson.plain(sum), "", "", "", "", "", "");
  }

  private static ContributionRow row(String measure, String[] cells) {
    if (cells.length != PopulationCsv.COLUMNS.size() || !cells[0].equals("record")) {
      throw new IllegalArgumentException("a line is no record: " + List.of(cells));
    }
    return new ContributionRow(
        Long.parseLong(cells[2]),
        cells[3].isEmpty() ? null : Long.valueOf(cells[3]),
        new Contribution(
            measure,
            requireNonNull(told(cells[1]), "a record has an id"),
            cells[4].isEmpty() ? null : Instant.parse(cells[4]),
            cells[5].isEmpty() ? null : new BigDecimal(cells[5]),
            told(cells[6]),
            told(cells[7]),
            told(cells[8]),
            told(cells[9]),
            original(cells[10], told(cells[11]))));
  }

  private static @Nullable Money original(String amount, @Nullable String currency) {
    if (amount.isEmpty() == (currency != null)) {
      throw new IllegalArgumentException("an original amount goes with its currency");
    }
    return currency == null ? null : new Money(new BigDecimal(amount), currency);
  }

  /** Without the apostrophe that keeps spreadsheets from taking a text for a formula. */
  private static @Nullable String told(String cell) {
    if (cell.isEmpty()) {
      return null;
    }
    return cell.startsWith("'") ? cell.substring(1) : cell;
  }
}
