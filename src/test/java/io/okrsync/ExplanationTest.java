package io.okrsync;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.audit.Explanation;
import io.okrsync.audit.Explanation.Part;
import io.okrsync.audit.Explanation.RecordPart;
import io.okrsync.audit.Why;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Statement;
import io.okrsync.store.StoreSettings;
import io.okrsync.sync.Trigger;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each change of a value is explained, and the explanation sums to the change: promise 8. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ExplanationTest {
  private static final int ALL = 1_000_000;
  private static final Set<Why> NOT_BY_RECORD =
      EnumSet.of(Why.CONFIGURATION, Why.FIRST_READ, Why.OVERRIDE);
  private static final Instant NOVEMBER = Instant.parse("2026-11-02T03:00:00Z");
  private static final String MEASURES =
      """
      won:     { from: deals, where: status == 'won', at: wonAt, count: true }
      all:     { from: deals, at: wonAt, count: true }
      revenue: { from: deals, where: status == 'won', at: wonAt, sum: value }
      mean:    { from: deals, where: status == 'won', at: wonAt, average: value }
      median:  { from: deals, where: status == 'won', at: wonAt, median: value }
      least:   { from: deals, where: status == 'won', at: wonAt, min: value }
      most:    { from: deals, where: status == 'won', at: wonAt, max: value }
      latest:  { from: deals, where: status == 'won', at: wonAt, latest: value }
      owners:  { from: deals, where: status == 'won', at: wonAt, distinct: owner }
      by_owner:   { from: deals, where: status == 'won', at: wonAt, sum: value, by: owner }
      mean_of:    { from: deals, where: status == 'won', at: wonAt, average: value, by: owner }
      large_by:   { from: deals, where: value > 500.0, at: wonAt, count: true, by: owner }
      in_dollars: { from: deals, where: status == 'won', at: wonAt, sum: value, currency: "owner == 'anna' ? 'EUR' : 'USD'", in: USD, rates: table }
      dollars_by: { from: deals, where: status == 'won', at: wonAt, average: value, currency: "owner == 'anna' ? 'EUR' : 'USD'", in: USD, rates: table, by: owner }
      """;

  private final Workspace workspace;
  private final DealFile deals;
  private final Path file;
  private int opened;
  private final SettableClock clock = new SettableClock("2026-11-21T03:00:00Z");

  ExplanationTest(@TempDir Path folder) {
    workspace = new Workspace(folder);
    file = folder.resolve("deals.csv");
    deals = new DealFile(file);
  }

  @Test
  void records_that_enter_leave_change_and_go_are_named_with_their_amounts() {
    configure("revenue");
    put("1", "won", "100");
    put("2", "won", "50");
    put("3", "won", "20");
    put("4", "open", "7");
    try (Service service = open()) {
      sync(service);
      Instant from = service.now();
      put("1", "won", "110.5");
      put("2", "lost", "50");
      deals.remove("3");
      put("4", "won", "7");
      deals.put("5", "won", "1000", "anna", Instant.parse("2026-10-05T03:00:00Z"));
      clock.move(Duration.ofHours(1));
      deals.put("4", "won", "7", "anna", service.now());
      sync(service);

      Explanation explained = explain(service, "a", from);

      assertThat(explained.change()).isEqualByComparingTo("947.5");
      assertThat(amounts(explained))
          .containsExactly(
              "LATE revenue 1000: 5",
              "LEFT revenue -50: 2",
              "DELETED revenue -20: 3",
              "CHANGED revenue 10.5: 1",
              "ENTERED revenue 7: 4");
      RecordPart late = explained.parts().get(0).largest().get(0);
      assertThat(late.title()).isEqualTo("Deal 5");
      assertThat(late.url()).isEqualTo("https://crm.example/deal/5");
      assertThat(late.run()).isEqualTo(2);
    }
  }

  @Test
  void only_a_record_that_was_not_known_arrives_late_however_one_that_was_known_is_dated() {
    configure("revenue");
    put("1", "open", "7");
    put("2", "open", "5");
    try (Service service = open()) {
      sync(service);
      Instant from = service.now();
      clock.move(Duration.ofHours(1));
      put("1", "won", "7");
      deals.put("2", "won", "5", "anna", from.plusSeconds(60));
      put("3", "won", "30");
      deals.put("4", "won", "20", "anna", from.plusSeconds(60));
      sync(service);
      clock.move(Duration.ofHours(1));
      put("3", "won", "31");
      sync(service);

      assertThat(amounts(explain(service, "a", from)))
          .containsExactly("ENTERED revenue 32: 4", "LATE revenue 30: 3", "CHANGED revenue 1: 3");
    }
  }

  @Test
  void of_a_ratio_equal_records_have_equal_amounts() {
    configure("100.0 * won / all");
    put("1", "won", "1");
    put("2", "lost", "1");
    try (Service service = open()) {
      sync(service);
      Instant from = service.now();
      put("3", "won", "1");
      put("4", "won", "1");
      clock.move(Duration.ofHours(1));
      sync(service);

      Explanation explained = explain(service, "a", from);

      assertThat(explained.from().value()).isEqualByComparingTo("50");
      assertThat(explained.change()).isEqualByComparingTo("25");
      assertThat(explained.parts())
          .extracting(it -> it.input() + " " + it.amount().toPlainString())
          .containsExactly("won 100", "all -75");
      assertThat(explained.parts().get(0).largest())
          .extracting(RecordPart::amount)
          .allSatisfy(it -> assertThat(it).isEqualByComparingTo("50"));
    }
  }

  @Test
  void of_keys_each_has_its_amount_and_its_records() {
    configure("min(groups(by_owner))");
    deals.put("1", "won", "100", "anna", NOVEMBER);
    deals.put("2", "won", "50", "budi", NOVEMBER);
    try (Service service = open()) {
      sync(service);
      Instant from = service.now();
      deals.put("3", "won", "20", "budi", NOVEMBER);
      deals.put("4", "won", "1", "anna", NOVEMBER);
      deals.put("5", "won", "60", "citra", NOVEMBER);
      clock.move(Duration.ofHours(1));
      sync(service);

      Explanation explained = explain(service, "a", from);

      assertThat(explained.change()).isEqualByComparingTo("10");
      assertThat(amounts(explained))
          .containsExactly(
              "LATE groups(by_owner)['budi'] 20: 3",
              "LATE groups(by_owner)['citra'] -10: 5",
              "LATE groups(by_owner)['anna'] 0: 4");
    }
  }

  @Test
  void a_record_that_changes_its_key_is_told_apart_from_one_that_comes() {
    configure("max(groups(by_owner))");
    deals.put("1", "won", "100", "anna", NOVEMBER);
    deals.put("2", "won", "50", "anna", NOVEMBER);
    try (Service service = open()) {
      sync(service);
      Instant from = service.now();
      deals.put("2", "won", "50", "budi", NOVEMBER);
      clock.move(Duration.ofHours(1));
      sync(service);

      assertThat(amounts(explain(service, "a", from)))
          .containsExactly(
              "KEY groups(by_owner)['anna'] -50: 2", "KEY groups(by_owner)['budi'] 0: 2");
    }
  }

  @Test
  void a_record_that_counts_because_its_key_is_asked_for_now_is_named_so() {
    configure("among(by_owner, large_by)");
    deals.put("1", "won", "100", "anna", NOVEMBER);
    deals.put("2", "open", "900", "budi", NOVEMBER);
    try (Service service = open()) {
      sync(service);
      Instant from = service.now();
      deals.put("3", "open", "700", "anna", NOVEMBER);
      deals.put("4", "won", "5", "budi", NOVEMBER);
      clock.move(Duration.ofHours(1));
      sync(service);

      assertThat(amounts(explain(service, "a", from)))
          .containsExactly(
              "KEY among(by_owner, large_by) 100: 1",
              "LATE among(by_owner, large_by) 5: 4",
              "LATE large_by 0: 3");
    }
  }

  @Test
  void other_rates_are_a_cause_of_their_own_with_the_records_they_revalue() {
    configure("in_dollars");
    deals.put("1", "won", "100", "anna", NOVEMBER);
    deals.put("2", "won", "50", "budi", NOVEMBER);
    try (Service service = open()) {
      sync(service);
      Instant from = service.now();
      clock.move(Duration.ofHours(1));
      configure("in_dollars + 1");
      rates("1.5");
      service.reload();

      Explanation explained = explain(service, "a", from);

      assertThat(explained.parts())
          .extracting(it -> it.why() + " " + it.configVersion() + " " + it.amount().toPlainString())
          .containsExactly("RATES 2 25", "CONFIGURATION 2 1");
      assertThat(explained.parts().get(0).largest())
          .singleElement()
          .satisfies(
              it -> {
                assertThat(it.record()).isEqualTo("1");
                assertThat(it.before()).isEqualByComparingTo("125");
                assertThat(it.after()).isEqualByComparingTo("150");
              });
      assertThat(explained.parts().get(1).text())
          .isEqualTo("formula: 'in_dollars + 1' instead of 'in_dollars'");
    }
  }

  @Test
  void an_override_its_expiry_and_what_it_hides_are_causes_of_their_own() {
    configure("revenue");
    put("1", "won", "100");
    try (Service service = open()) {
      sync(service);
      Instant from = service.now();
      clock.move(Duration.ofHours(1));
      override(service, "a", "130", Duration.ofHours(5));
      assertThat(causes(explain(service, "a", from)))
          .containsExactly(
              "OVERRIDE 30: 130 until 2026-11-21T09:00:00Z by Ani: the invoice is on its way");
      Instant overridden = service.now();
      clock.move(Duration.ofHours(1));
      put("2", "won", "7");
      sync(service);
      assertThat(causes(explain(service, "a", overridden)))
          .containsExactly(
              "LATE 7: " + Why.LATE.words(),
              "OVERRIDE -7: 130 until 2026-11-21T09:00:00Z by Ani: the invoice is on its way; it"
                  + " hides what is read");
      assertThat(explain(service, "a", overridden).to().read()).isEqualByComparingTo("107");
      clock.move(Duration.ofHours(4));
      assertThat(causes(explain(service, "a", overridden)))
          .containsExactly(
              "OVERRIDE -30: 130 until 2026-11-21T09:00:00Z by Ani: the invoice is on its way;"
                  + " expired",
              "LATE 7: " + Why.LATE.words());
      assertThat(explanations(service).lastChange("a", service.now()))
          .contains(Instant.parse("2026-11-21T08:59:59.999999Z"));
    }
  }

  private static List<String> causes(Explanation explained) {
    assertThat(sum(explained.parts().stream().map(Part::amount).toList()))
        .isEqualByComparingTo(explained.change());
    return explained.parts().stream()
        .map(it -> "%s %s: %s".formatted(it.why(), it.amount().toPlainString(), it.text()))
        .toList();
  }

  /** Without a time it ends the one before. */
  private static void override(
      Service service, String keyResult, String value, @Nullable Duration time) {
    service
        .store()
        .state(
            new Statement(
                keyResult,
                Statement.Kind.OVERRIDE,
                service.now(),
                "Ani",
                time == null ? null : new BigDecimal(value),
                "the invoice is on its way",
                "",
                time == null ? null : service.now().plus(time)),
            service.setup().version());
  }

  @Test
  void a_formula_defined_anew_and_a_target_set_anew_are_told_apart() {
    configure("revenue");
    put("1", "won", "100");
    try (Service service = open()) {
      sync(service);
      Instant from = service.now();
      clock.move(Duration.ofHours(1));
      put("2", "won", "5");
      sync(service);
      clock.move(Duration.ofHours(1));
      DealFile.configure(
          workspace, file, MEASURES, keyResult("a", "revenue * 2").replace("1000", "2000"));
      rates("1.25");
      service.reload();

      Explanation explained = explain(service, "a", from);

      assertThat(explained.parts())
          .extracting(Part::why)
          .containsExactly(Why.CONFIGURATION, Why.LATE);
      assertThat(explained.parts().get(0).amount()).isEqualByComparingTo("105");
      assertThat(explained.parts().get(0).text())
          .isEqualTo("formula: 'revenue * 2' instead of 'revenue'");
      assertThat(explained.edits())
          .singleElement()
          .satisfies(
              it -> {
                assertThat(it.what()).isEqualTo("target");
                assertThat(it.to()).isEqualTo("2000");
                assertThat(it.configVersion()).isEqualTo(2);
              });
      assertThat(explained.to().progress()).isEqualByComparingTo("0.105");
    }
  }

  @Test
  void before_the_first_value_there_is_nothing_to_explain_and_after_it_begins_there() {
    configure("revenue");
    put("1", "won", "100");
    try (Service service = open()) {
      Explanations explanations = explanations(service);
      assertThat(explanations.of("a", Instant.EPOCH, service.now(), ALL)).isEmpty();
      clock.move(Duration.ofHours(1));
      sync(service);
      assertThat(explanations.of("a", Instant.EPOCH, service.now(), ALL))
          .hasValueSatisfying(
              it -> {
                assertThat(it.from().since()).isEqualTo(it.to().since());
                assertThat(it.parts()).isEmpty();
              });
    }
  }

  @Test
  void the_parts_add_up_to_the_change_in_any_history_by_any_formula() {
    for (int seed = 1; seed <= 2; seed++) {
      play(new Random(seed));
    }
  }

  private static final List<String> FORMULAS =
      List.of(
          "revenue",
          "100.0 * won / all",
          "mean",
          "median + least",
          "most - least",
          "latest * 1.5",
          "owners",
          "won > 5 ? revenue / won : 0.0",
          "max(mean, 300) - min(median, 500) / (won + 1)",
          "min(groups(by_owner))",
          "sum(groups(by_owner).map(g, g > 600.0 ? g : 0.0))",
          "max(groups(mean_of)) - min(groups(by_owner / 2.0))",
          "size(groups(by_owner)) + sum(groups(last(by_owner, '9d')))",
          "among(by_owner, large_by) / (won + 1)",
          "not_among(by_owner, last(large_by, '20d')) + sum(groups(among(mean_of, large_by)))",
          "in_dollars",
          "min(groups(dollars_by)) + in_dollars / 7.0");

  private void play(Random random) {
    configure(FORMULAS.toArray(String[]::new));
    List<Instant> moments = new ArrayList<>();
    Arrivals arrivals = new Arrivals();
    try (Service service = open()) {
      for (int step = 0; step < 14; step++) {
        for (int i = random.nextInt(12); i > 0; i--) {
          String id = String.valueOf(random.nextInt(30));
          if (random.nextInt(6) == 0) {
            deals.remove(id);
          } else {
            deals.put(
                id,
                random.nextInt(3) == 0 ? "open" : "won",
                random.nextInt(1000) + "." + random.nextInt(100_000),
                List.of("anna", "budi", "citra").get(random.nextInt(3)),
                clock.instant().minusSeconds(random.nextInt(90 * 86_400)));
          }
        }
        sync(service);
        arrivals.read(clock.instant(), deals.ids());
        if (random.nextInt(3) == 0) {
          configure(
              FORMULAS.stream()
                  .map(it -> random.nextBoolean() ? it : it + " + " + random.nextInt(9))
                  .toArray(String[]::new));
          rates("1." + random.nextInt(3));
          service.reload();
        }
        String overridden = String.valueOf((char) ('a' + random.nextInt(FORMULAS.size())));
        override(service, overridden, "" + random.nextInt(900), hours(random.nextInt(40)));
        moments.add(service.now());
        clock.move(Duration.ofHours(5));
      }
      Explanations explanations = explanations(service);
      for (KeyResult each : service.setup().keyResults()) {
        for (int i = 0; i < 8; i++) {
          Instant one = moments.get(random.nextInt(moments.size()));
          Instant other = moments.get(random.nextInt(moments.size()));
          Instant from = one.isBefore(other) ? one : other;
          explanations
              .of(each.id(), from, one.isBefore(other) ? other : one, ALL)
              .ifPresent(
                  it -> {
                    assertAddsUp(each.formula(), it);
                    arrivals.assertToldBy(it);
                  });
        }
      }
    }
  }

  /** Which run read a record first, when, and when the run before had begun. */
  private record Arrival(long run, Instant at, Instant runBefore) {}

  /** The truth about late arrivals, from what was written into the file. */
  private static final class Arrivals {
    private final Map<String, Arrival> first = new HashMap<>();
    private Instant last = Instant.MIN;
    private long run;

    void read(Instant at, Set<String> ids) {
      run++;
      ids.forEach(id -> first.putIfAbsent(id, new Arrival(run, at, last)));
      last = at;
    }

    void assertToldBy(Explanation explained) {
      for (Part part : explained.parts()) {
        for (RecordPart each : part.largest()) {
          Arrival arrival = requireNonNull(first.get(each.record()));
          boolean isOverdue = requireNonNull(each.at()).isBefore(arrival.runBefore());
          if (part.why() == Why.LATE) {
            assertThat(isOverdue).as("%s", each).isTrue();
            assertThat(arrival.at()).as("%s", each).isAfter(explained.from().since());
          }
          if (part.why() == Why.ENTERED) {
            boolean cameWithIt = Objects.equals(each.run(), arrival.run());
            assertThat(isOverdue && cameWithIt).as("%s", each).isFalse();
          }
        }
      }
    }
  }

  private static @Nullable Duration hours(int hours) {
    return hours == 0 ? null : Duration.ofHours(hours);
  }

  private static void assertAddsUp(String formula, Explanation explained) {
    BigDecimal sum = sum(explained.parts().stream().map(Part::amount).toList());
    assertThat(sum).as(formula).isEqualByComparingTo(explained.change());
    for (Part part : explained.parts()) {
      assertThat(part.why()).as("%s: %s", formula, part).isNotEqualTo(Why.OTHER);
      assertThat(part.why()).as("%s: %s", formula, part).isNotEqualTo(Why.MANY);
      if (!NOT_BY_RECORD.contains(part.why())) {
        assertThat(part.largest()).as(formula).hasSize((int) part.records());
        assertThat(sum(part.largest().stream().map(RecordPart::amount).toList()))
            .as("%s: %s", formula, part)
            .isEqualByComparingTo(part.amount());
      }
    }
  }

  private static BigDecimal sum(List<BigDecimal> amounts) {
    return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static List<String> amounts(Explanation explained) {
    return explained.parts().stream()
        .map(
            it ->
                "%s %s %s: %s"
                    .formatted(
                        it.why(),
                        it.input(),
                        it.amount().toPlainString(),
                        it.largest().get(0).record()))
        .toList();
  }

  private void configure(String... formulas) {
    StringBuilder keyResults = new StringBuilder();
    char id = 'a';
    for (String formula : formulas) {
      keyResults.append(keyResult(String.valueOf(id++), formula));
    }
    DealFile.configure(workspace, file, MEASURES, keyResults.toString());
    rates("1.25");
  }

  private void rates(String euro) {
    String rates = "rates:\n  table: { in: USD, from: { 2026-01-01: { EUR: %s } } }\n";
    workspace.write(
        "config/measures.yaml", rates.formatted(euro) + "measures:\n" + MEASURES.indent(2));
  }

  private static String keyResult(String id, String formula) {
    return """
    - id: %s
      title: Bring it to 1000
      formula: "%s"
      baseline: 0
      target: 1000
    """
        .formatted(id, formula);
  }

  private void put(String id, String status, String value) {
    deals.put(id, status, value, "anna", NOVEMBER);
  }

  private Service open() {
    deals.write();
    Folders folders = new Folders();
    folders.config = workspace.config();
    return Service.open(
        folders, StoreSettings.inFolder(data()), name -> null, clock, run -> {}, run -> {});
  }

  /** A new one each time. */
  private Path data() {
    return workspace.data().resolve(String.valueOf(++opened));
  }

  private void sync(Service service) {
    deals.write();
    assertThat(service.runs().run("deals", Trigger.MANUAL).outcome().isWell()).isTrue();
  }

  private static Explanation explain(Service service, String keyResult, Instant from) {
    return explanations(service).of(keyResult, from, service.now(), ALL).orElseThrow();
  }

  private static Explanations explanations(Service service) {
    return new Explanations(
        service.store().evidence(),
        new StoredSetups(service.store().evidence(), service.connectors(), name -> null));
  }
}
