package io.okrsync.sync;

/** Lets a person decide about a run that a guard has held. */
public interface HeldRuns {
  /** Publishes it as if it had not been held. */
  Answer release(long run, Decision decision);

  /** Undoes what it stored; the next run of the source begins anew. */
  Answer discard(long run, Decision decision);

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
