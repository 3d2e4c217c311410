package io.okrsync.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a run found about one record that its counts alone do not tell: that it is gone, that it
 * came back, or that an earlier run should have brought it.
 *
 * @param record its id
 * @param title what it is called; null where it has no title
 * @param marked whether the source said so; otherwise the record just did not come
 * @param missed whether an earlier run should have brought it
 * @param changedAt when it changed, by the source; null where it does not tell
 * @param thereAt when it was there for certain the last time, of one that did not come; null where
 *     that is not known
 * @param noticedAt when the run began that noticed it
 */
public record Difference(
    long run,
    RunKind kind,
    String source,
    String record,
    @Nullable String title,
    What what,
    boolean marked,
    boolean missed,
    @Nullable Instant changedAt,
    @Nullable Instant thereAt,
    Instant noticedAt) {

  /** What is different. */
  public enum What {
    ADDED,
    CHANGED,
    REMOVED,
    RETURNED;

    /** The word to show. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How long after the change it was noticed; null where nobody can tell. */
  public @Nullable Duration late() {
    return changedAt == null || changedAt.isAfter(noticedAt)
        ? null
        : Duration.between(changedAt, noticedAt);
  }

  /** Such as {@code 17 (Kopi Senja) was missing: it changed at …, which was noticed 5h later}. */
  public String inWords() {
    return (title == null ? record : "%s (%s)".formatted(record, title)) + " " + happened();
  }

  private String happened() {
    return switch (what) {
      case ADDED -> "was missing" + late("it changed");
      case CHANGED -> "had changed" + late("that was");
      case RETURNED -> "came back, after it had been taken as removed";
      case REMOVED -> marked ? "is marked as deleted" + late("that was") : gone();
    };
  }

  private String late(String subject) {
    Duration late = late();
    return late == null
        ? ""
        : ": %s at %s, noticed %s later".formatted(subject, changedAt, rough(late));
  }

  private String gone() {
    String how =
        kind == RunKind.CENSUS
            ? "is gone: a census of the ids did not list it"
            : "is gone: a read of everything did not bring it";
    return thereAt == null ? how : "%s, and it was there at %s".formatted(how, thereAt);
  }

  /** Such as {@code 5h}; the two greatest units, where the second is not nothing. */
  public static String rough(Duration time) {
    long days = time.toDays();
    if (days > 0) {
      return days + "d" + (time.toHoursPart() == 0 ? "" : " " + time.toHoursPart() + "h");
    }
    if (time.toHours() > 0) {
      return time.toHours()
          + "h"
          + (time.toMinutesPart() == 0 ? "" : " " + time.toMinutesPart() + "min");
    }
    return time.toMinutes() > 0 ? time.toMinutes() + "min" : time.toSeconds() + "s";
  }
}
