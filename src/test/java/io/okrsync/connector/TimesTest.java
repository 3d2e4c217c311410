package io.okrsync.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The way in which nearly all times are written is read by hand, and means the same. */
class TimesTest {
  private static final ZoneId JAKARTA = ZoneId.of("Asia/Jakarta");

  @Test
  void what_is_read_by_hand_is_what_the_formatter_reads() {
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      String text =
          "%04d-%02d-%02dT%02d:%02d:%02d"
              .formatted(
                  random.nextInt(4) == 0 ? random.nextInt(10_000) : 2026,
                  random.nextInt(14),
                  random.nextInt(33),
                  random.nextInt(26),
                  random.nextInt(62),
                  random.nextInt(62));
      assertThat(Times.instant(text + "Z", JAKARTA))
          .as(text)
          .isEqualTo(Times.instant(text + "+00:00", JAKARTA));
      String date = text.substring(0, "0000-00-00".length());
      assertThat(Times.instant(date, JAKARTA))
          .as(date)
          .isEqualTo(Times.instant(" " + date, JAKARTA));
    }
  }

  @Test
  void a_time_in_UTC_is_that_instant_whatever_the_zone() {
    assertThat(Times.instant("2026-11-21T19:33:18Z", JAKARTA))
        .contains(Instant.parse("2026-11-21T19:33:18Z"));
  }
}
