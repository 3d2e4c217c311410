package io.okrsync.okr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForecastTest {
  private static final ZoneId JAKARTA = ZoneId.of("Asia/Jakarta");
  private static final Cycle QUARTER =
      new Cycle("2026-Q4", LocalDate.parse("2026-10-01"), LocalDate.parse("2026-12-31"), JAKARTA);

  @Test
  void the_same_on_each_day_goes_on_like_this_for_certain() {
    List<ValueAt> course = days("2026-10-01", 2, 4, 6, 8, 10, 12, 14);

    Forecast forecast = forecast(course, "2026-10-08T09:00:00+07:00", null);

    assertThat(forecast.value()).isEqualByComparingTo("184"); // 92 days of 2
    assertThat(forecast.low()).isEqualByComparingTo("184");
    assertThat(forecast.high()).isEqualByComparingTo("184");
    assertThat(forecast.days()).isEqualTo(6);
  }

  @Test
  void a_day_without_a_reading_keeps_the_value_of_the_day_before() {
    List<ValueAt> course =
        List.of(at("2026-10-01T10:00:00+07:00", 10), at("2026-10-06T10:00:00+07:00", 22));

    Forecast forecast = forecast(course, "2026-10-07T00:00:00+07:00", null);

    // changes 0, 0, 0, 0, 12: mean 2.4, 86 days left after the evening of the 6th
    assertThat(forecast.value()).isEqualByComparingTo("228.4");
    assertThat(forecast.days()).isEqualTo(5);
  }

  @Test
  void it_is_the_same_from_midnight_to_midnight() {
    List<ValueAt> course = new ArrayList<>(days("2026-10-01", 1, 5, 6, 6, 9, 13));
    Forecast early = forecast(course, "2026-10-07T00:00:00+07:00", null);
    course.add(at("2026-10-07T12:00:00+07:00", 1000));

    assertThat(forecast(course, "2026-10-07T23:59:59+07:00", null)).isEqualTo(early);
    assertThat(forecast(course, "2026-10-08T00:00:00+07:00", null)).isNotEqualTo(early);
  }

  @Test
  void too_few_days_say_nothing_and_so_do_days_outside_of_the_cycle() {
    List<ValueAt> course = days("2026-10-01", 1, 2, 3, 4, 5, 6);
    assertThat(
            Forecast.of(
                course,
                QUARTER,
                OffsetDateTime.parse("2026-10-05T23:00:00+07:00").toInstant(),
                null))
        .isEmpty();
    assertThat(
            Forecast.of(
                course,
                QUARTER,
                OffsetDateTime.parse("2027-01-01T00:00:00+07:00").toInstant(),
                null))
        .isEmpty();
    assertThat(
            Forecast.of(
                course,
                QUARTER,
                OffsetDateTime.parse("2026-09-30T23:59:59+07:00").toInstant(),
                null))
        .isEmpty();
    assertThat(Forecast.of(List.of(), QUARTER, Instant.parse("2026-11-01T00:00:00Z"), null))
        .isEmpty();
  }

  @Test
  void it_says_on_which_day_a_target_would_be_reached() {
    List<ValueAt> course = days("2026-10-01", 2, 4, 6, 8, 10, 12, 14);
    String now = "2026-10-08T09:00:00+07:00";

    assertThat(forecast(course, now, way("0", "60")).reachedOn()).isEqualTo("2026-10-30");
    assertThat(forecast(course, now, way("0", "61")).reachedOn()).isEqualTo("2026-10-31");
    assertThat(forecast(course, now, way("0", "14")).reachedOn()).isNull();
    assertThat(forecast(course, now, way("40", "0")).reachedOn()).isNull();
    assertThat(forecast(course, now, way("0", "100000")).reachedOn()).isNull();
    assertThat(forecast(course, now, new Limit(null, BigDecimal.TEN)).reachedOn()).isNull();
  }

  /** The same by another way: in floating point, from the definition of a walk with drift. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void it_is_the_walk_with_drift_that_others_compute(long seed) {
    Random random = new Random(seed);
    int known = 7 + random.nextInt(60);
    double[] values = new double[known];
    values[0] = random.nextInt(100);
    for (int i = 1; i < known; i++) {
      values[i] = values[i - 1] + Math.round(random.nextGaussian() * 500 + 100) / 100.0;
    }
    LocalDate today = QUARTER.from().plusDays(known);

    Forecast forecast =
        forecast(
            days("2026-10-01", values), today.atStartOfDay(JAKARTA).toInstant().toString(), null);

    int n = known - 1;
    double left = ChronoUnit.DAYS.between(today.minusDays(1), QUARTER.to());
    double drift = (values[n] - values[0]) / n;
    double squares = 0;
    for (int i = 1; i <= n; i++) {
      squares += Math.pow(values[i] - values[i - 1] - drift, 2);
    }
    double spread = Math.sqrt(squares / (n - 1)) * Math.sqrt(left * (1 + left / n));
    double end = values[n] + left * drift;
    assertThat(forecast.value().doubleValue()).isCloseTo(end, within(1e-3));
    assertThat(forecast.low().doubleValue()).isCloseTo(end - 1.2816 * spread, within(1e-3));
    assertThat(forecast.high().doubleValue()).isCloseTo(end + 1.2816 * spread, within(1e-3));
  }

  private static Forecast forecast(List<ValueAt> course, String now, @Nullable Course goal) {
    return Forecast.of(course, QUARTER, OffsetDateTime.parse(now).toInstant(), goal).orElseThrow();
  }

  private static Way way(String baseline, String target) {
    return new Way(new BigDecimal(baseline), new BigDecimal(target));
  }

  /** One value each day at noon. */
  private static List<ValueAt> days(String first, double... values) {
    List<ValueAt> course = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      Instant noon = LocalDate.parse(first).plusDays(i).atTime(12, 0).atZone(JAKARTA).toInstant();
      course.add(new ValueAt(noon, BigDecimal.valueOf(values[i])));
    }
    return course;
  }

  private static ValueAt at(String time, int value) {
    return new ValueAt(OffsetDateTime.parse(time).toInstant(), BigDecimal.valueOf(value));
  }
}
