package io.okrsync.web;

import io.okrsync.okr.Freshness;
import io.okrsync.okr.Status;
import io.okrsync.sync.Outcome;
import java.util.Locale;

/**
 * A state as a page shows it: always a word and a symbol beside the colour.
 *
 * @param kind chooses colour and symbol: done, good, warn, bad, stale, idle or busy
 */
public record Badge(String kind, String label) {
  static Badge of(Status status) {
    return new Badge(
        switch (status) {
          case COMPLETE -> "done";
          case ON_TRACK -> "good";
          case AT_RISK -> "warn";
          case OFF_TRACK -> "bad";
          case OUTDATED -> "stale";
          case NOT_STARTED -> "idle";
        },
        status.label());
  }

  static Badge of(Freshness freshness) {
    return new Badge(
        switch (freshness) {
          case FRESH -> "good";
          case AGING -> "warn";
          case OUTDATED -> "stale";
        },
        freshness.name().toLowerCase(Locale.ROOT));
  }

  static Badge of(Outcome outcome) {
    return switch (outcome) {
      case RUNNING -> new Badge("busy", "running");
      case OK -> new Badge("good", "ok");
      case OK_EMPTY -> new Badge("good", "ok, nothing new");
      case PARTIAL -> new Badge("warn", "partial");
      case FAILED -> new Badge("bad", "failed");
      case SKIPPED -> new Badge("idle", "skipped");
    };
  }
}
