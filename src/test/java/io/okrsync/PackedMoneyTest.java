package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.audit.Finding;
import io.okrsync.sync.Trigger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who has nothing but a pack sees what was converted, at which rate, and both verifiers convert it
 * again: whatever does not fit is named by file and line.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PackedMoneyTest {
  private static final String RATES =
      """
      rates:
        monthly:
          in: USD
          from:
            2026-09-01: { EUR: 1.10, IDR: 0.0000610 }
            2026-11-01: { EUR: 1.2, GBP: 1.3 }
      """;

  private static final String MEASURES =
      """
      sold:     { from: deals, where: status == 'won', at: wonAt, sum: value, currency: currency, in: USD, rates: monthly }
      in_euro:  { from: deals, where: status == 'won', at: wonAt, max: value, currency: currency, in: EUR, rates: monthly, by: owner }
      no_rate:  { from: deals, where: status == 'open', at: wonAt, sum: value, currency: currency, in: USD, rates: monthly }
      as_it_is: { from: deals, where: owner == 'ann', at: wonAt, sum: value, currency: currency, in: EUR }
      """;

  @TempDir static Path folder;
  private static Workspace workspace = new Workspace(Path.of("target"));
  private static Pack sound = new Pack(Map.of(), Path.of("target"));

  @BeforeAll
  static void a_pack() {
    workspace = new Workspace(folder);
    DealFile deals = new DealFile(folder.resolve("deals.csv"));
    // In Jakarta, the zone of the cycle, the first is of November.
    deals.put("1", "won", "10", "EUR", "ann", Instant.parse("2026-10-31T23:59:59.999999Z"));
    deals.put("2", "won", "10", "eur", "ann", Instant.parse("2026-11-01T00:00:00Z"));
    deals.put("3", "won", "7", "USD", "budi", Instant.parse("2026-11-02T03:00:00Z"));
    deals.put("4", "won", "1000000.123", "IDR", "budi", Instant.parse("2026-11-02T03:00:00Z"));
    deals.put("5", "open", "5", "GBP", "citra", Instant.parse("2026-10-31T23:59:59.999999Z"));
    deals.put("6", "open", "5", "CHF", "citra", Instant.parse("2026-11-02T03:00:00Z"));
    deals.put("7", "open", "", "EUR", "citra", Instant.parse("2026-11-02T03:00:00Z"));
    deals.write();
    configure("monthly");
    SettableClock clock = new SettableClock("2026-11-21T03:00:00Z");
    try (Service service = workspace.service(clock)) {
      service.runs().run("deals", Trigger.MANUAL);
      clock.move(Duration.ofHours(1));
      configure("of_months"); // the same measures
      service.reload();
    }
    sound = Pack.exported(workspace, folder.resolve("pack.zip"));
  }

  private static void configure(String rates) {
    DealFile.configure(
        workspace,
        folder.resolve("deals.csv"),
        RATES.replace("monthly", rates),
        MEASURES.replace("monthly", rates),
        """
        - { id: sold,    title: Sell,  formula: sold,                 baseline: 0, target: 1000 }
        - { id: in_euro, title: Euros, formula: sum(groups(in_euro)), baseline: 0, target: 1000 }
        - { id: no_rate, title: None,  formula: no_rate,              baseline: 0, target: 1000 }
        - { id: as_it_is, title: As,   formula: as_it_is,             baseline: 0, target: 1000 }
        """);
  }

  @Test
  void a_pack_holds_what_was_converted_and_the_rates() {
    assertThat(sound.findings()).isEmpty();
    assertThat(rows("sold"))
        .containsExactly(
            "row,record,since_run,until_run,at,amount,item,key,currency,problem,original_amount,original_currency",
            "record,1,1,,2026-10-31T23:59:59.999999Z,11,,,USD,,10,EUR",
            "record,2,1,,2026-11-01T00:00:00Z,12,,,USD,,10,EUR",
            "record,3,1,,2026-11-02T03:00:00Z,7,,,USD,,,",
            "record,4,1,,2026-11-02T03:00:00Z,61.000007503,,,USD,,1000000.123,IDR",
            "total,4,,,,91.000007503,,,,,,");
    assertThat(rows("in_euro"))
        .contains(
            "record,1,1,,2026-10-31T23:59:59.999999Z,10,,ann,EUR,,,",
            "record,3,1,,2026-11-02T03:00:00Z,5.8333333333,,budi,EUR,,7,USD",
            "record,4,1,,2026-11-02T03:00:00Z,50.8333395858,,budi,EUR,,1000000.123,IDR");
    assertThat(rows("no_rate"))
        .contains(
            "record,5,1,,2026-10-31T23:59:59.999999Z,5,,,GBP,,,",
            "record,6,1,,2026-11-02T03:00:00Z,5,,,CHF,,,",
            "record,7,1,,2026-11-02T03:00:00Z,,,,,value is not set,,");
    assertThat(rows("as_it_is")).contains("record,1,1,,2026-10-31T23:59:59.999999Z,10,,,EUR,,,");
    assertThat(sound.text("measures.jsonl")).contains("\"rates\":\"of_months\"");
    assertThat(sound.text("configurations.jsonl").lines().findFirst().orElseThrow())
        .contains(
            "\\\"rates\\\":{\\\"monthly\\\":{\\\"from\\\":{\\\"2026-09-01\\\":{\\\"EUR\\\":\\\"1.1\\\",\\\"IDR\\\":\\\"0.000061\\\"},\\\"2026-11-01\\\":{\\\"EUR\\\":\\\"1.2\\\",\\\"GBP\\\":\\\"1.3\\\"}},\\\"in\\\":\\\"USD\\\"}}");
  }

  private static List<String> rows(String measure) {
    return sound.text(sound.population(measure)).lines().toList();
  }

  @Test
  void what_is_not_converted_by_the_rate_of_its_day_is_named_by_file_and_line() {
    named("sold", "11,,,USD,,10,EUR", "12,,,USD,,10,EUR", 2);
    named("sold", "12,,,USD,,10,EUR", "11,,,USD,,10,EUR", 3);
    named("sold", "23:59:59.999999Z,11", "23:59:59.999999Z,11.0000000001", 2);
    named("sold", "61.000007503,,,USD,,1000000.123,IDR", "61.000007503,,,USD,,1000000,IDR", 5);
    named("sold", "11,,,USD,,10,EUR", "11,,,USD,,10,GBP", 2);
    named("sold", "11,,,USD,,10,EUR", "11,,,EUR,,10,EUR", 2);
    named("sold", "11,,,USD,,10,EUR", "10,,,EUR,,,", 2);
    named("sold", "7,,,USD,,,", "7,,,USD,,7,USD", 4);
    named("in_euro", "5.8333333333", "5.8333333334", 4);
    named("no_rate", "5,,,GBP,,,", "6.5,,,USD,,5,GBP", 2);
    named("no_rate", "2026-10-31T23:59:59.999999Z,5,", "2026-11-01T00:00:00Z,5,", 2);
    named("no_rate", "5,,,CHF,,,", "5,,,USD,,5,CHF", 3);
    named("no_rate", ",,,,value is not set,,", ",,,,value is not set,5,EUR", 4);
    named("as_it_is", "10,,,EUR,,,", "10,,,EUR,,11,USD", 2);
  }

  @Test
  void an_original_amount_without_its_currency_and_other_columns_are_named_by_file() {
    String file = sound.population("sold");
    for (String half : List.of(",,EUR", ",10,")) {
      assertThat(findings(file, it -> it.replaceFirst(",10,EUR", half)))
          .contains(file + ": cannot be read: an original amount goes with its currency");
    }
    assertThat(findings(file, it -> it.replaceFirst("original_currency", "currency")))
        .contains(file + ": cannot be read: it has other columns");
    assertThat(findings(file, it -> it.replaceFirst("(total.*),\n", "$1,x\n")))
        .anyMatch(it -> it.startsWith(file + ": its control totals say "));
  }

  private static void named(String measure, String from, String to, int line) {
    String file = sound.population(measure);
    assertThat(findings(file, it -> it.replaceFirst(from.replace(".", "\\."), to)))
        .anyMatch(it -> it.startsWith("%s line %d: record ".formatted(file, line)));
  }

  @Test
  void each_cell_of_each_population_is_held_against_something_else() {
    for (String measure : List.of("sold", "in_euro", "no_rate", "as_it_is")) {
      assertThat(sound.unnoticedCells(sound.population(measure))).as(measure).isEmpty();
    }
  }

  /** Of rates that were changed the seal is broken too; the rows are named all the same. */
  @Test
  void another_rate_and_one_that_is_missing_are_named_where_they_matter() {
    String file = sound.population("sold");
    assertThat(findings("configurations.jsonl", it -> rates(it, "1.2", "1.3")))
        .contains(
            file + " line 3: record 2 counts as 12 USD, but 10 EUR come to 13 USD by the rates")
        .noneMatch(it -> it.startsWith(file + " line 2:"))
        .anyMatch(it -> it.startsWith("configuration 1: "));
    assertThat(
            findings(
                "configurations.jsonl",
                it -> it.replace("\\\"2026-11-01\\\":{\\\"EUR", "\\\"2026-11-02\\\":{\\\"EUR")))
        .contains(
            file + " line 3: record 2 counts as 12 USD, but 10 EUR come to 11 USD by the rates");
    assertThat(
            findings("configurations.jsonl", it -> it.replace(",\\\"IDR\\\":\\\"0.000061\\\"", "")))
        .contains(
            file
                + " line 5: record 4 was converted from 1000000.123 IDR, for which there is no"
                + " rate");
    assertThat(findings("configurations.jsonl", it -> it.replace("\\\"GBP\\\"", "\\\"CHF\\\"")))
        .contains(
            sound.population("no_rate")
                + " line 3: record 6 was not converted, though by the rates it comes to 6.5 USD");
  }

  @Test
  void of_one_wrong_rate_the_first_amounts_are_named_and_the_others_counted() {
    Workspace many = new Workspace(folder.resolve("many"));
    DealFile deals = new DealFile(folder.resolve("many.csv"));
    for (int i = 1; i <= 25; i++) {
      deals.put(i + "", "won", "10", "EUR", "ann", Instant.parse("2026-11-02T03:00:00Z"));
    }
    deals.put("26", "won", "10", "GBP", "ann", Instant.parse("2026-11-02T03:00:00Z"));
    deals.write();
    DealFile.configure(
        many,
        folder.resolve("many.csv"),
        RATES,
        MEASURES,
        "- { id: sold, title: Sell, formula: sold, baseline: 0, target: 1000 }\n");
    try (Service service = many.service(new SettableClock("2026-11-21T03:00:00Z"))) {
      service.runs().run("deals", Trigger.MANUAL);
    }
    Pack pack = Pack.exported(many, folder.resolve("many.zip"));
    String file = pack.population("sold");

    Pack changed =
        pack.with("configurations.jsonl", it -> rates(it, "1.2", "1.3"))
            .with(
                "configurations.jsonl",
                it -> it.replace("\\\"GBP\\\":\\\"1.3", "\\\"GBP\\\":\\\"2"))
            .signedAnew();

    List<String> findings = changed.findings();
    String rest = "5 more amounts of EUR do not count as what they come to by the rates";
    assertThat(findings).contains(file + ": " + rest);
    assertThat(findings).filteredOn(it -> it.matches(file + " line .* EUR come to .*")).hasSize(20);
    assertThat(findings).filteredOn(it -> it.matches(file + " line .* GBP come to .*")).hasSize(1);
    assertThat(changed.own(changed.keyId()).findings()).contains(new Finding(file, rest));
  }

  private static String rates(String configurations, String from, String to) {
    return configurations.replace(
        "\\\"EUR\\\":\\\"%s\\\"".formatted(from), "\\\"EUR\\\":\\\"%s\\\"".formatted(to));
  }

  private static List<String> findings(String file, UnaryOperator<String> change) {
    return sound.with(file, change).signedAnew().findings();
  }

  @Test
  void the_export_of_a_population_has_the_same_columns() throws Exception {
    Path file = folder.resolve("population.csv");
    Workspace.Said said = workspace.run("export", "population", "5", "--to", file.toString());
    assertThat(said.exit()).as(said.all()).isZero();
    assertThat(Files.readAllLines(file).get(0))
        .endsWith(",problem,url,original_amount,original_currency");
    assertThat(Files.readAllLines(file))
        .contains(
            "sold,record,1,Deal"
                + " 1,2026-10-31T23:59:59.999999Z,11,,USD,,https://crm.example/deal/1,10,EUR",
            "sold,record,3,Deal 3,2026-11-02T03:00:00Z,7,,USD,,https://crm.example/deal/3,,",
            "sold,total,4,,,91.000007503,,USD,,,,");
  }
}
