package io.okrsync.sync;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a source.
 *
 * @param from of a backfill: the first change to read again; null for the other kinds
 * @param to of a backfill: the last change to read again; null for the other kinds
 */
public record Asked(RunKind kind, @Nullable Instant from, @Nullable Instant to) {
  /** No record is dated before. */
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

  public static final Asked SYNC = new Asked(RunKind.SYNC, null, null);
  public static final Asked CENSUS = new Asked(RunKind.CENSUS, null, null);
  public static final Asked RECONCILE = new Asked(RunKind.RECONCILE, null, null);

  public Asked {
    boolean spans = from != null && to != null;
    if (kind == RunKind.BACKFILL && !spans) {
      throw new IllegalArgumentException("a backfill needs a time to begin with and one to end");
    }
    if (kind != RunKind.BACKFILL && (from != null || to != null)) {
      throw new IllegalArgumentException("only a backfill has a span of time");
    }
    if (from != null && to != null && !from.isBefore(to)) {
      throw new IllegalArgumentException("from must be before to");
    }
  }

  /** To the microsecond, as the run keeps it that does it; or it would never be done. */
  public static Asked backfill(Instant from, Instant to) {
    return new Asked(
        RunKind.BACKFILL, from.truncatedTo(ChronoUnit.MICROS), to.truncatedTo(ChronoUnit.MICROS));
  }

  /**
   * As people write it: a day, or a moment such as {@code 2026-11-20T10:00:00Z}.
   *
   * @param to a day is meant to its end; null or empty: until now
   * @param zone the zone of days
   * @throws IllegalArgumentException where it is not that, saying what to write
   */
  public static Asked backfill(
      @Nullable String from, @Nullable String to, ZoneId zone, Instant now) {
    if (from == null || from.isBlank()) {
      throw new IllegalArgumentException("from is missing: the day from which to read again");
    }
    Instant begin = moment("from", from.strip(), zone, 0);
    Instant end = to == null || to.isBlank() ? now : moment("to", to.strip(), zone, 1);
    if (!begin.isBefore(now)) {
      throw new IllegalArgumentException(
          "from must not be in the future: '%s'; it is %s, and a backfill reads again what has changed until now"
              .formatted(from.strip(), now.truncatedTo(ChronoUnit.SECONDS)));
    }
    if (!begin.isBefore(end)) {
      throw new IllegalArgumentException(
          "from must be before to: '%s' is not before '%s'; write the earlier one as from"
              .formatted(from.strip(), String.valueOf(to).strip()));
    }
    return backfill(begin, end.isAfter(now) ? now : end);
  }

  private static Instant moment(String name, String text, ZoneId zone, int days) {
    try {
      Instant at =
          text.contains("T")
              ? OffsetDateTime.parse(text).toInstant()
              : LocalDate.parse(text).plusDays(days).atStartOfDay(zone).toInstant();
      if (at.isBefore(EARLIEST)) {
        throw new DateTimeException("no record changed then");
      }
      return at;
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "%s must be a day such as 2026-10-01, or a moment such as 2026-10-01T08:00:00Z: '%s'"
              .formatted(name, text),
          e);
    }
  }

  /** Whether a run that ended well has done it: one that was cut off goes on before anything. */
  public boolean isMetBy(SyncRun run) {
    return switch (kind) {
      case SYNC -> run.kind().isLive();
      case RECONCILE -> run.kind().isLive() && run.readsEverything();
      case CENSUS -> run.readsEverything();
      case BACKFILL ->
          run.kind() == kind
              && Objects.equals(run.since(), from)
              && Objects.equals(run.until(), to);
    };
  }

  /** Such as {@code backfill of what changed from … to …}. */
  public String inWords() {
    return from == null
        ? kind.label()
        : "%s of what changed from %s to %s".formatted(kind.label(), from, to);
  }
}
