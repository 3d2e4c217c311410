package io.okrsync.web;

import io.okrsync.store.KeyResultReading;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One reading of a key result, as the API gives it. */
record ReadingBody(
    long id,
    String keyResult,
    @Nullable BigDecimal value,
    @Nullable BigDecimal previous,
    @Nullable String reason,
    String cause,
    String at,
    @Nullable Long run,
    long configVersion,
    List<InputBody> inputs) {

  static ReadingBody of(KeyResultReading reading) {
    return new ReadingBody(
        reading.id(),
        reading.keyResult(),
        reading.value(),
        reading.previous(),
        reading.reason(),
        reading.cause().name().toLowerCase(Locale.ROOT),
        reading.at().toString(),
        reading.run(),
        reading.configVersion(),
        reading.inputs().stream().map(InputBody::of).toList());
  }
}
