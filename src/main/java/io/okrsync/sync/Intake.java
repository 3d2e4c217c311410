package io.okrsync.sync;

/** Takes what systems send by themselves, each push as one run of its source. */
public interface Intake {
  /** Comes back when the run has ended; a push is taken as a whole or not at all. */
  Answer take(Push push);

  /** What came of a push. */
  sealed interface Answer {
    /**
     * It was proven, and this run came of it; its outcome says whether its records count.
     *
     * @param repeated whether it had come before, so that nothing was done now
     */
    record Taken(SyncRun run, boolean repeated) implements Answer {}

    /** It does not prove that it may be sent; what to check, without what would help to forge. */
    record Unproven(String why) implements Answer {}

    /** A person has to decide about this run first, which a guard holds. */
    record Held(long run) implements Answer {}

    /** Another push of the source was still at work; it may be sent again. */
    record Busy() implements Answer {}
  }
}
