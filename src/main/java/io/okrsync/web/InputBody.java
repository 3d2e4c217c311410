package io.okrsync.web;

import io.okrsync.okr.Input;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** One measure's part in a reading, as the API gives it. */
record InputBody(
    String name,
    String version,
    String from,
    String to,
    @Nullable Long run,
    long records,
    @Nullable BigDecimal value,
    @Nullable String reason) {

  static InputBody of(Input input) {
    return new InputBody(
        input.name(),
        input.version(),
        input.from().toString(),
        input.to().toString(),
        input.run(),
        input.records(),
        input.value(),
        input.reason());
  }
}
