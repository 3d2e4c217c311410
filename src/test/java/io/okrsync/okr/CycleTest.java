package io.okrsync.okr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CycleTest {
  private static final ZoneId JAKARTA = ZoneId.of("Asia/Jakarta");

  private final Cycle quarter = cycle("2026-10-01", "2026-12-31", JAKARTA);

  @Test
  void begins_with_the_first_moment_of_the_first_day_in_its_own_zone() {
    assertThat(quarter.start()).isEqualTo(Instant.parse("2026-09-30T17:00:00Z"));
  }

  @Test
  void ends_with_the_last_moment_of_the_last_day() {
    assertThat(quarter.end()).isEqualTo(Instant.parse("2026-12-31T17:00:00Z"));
  }

  @Test
  void has_not_begun_to_pass_before_it_starts_and_has_passed_after_it_ends() {
    assertThat(quarter.elapsed(quarter.start().minusSeconds(1))).isEqualByComparingTo("0");
    assertThat(quarter.elapsed(quarter.end())).isEqualByComparingTo("1");
  }

  @Test
  void has_half_passed_in_the_middle() {
    assertThat(quarter.elapsed(Instant.parse("2026-11-15T17:00:00Z"))).isEqualByComparingTo("0.5");
  }

  @Test
  void a_quarter_follows_a_quarter_though_their_days_differ() {
    Cycle before = quarter.previous();
    assertThat(before.from()).isEqualTo("2026-07-01");
    assertThat(before.to()).isEqualTo("2026-09-30");
    assertThat(before.end()).isEqualTo(quarter.start());
  }

  @Test
  void a_cycle_of_days_follows_one_of_as_many_days() {
    Cycle fortnight = cycle("2026-03-09", "2026-03-22", JAKARTA);
    assertThat(fortnight.previous().from()).isEqualTo("2026-02-23");
    assertThat(fortnight.previous().to()).isEqualTo("2026-03-08");
  }

  @Test
  void a_day_on_which_clocks_change_still_counts_whole() {
    Cycle day = cycle("2026-10-25", "2026-10-25", ZoneId.of("Europe/Berlin"));
    assertThat(day.elapsed(day.start().plusSeconds(25 * 3600 / 2)))
        .isEqualByComparingTo(new BigDecimal("0.5"));
  }

  @Test
  void must_not_end_before_it_begins() {
    assertThatThrownBy(() -> cycle("2026-12-31", "2026-10-01", JAKARTA))
        .hasMessage("cycle 2026-Q4 ends (2026-10-01) before it begins (2026-12-31)");
  }

  private static Cycle cycle(String from, String to, ZoneId zone) {
    return new Cycle("2026-Q4", LocalDate.parse(from), LocalDate.parse(to), zone);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-Q4, 2026-10-01, 2026-12-31, 2027-Q1, 2027-01-01, 2027-03-31",
    "2026-H1, 2026-01-01, 2026-06-30, 2026-H2, 2026-07-01, 2026-12-31",
    "2027-01, 2027-01-01, 2027-01-31, 2027-02, 2027-02-01, 2027-02-28",
    "2026, 2026-01-01, 2026-12-31, 2027, 2027-01-01, 2027-12-31",
    "2026-Q4, 2026-10-05, 2026-10-18, 2026-Q4, 2026-10-19, 2026-11-01"
  })
  void the_next_one_is_as_long(
      String id, String from, String to, String nextId, String nextFrom, String nextTo) {
    Cycle cycle = new Cycle(id, LocalDate.parse(from), LocalDate.parse(to), ZoneId.of("UTC"));

    assertThat(cycle.nextId()).contains(nextId);
    assertThat(cycle.next("next"))
        .isEqualTo(
            new Cycle(
                "next", LocalDate.parse(nextFrom), LocalDate.parse(nextTo), ZoneId.of("UTC")));
  }
}
