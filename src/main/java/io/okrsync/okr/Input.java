package io.okrsync.okr;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One measure's part in a value: what was read, in which window, of how many records.
 *
 * @param name how the formula calls it, such as {@code deals_won} or {@code previous(deals_won)}
 * @param version the version of the measure
 * @param run the last run whose records are in it; null where the source has never been read
 * @param value null exactly where there is a reason
 * @param reason why there is no value
 */
public record Input(
    String name,
    String version,
    Instant from,
    Instant to,
    @Nullable Long run,
    long records,
    @Nullable BigDecimal value,
    @Nullable String reason) {}
