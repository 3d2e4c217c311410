package io.okrsync.web;

import io.okrsync.okr.CheckIn;
import io.okrsync.okr.Freshness;
import io.okrsync.okr.Status;
import io.okrsync.sync.Concern;
import io.okrsync.sync.Outcome;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A state as a page shows it: always a word and a symbol beside the colour.
 *
 * @param kind chooses the colour: done, good, warn, bad, stale, idle or busy
 * @param symbol a path on a drawing of 16 by 16
 * @param hint what the word means, shown on request; null where it speaks for itself
 */
public record Badge(String kind, String symbol, String label, @Nullable String hint) {
  private static final String CHECK = "M2.5 8.5 6.5 12.5 13.5 4.5";
  private static final String UP = "M3 11 8 5 13 11";
  private static final String DOWN = "M3 5 8 11 13 5";
  private static final String CARE = "M8 2.5 14.5 13.5H1.5ZM8 6.5V9.5M8 11.4V11.6";
  private static final String CROSS = "M3.5 3.5 12.5 12.5M12.5 3.5 3.5 12.5";
  private static final String CLOCK = "M8 2A6 6 0 1 0 8 14 6 6 0 1 0 8 2M8 4.5V8L10.5 9.5";
  private static final String TURN = "M13.5 8A5.5 5.5 0 1 1 8 2.5";
  private static final String DASH = "M3.5 8H12.5";

  /** For a source whose run has not ended. */
  static final Badge AT_WORK = new Badge("busy", TURN, "at work");

  private Badge(String kind, String symbol, String label) {
    this(kind, symbol, label, null);
  }

  static Badge of(Status status) {
    return switch (status) {
      case COMPLETE -> new Badge("done", CHECK, status.label(), Sentences.STATUS_RULE);
      case ON_TRACK -> new Badge("good", UP, status.label(), Sentences.STATUS_RULE);
      case AT_RISK -> new Badge("warn", CARE, status.label(), Sentences.STATUS_RULE);
      case OFF_TRACK -> new Badge("bad", DOWN, status.label(), Sentences.STATUS_RULE);
      case OUTDATED -> new Badge("stale", CLOCK, status.label(), Sentences.STATUS_RULE);
      case WATCHED -> new Badge("idle", DASH, status.label());
      case NOT_STARTED -> new Badge("idle", DASH, status.label(), Sentences.STATUS_RULE);
    };
  }

  static Badge of(Freshness freshness) {
    String label = freshness.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return switch (freshness) {
      case FRESH -> new Badge("good", CHECK, label);
      case NEVER_READ -> new Badge("idle", DASH, label);
      case AGING -> new Badge("warn", CLOCK, label);
      case OUTDATED -> new Badge("stale", CLOCK, label);
    };
  }

  /** A person's confidence, by its light. */
  static Badge of(CheckIn said) {
    String label = "confidence " + said.confidence() + " of 5";
    return switch (said.light()) {
      case GREEN -> new Badge("good", UP, label, Sentences.CONFIDENCE);
      case YELLOW -> new Badge("warn", CARE, label, Sentences.CONFIDENCE);
      case RED -> new Badge("bad", DOWN, label, Sentences.CONFIDENCE);
    };
  }

  static Badge of(Concern.Kind concern) {
    return switch (concern) {
      case NEVER_ATTEMPTED -> new Badge("idle", DASH, concern.label());
      case NEEDS_AUTHORISATION -> new Badge("bad", CROSS, concern.label());
      case HELD -> new Badge("warn", CARE, concern.label());
      case CLOCK_PUT_BACK, OVERDUE -> new Badge("bad", CLOCK, concern.label());
      case OTHER_CONFIGURATION -> new Badge("bad", CARE, concern.label());
      case INCOMPLETE, READ_NOTHING, TOO_FAST -> new Badge("warn", CARE, concern.label());
    };
  }

  static Badge of(Outcome outcome) {
    return switch (outcome) {
      case RUNNING -> new Badge("busy", TURN, "running");
      case OK -> new Badge("good", CHECK, "ok");
      case OK_EMPTY -> new Badge("good", CHECK, "ok, nothing new");
      case PARTIAL -> new Badge("warn", CARE, "partial");
      case HELD ->
          new Badge("warn", CARE, "held", "A guard found it suspicious; a person decides.");
      case FAILED -> new Badge("bad", CROSS, "failed");
      case DISCARDED ->
          new Badge("idle", DASH, "discarded", "A person decided that it is not published.");
      case SKIPPED -> new Badge("idle", DASH, "skipped");
    };
  }
}
