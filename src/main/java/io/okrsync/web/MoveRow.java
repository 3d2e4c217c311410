package io.okrsync.web;

import io.okrsync.okr.KeyResult;
import io.okrsync.store.KeyResultReading;
import org.jspecify.annotations.Nullable;

/**
 * What a run did to one key result.
 *
 * @param title how it is called; its id where no key result of the configuration has it any more
 * @param address its page; null where it has none any more
 * @param reason why no new value could be read; null where one was
 * @param why where this change is explained; null with {@code address}
 * @param receipt where the records behind the value are
 */
public record MoveRow(
    String title,
    @Nullable String address,
    Amount from,
    Amount to,
    @Nullable String reason,
    @Nullable String why,
    String receipt) {

  static MoveRow of(KeyResultReading reading, @Nullable KeyResult known) {
    String unit = known == null ? "" : known.unit();
    return new MoveRow(
        known == null ? reading.keyResult() : known.title(),
        known == null ? null : Addresses.keyResult(known.id()),
        Amount.of(reading.previous(), unit),
        Amount.of(reading.value(), unit),
        reading.reason(),
        known == null ? null : Addresses.why(known.id(), reading.at()),
        Addresses.reading(reading.id()));
  }
}
