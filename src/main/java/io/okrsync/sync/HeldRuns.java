package io.okrsync.sync;

import java.util.Optional;

/** Lets a person decide about a run that a guard has held. */
public interface HeldRuns {
  /** Publishes it as if it had not been held. */
  Answer release(long run, Decision decision);

  /** Undoes what it stored; its reason says what follows. */
  Answer discard(long run, Decision decision);

  /** Why a held run cannot be released any more, and what to do; empty where it can. */
  Optional<String> refusal(SyncRun run);

  /** What came of it. */
  sealed interface Answer {
    /** As decided; the run as it is now. */
    record Ended(SyncRun run) implements Answer {}

    /** Another person was quicker, or it was never held. */
    record NotHeld(SyncRun run) implements Answer {}

    record UnknownRun() implements Answer {}

    /** It cannot be published any more, and this sentence says why and what to do. */
    record Refused(String why) implements Answer {}
  }
}
