package io.okrsync.okr;

import java.math.BigDecimal;
import java.time.Instant;

/** What a value was from a moment on, until the next one. */
public record ValueAt(Instant at, BigDecimal value) {}
