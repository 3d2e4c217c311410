package io.okrsync.sync;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Asks for a run of one source. Runs of one source never overlap; runs of different sources do. */
public interface SyncTrigger {
  /**
   * Begins a run in the background and comes back at once. One that was cut off goes on first, and
   * is the one that is told of; what was asked for follows when that has ended well.
   */
  Answer trigger(String source, Asked asked, Trigger by);

  /** Asks for an ordinary run. */
  default Answer trigger(String source, Trigger by) {
    return trigger(source, Asked.SYNC, by);
  }

  /** Whether a run of this source is under way here, or one that follows another at once. */
  default boolean isAtWork(String source) {
    return false;
  }

  /** What came of asking. */
  sealed interface Answer {
    record Started(long run) implements Answer {}

    record AlreadyRunning(long run) implements Answer {}

    /** Nothing is begun until a person has decided about this run, which a guard holds. */
    record Held(long run) implements Answer {}

    /** It cannot be done with this source, and this sentence says why and what to do. */
    record Refused(String why) implements Answer {}

    /** The source is to be left alone until then; only a schedule is told so. */
    record Waits(Instant until) implements Answer {}

    /** Our own store is away, and asking again soon may help; only a schedule is told so. */
    record StoreAway(String why) implements Answer {}

    /** No source has this name; the nearest name, or null where none is near. */
    record UnknownSource(@Nullable String nearest) implements Answer {}
  }
}
