package io.okrsync;

import io.okrsync.okr.Statement;
import io.okrsync.okr.Statement.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A person who states what she has seen. */
final class Ani {
  private Ani() {}

  static void types(Service service, String keyResult, String value) {
    state(service, keyResult, Kind.VALUE, value, null);
  }

  static void overrides(Service service, String keyResult, String value, Duration time) {
    state(service, keyResult, Kind.OVERRIDE, value, service.now().plus(time));
  }

  private static void state(
      Service service, String keyResult, Kind kind, String value, @Nullable Instant until) {
    service
        .store()
        .state(
            new Statement(
                keyResult, kind, service.now(), "Ani", new BigDecimal(value), "seen", "", until),
            service.setup().version());
  }
}
