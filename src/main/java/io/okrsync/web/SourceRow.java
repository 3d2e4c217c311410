package io.okrsync.web;

import io.okrsync.okr.Freshness;
import io.okrsync.store.SourceState;
import io.okrsync.sync.Concern;
import io.okrsync.sync.SyncRun;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source and how it is doing.
 *
 * @param zone the zone of its days
 * @param schedule in words, such as {@code every 15m}
 * @param nextRun when the schedule asks for a run next; null when nothing is scheduled
 * @param comparing when it is compared as a whole
 * @param waiting what it waits for before it is asked again; null when it waits for nothing
 * @param concerns what its runs show only together; empty when nothing is the matter
 */
public record SourceRow(
    String name,
    String connector,
    ZoneId zone,
    String schedule,
    SourceState state,
    Freshness freshness,
    @Nullable Instant nextRun,
    Comparing comparing,
    @Nullable Wait waiting,
    List<Concern> concerns) {
  /** The schedule of a source that is not asked. */
  public static final String PUSHED = "when something is sent";

  /**
   * When a source is compared as a whole with what is known of it.
   *
   * @param reconcile when everything is read again; null where that is not planned
   * @param census when its ids are listed; null where that is not planned
   * @param possible whether it can be read apart from its ordinary runs, since those read only what
   *     changed
   * @param listsIds whether its ids can be listed at all
   */
  public record Comparing(
      @Nullable Instant reconcile, @Nullable Instant census, boolean possible, boolean listsIds) {
    /** Of a source that cannot be asked. */
    public static final Comparing NEVER = new Comparing(null, null, false, false);
  }

  /**
   * A source is left alone for a while.
   *
   * @param refused whether its credentials were refused
   */
  public record Wait(Instant until, String why, boolean refused) {
    /** Such as {@code continues at 14:05: the source asked to slow down}. */
    String inWords(String time) {
      return SyncRun.next(refused, time) + ": " + why;
    }
  }

  boolean isHeld() {
    return concerns.stream().anyMatch(it -> it.kind() == Concern.Kind.HELD);
  }

  boolean isPushed() {
    return schedule.equals(PUSHED);
  }
}
