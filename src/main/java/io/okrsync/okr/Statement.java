package io.okrsync.okr;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a person states about a key result, with a reason. Nothing takes it back; a later one may
 * say something else.
 *
 * @param by who says so
 * @param value of a typed value and of an override; null where an override ends before its time,
 *     and of a learning
 * @param reason why, or what was learned
 * @param link where the evidence is; empty where none was given
 * @param until the first moment at which an override does not hold any more; null where there is
 *     none
 */
public record Statement(
    String keyResult,
    Kind kind,
    Instant at,
    String by,
    @Nullable BigDecimal value,
    String reason,
    String link,
    @Nullable Instant until) {
  /** What it is about. */
  public enum Kind {
    /** The value of a key result that no source tells. */
    VALUE,
    /** A value that holds instead of the one that is read, for some time. */
    OVERRIDE,
    /** What worked, what did not, and why. */
    LEARNING;

    /** As people write it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final int LONGEST = 2000;
  private static final Pattern ADDRESS = Pattern.compile("https?://\\S+");

  /** To the microsecond, as it is kept and sealed. */
  public Statement {
    at = at.truncatedTo(ChronoUnit.MICROS);
    until = until == null ? null : until.truncatedTo(ChronoUnit.MICROS);
    by = PersonName.of(by, "states it");
    reason = PersonWords.of("reason", reason, LONGEST);
    link = PersonWords.of("link", link, LONGEST);
    require(!reason.isEmpty(), "reason must say why");
    require(
        link.isEmpty() || ADDRESS.matcher(link).matches(),
        "link must be an address that begins with https:// or http://");
    require(value == null || value.scale() <= 10, "value must have at most 10 decimals");
    require(
        value == null || value.precision() - value.scale() <= 18,
        "value must have at most 18 digits before the point");
    switch (kind) {
      case VALUE -> require(value != null && until == null, "value is missing: a number");
      case LEARNING -> require(value == null && until == null, "value does not go with a learning");
      case OVERRIDE -> {
        require(
            (value == null) == (until == null),
            "until must say the last day of the override; without a value it ends now");
        require(until == null || until.isAfter(at), "until must not be over: it is " + until);
      }
    }
  }

  /** Whether it is an override that holds at this time. */
  public boolean holds(Instant now) {
    return value != null && until != null && now.isBefore(until);
  }

  private static void require(boolean fine, String otherwise) {
    if (!fine) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
