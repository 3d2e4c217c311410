package io.okrsync.web;

import io.okrsync.sync.Decision;
import io.okrsync.sync.HeldRuns;
import io.okrsync.sync.SyncRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Notes what was decided, and answers with this run. */
final class Decisions implements HeldRuns {
  final List<String> made = new ArrayList<>();
  @Nullable String refuses;
  private final SyncRun run;

  Decisions(SyncRun run) {
    this.run = run;
  }

  /** Somebody else has decided about this run. */
  static HeldRuns tooLate(SyncRun run) {
    return new HeldRuns() {
      @Override
      public Answer release(long id, Decision decision) {
        return new Answer.NotHeld(run);
      }

      @Override
      public Answer discard(long id, Decision decision) {
        return new Answer.NotHeld(run);
      }

      @Override
      public Optional<String> refusal(SyncRun held) {
        return Optional.empty();
      }
    };
  }

  @Override
  public Answer release(long id, Decision decision) {
    return decided("release", id, decision);
  }

  @Override
  public Answer discard(long id, Decision decision) {
    return decided("discard", id, decision);
  }

  @Override
  public Optional<String> refusal(SyncRun held) {
    return Optional.ofNullable(refuses);
  }

  private Answer decided(String what, long id, Decision decision) {
    if (refuses != null) {
      return new Answer.Refused(refuses);
    }
    made.add("%s %d by %s: %s".formatted(what, id, decision.by(), decision.reason()));
    return new Answer.Ended(run);
  }
}
