package io.okrsync.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.okr.Cycle;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Objective;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LintTest {
  private static final Cycle QUARTER = cycle("2026-12-31");
  private static final List<String> RIGHT =
      List.of("Raise the win rate from 18% to 25%", "Naikkan rasio menang dari 18% menjadi 25%!");

  @Test
  void good_sentences_are_left_alone() {
    assertThat(
            found(
                objective("Win the customers we are made for", "sales", RIGHT),
                objective(
                    "Jadilah pilihan pertama perusahaan yang tumbuh",
                    "penjualan",
                    List.of("Shorten the way to a signature from 18 to 25 days", "Sign 25 deals"))))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OBJECTIVE_NUMBER | Generate 53 qualified leads for the sales team",
        "OBJECTIVE_NUMBER | Tingkatkan pendapatan sebesar 20% untuk ekspansi",
        "OBJECTIVE_VERB   | Market research for the new region we enter",
        "OBJECTIVE_VERB   | Pasar baru untuk produk yang kita jual",
        "OBJECTIVE_SHORT  | Increase revenue",
        "OBJECTIVE_SHORT  | Tingkatkan pendapatan",
        "OBJECTIVE_LONG   | Win all of the customers that we are made for in each of the regions we"
            + " sell to today",
        "OBJECTIVE_VAGUE  | Get more prospects for the sales team",
        "OBJECTIVE_VAGUE  | Dapatkan lebih banyak prospek untuk tim",
        "OBJECTIVE_STEPS  | Win customers: find them, call them, sign them",
        "OBJECTIVE_STEPS  | Temukan pelanggan lalu hubungi mereka"
      })
  void an_objective_is_remarked_on(Check check, String title) {
    assertThat(found(objective(title, "sales", RIGHT))).contains(check);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "KEY_RESULT_NO_NUMBER         | Increase brand awareness",
        "KEY_RESULT_NO_NUMBER         | Tingkatkan kesadaran merek",
        "KEY_RESULT_NO_METRIC         | Raise SEO performance by 50%",
        "KEY_RESULT_NO_METRIC         | Tingkatkan kinerja SEO sebesar 50%",
        "KEY_RESULT_LAUNCH            | Launch a new website",
        "KEY_RESULT_LAUNCH            | Luncurkan 1 situs web baru",
        "KEY_RESULT_ACTIVITY          | Make 500 cold calls",
        "KEY_RESULT_ACTIVITY          | Kirim 12 buletin",
        "KEY_RESULT_VAGUE             | Answer 25 inquiries in a timely manner",
        "KEY_RESULT_VAGUE             | Jawab 25 pertanyaan dengan segera",
        "KEY_RESULT_TWO_CONDITIONS    | Win 25 deals and keep 90% of them",
        "KEY_RESULT_TWO_CONDITIONS    | Menangkan 25 kontrak dan pertahankan 90%",
        "KEY_RESULT_TASK_LIST         | 1) find 25 leads 2) call them",
        "KEY_RESULT_TASK_LIST         | Cari 25 prospek, hubungi mereka, tutup kontrak",
        "KEY_RESULT_NO_COMPARISON     | Raise sales by 20%",
        "KEY_RESULT_NO_COMPARISON     | Naikkan penjualan sebesar 20 persen",
        "KEY_RESULT_POINTS_OR_PERCENT | Raise the win rate by 5% from last quarter",
        "KEY_RESULT_POINTS_OR_PERCENT | Naikkan rasio menang sebesar 5% dari kuartal lalu",
        "KEY_RESULT_OTHER_NUMBER      | Raise the win rate from 18% to 30%",
        "KEY_RESULT_OTHER_NUMBER      | Naikkan rasio menang dari 18% menjadi 30%",
        "KEY_RESULT_PERCENTAGE        | Raise the win rate from 18% to 25%",
        "KEY_RESULT_LONG              | Raise the win rate of each of the teams in every region"
            + " that we sell to from 18% to 25%"
      })
  void a_key_result_is_remarked_on(Check check, String title) {
    assertThat(found(objective("Win the customers we are made for", "sales", List.of(title))))
        .contains(check);
  }

  @ParameterizedTest
  @CsvSource({
    "Raise the newsletter to 10.000 readers, 10000",
    "'Raise the newsletter to 10,000 readers', 10000",
    "'Turunkan menjadi 4,5 hari', 4.5",
    "Cut it to 4.5 days, 4.5"
  })
  void a_target_is_recognised_in_both_notations(String title, BigDecimal target) {
    assertThat(new Title(title).names(target)).isTrue();
    assertThat(new Title(title).names(target.add(BigDecimal.ONE))).isFalse();
  }

  @Test
  void a_version_in_a_title_does_no_harm() {
    assertThat(new Title("Move 25 customers to 1.2.3 or 1,2,3").names(new BigDecimal(25))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"TBD", "everyone", "tim", "belum ada", "?"})
  void an_owner_that_is_nobody_is_remarked_on(String owner) {
    assertThat(found(objective("Win the customers we are made for", owner, RIGHT)))
        .containsExactly(Check.OWNER_MISSING);
  }

  @Test
  void a_change_from_nothing_lacks_its_baseline() {
    assertThat(found(with(keyResult("Naikkan jumlah pelanggan menjadi 25", "0", "25", ""))))
        .containsExactly(Check.BASELINE_MISSING);
  }

  @ParameterizedTest
  @CsvSource({"100, 102, '', true", "100, 104, '', false", "98, 99, %, false", "50, 51, %, true"})
  void a_target_close_to_the_baseline_is_remarked_on(
      String from, String to, String unit, boolean remarked) {
    List<Check> found = found(with(keyResult("Raise it from 1 to " + to, from, to, unit)));

    assertThat(found.contains(Check.TARGET_NOT_AMBITIOUS)).isEqualTo(remarked);
  }

  @Test
  void too_few_and_too_many_are_remarked_on() {
    assertThat(lint(LintSettings.STANDARD, objective("Win those we fit", "sales", some(1))))
        .containsExactly(Check.KEY_RESULT_COUNT);
    assertThat(lint(LintSettings.STANDARD, objective("Win those we fit", "sales", some(6))))
        .containsExactly(Check.KEY_RESULT_COUNT);
    Objective[] six =
        IntStream.range(0, 6)
            .mapToObj(it -> objective("Win those we fit", "sales", some(2)))
            .toArray(Objective[]::new);
    assertThat(lint(LintSettings.STANDARD, six))
        .containsOnlyOnce(Check.OBJECTIVE_COUNT)
        .contains(Check.KEY_RESULT_REPEATED);
  }

  @Test
  void key_results_that_all_count_deeds_are_remarked_on() {
    assertThat(
            found(
                objective(
                    "Win the customers we are made for",
                    "sales",
                    List.of("Make 25 calls", "Kirim 25 surat"))))
        .containsOnlyOnce(Check.KEY_RESULTS_ALL_ACTIVITIES);
  }

  @Test
  void a_week_is_no_cycle() {
    Objective right = objective("Win the customers we are made for", "sales", RIGHT);
    Objective week =
        new Objective(
            right.id(), right.title(), right.owner(), cycle("2026-10-07"), right.keyResults());

    assertThat(found(week)).containsExactly(Check.CYCLE_LENGTH);
  }

  @ParameterizedTest
  @EnumSource(Check.class)
  void no_check_comes_as_an_error_and_each_has_a_reason(Check check) {
    assertThat(check.standard()).isNotEqualTo(Level.ERROR);
    assertThat(check.reason()).endsWith(".");
    assertThat(Check.named(check.label())).contains(check);
  }

  @Test
  void a_check_that_is_off_finds_nothing() {
    LintSettings off = new LintSettings(Map.of(Check.OBJECTIVE_SHORT, Level.OFF), Limits.STANDARD);

    assertThat(lint(off, objective("Increase revenue", "sales", some(2)))).isEmpty();
  }

  /** What all checks find, but for how many there should be. */
  private static List<Check> found(Objective... objectives) {
    Map<Check, Level> levels = new EnumMap<>(Check.class);
    for (Check check : Check.values()) {
      levels.put(check, Level.WARNING);
    }
    boolean percentages = List.of(objectives).stream().anyMatch(it -> it.keyResults().size() == 1);
    levels.put(Check.KEY_RESULT_PERCENTAGE, percentages ? Level.NOTE : Level.OFF);
    levels.put(Check.KEY_RESULT_COUNT, Level.OFF);
    levels.put(Check.KEY_RESULT_OWNER, Level.OFF);
    return lint(new LintSettings(levels, Limits.STANDARD), objectives);
  }

  private static List<Check> lint(LintSettings settings, Objective... objectives) {
    return Lint.check(List.of(objectives), settings).stream().map(Finding::check).toList();
  }

  private static List<String> some(int count) {
    return IntStream.range(0, count).mapToObj(it -> "Win 25 of segment " + (it + 1)).toList();
  }

  private static Objective with(KeyResult keyResult) {
    KeyResult other = keyResult("Sign 25 deals", "18", "25", "");
    return new Objective(
        "win", "Win the customers we are made for", "sales", QUARTER, List.of(keyResult, other));
  }

  private static Objective objective(String title, String owner, List<String> keyResults) {
    List<KeyResult> made = new ArrayList<>();
    keyResults.forEach(it -> made.add(keyResult(it, "18", "25", "%")));
    return new Objective("win", title, owner, QUARTER, made);
  }

  private static KeyResult keyResult(String title, String from, String to, String unit) {
    return new KeyResult(
        "k",
        title,
        "win",
        "m",
        new BigDecimal(from),
        new BigDecimal(to),
        unit,
        BigDecimal.ONE,
        QUARTER);
  }

  private static Cycle cycle(String to) {
    return new Cycle(
        "2026-Q4", LocalDate.parse("2026-10-01"), LocalDate.parse(to), ZoneId.of("UTC"));
  }
}
