package io.okrsync.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimelyTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void what_comes_in_drops_must_be_whole_by_some_time() throws IOException {
    AtomicLong time = new AtomicLong(-5);
    AtomicBoolean dropped = new AtomicBoolean();
    Timely body =
        new Timely(
            new ByteArrayInputStream(new byte[10]), MINUTE, time::get, () -> dropped.set(true));
    time.addAndGet(MINUTE.toNanos());
    assertThat(body.read()).isZero();

    time.incrementAndGet();

    assertThatThrownBy(body::read)
        .isInstanceOf(Timely.TooSlow.class)
        .hasMessageContaining("had not answered whole after 60 s");
    body.close();
    assertThat(dropped).isTrue();
  }

  @Test
  void what_was_read_to_its_end_is_kept_for_the_next_request() throws IOException {
    AtomicBoolean dropped = new AtomicBoolean();
    try (Timely body =
        new Timely(
            new ByteArrayInputStream(new byte[10]), MINUTE, () -> 0, () -> dropped.set(true))) {
      assertThat(body.readAllBytes()).hasSize(10);
    }
    assertThat(dropped).isFalse();
  }
}
