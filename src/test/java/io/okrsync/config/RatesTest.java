package io.okrsync.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.okrsync.connector.SourceRecord;
import io.okrsync.measure.Contribution;
import io.okrsync.measure.InMemory;
import io.okrsync.measure.Measure;
import io.okrsync.measure.Reading;
import io.okrsync.measure.Window;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RatesTest {
  private static final String RATES =
      """
      rates:
        monthly:
          in: USD
          from:
            2026-10-01: { EUR: 1.1, IDR: 0.0000613 }
            2026-11-01: { EUR: 1.2 }
      measures:
        deals_won:  { from: crm, where: status == 'won', at: wonAt, sum: value, currency: currency, in: USD, rates: monthly }
        deals_lost: { from: crm, where: status == 'won', at: wonAt, sum: value, currency: currency, in: EUR, rates: monthly }
      """;
  private static final Window AUTUMN =
      new Window(Instant.parse("2026-09-01T00:00:00Z"), Instant.parse("2026-12-01T00:00:00Z"));

  private final Folder folder;
  private final List<SourceRecord> deals = new ArrayList<>();

  RatesTest(@TempDir Path temporary) {
    folder = new Folder(temporary).measures(RATES);
  }

  @Test
  void money_is_worth_what_its_rate_was_on_its_day() {
    won("1.5", "USD", "2026-10-01T00:00:00Z");
    won("10", "EUR", "2026-10-31T23:59:59Z");
    won("10", "eur", "2026-11-01T00:00:00Z");
    won("1000000", "IDR", "2026-11-02T00:00:00Z");

    assertThat(read("deals_won").value()).isEqualByComparingTo("85.8"); // 1.5 + 11 + 12 + 61.3
    assertThat(read("deals_lost").value()) // 1.3636363636 + 10 + 10 + 51.0833333333
        .isEqualByComparingTo("72.4469696969");
  }

  @Test
  void a_rate_that_is_missing_is_a_reason_and_never_a_number() {
    won("10", "EUR", "2026-09-30T23:59:59Z");
    won("10", "CHF", "2026-11-01T00:00:00Z");

    assertThat(read("deals_won").reason())
        .hasToString(
            "missing rate: 'deals_won' is in USD, but the rates 'monthly' have none of CHF, EUR for"
                + " the day of a record that counts");
  }

  @Test
  void other_rates_make_another_measure() {
    String before = measure("deals_won").version();
    folder.measures(RATES.replace("EUR: 1.2", "EUR: 1.20"));
    assertThat(measure("deals_won").version()).isNotEqualTo(before);
    folder.measures(RATES.replace("monthly", "of_months"));
    assertThat(measure("deals_won").version()).isEqualTo(before);
  }

  @Test
  void what_is_wrong_with_rates_is_told() {
    folder.measures(
        RATES
            .replace("EUR: 1.2 }", "EUR: 0, euro: 1 }")
            .replace("in: EUR, rates: monthly", "in: EUR, rates: montly"));

    assertThat(folder.refused())
        .contains("rates.monthly.from.2026-11-01.EUR, line 6", "must be a rate above 0")
        .contains("the name 'euro' is not allowed", "a currency code such as EUR")
        .contains("unknown table of rates 'montly'", "did you mean 'monthly'?");
  }

  private void won(String value, String currency, String at) {
    ObjectNode fields = JsonNodeFactory.instance.objectNode().put("status", "won");
    fields.put("value", new BigDecimal(value)).put("currency", currency).put("wonAt", at);
    deals.add(new SourceRecord("d" + deals.size(), Instant.parse(at), false, fields));
  }

  private Reading read(String name) {
    Measure measure = measure(name);
    List<Contribution> all =
        deals.stream().flatMap(it -> measure.contribution(it).stream()).toList();
    return InMemory.read(measure, AUTUMN, all);
  }

  private Measure measure(String name) {
    return Objects.requireNonNull(folder.accepted().measures().get(name));
  }
}
