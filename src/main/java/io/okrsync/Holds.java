package io.okrsync;

import io.okrsync.connector.Source;
import io.okrsync.okr.Cause;
import io.okrsync.store.Store;
import io.okrsync.sync.Decision;
import io.okrsync.sync.HeldRuns;
import io.okrsync.sync.SyncRun;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Does what a person decided about a run that a guard has held. */
final class Holds implements HeldRuns {
  private final Store store;
  private final InForce inForce;
  private final Function<Source, String> definition;
  private final Clock clock;
  private final Consumer<SyncRun> ended;

  /**
   * @param definition of a source as it is now
   */
  Holds(
      Store store,
      InForce inForce,
      Function<Source, String> definition,
      Clock clock,
      Consumer<SyncRun> ended) {
    this.store = store;
    this.inForce = inForce;
    this.definition = definition;
    this.clock = clock;
    this.ended = ended;
  }

  @Override
  public Answer release(long id, Decision decision) {
    Optional<SyncRun> run = store.run(id);
    return run.isEmpty()
        ? new Answer.UnknownRun()
        : told(inForce.during(setup -> release(setup, run.get(), decision)));
  }

  @Override
  public Answer discard(long id, Decision decision) {
    Optional<SyncRun> run = store.run(id);
    return run.isEmpty()
        ? new Answer.UnknownRun()
        : told(answer(run.get(), store.discard(run.get(), decision, now())));
  }

  @Override
  public Optional<String> refusal(SyncRun run) {
    return inForce.during(setup -> refusal(setup, run));
  }

  /** What was read by other settings than those now in force would be published under these. */
  private Optional<String> refusal(Setup setup, SyncRun run) {
    @Nullable Source source = setup.configuration().sources().get(run.source());
    if (source == null) {
      return Optional.of(
          "Source '%s' is not configured any more, so run %d cannot be published; discard it"
              .formatted(run.source(), run.id()));
    }
    return store.held(run.source()).isEmpty() || store.wasDefinedAs(run, definition.apply(source))
        ? Optional.empty()
        : Optional.of(
            "Source '%s' was configured anew since run %d read it, so it cannot be published; discard it, and the next run reads everything"
                .formatted(run.source(), run.id()));
  }

  private Answer release(Setup setup, SyncRun run, Decision decision) {
    Optional<String> refusal = refusal(setup, run);
    if (refusal.isPresent()) {
      return new Answer.Refused(refusal.get());
    }
    setup.measuresReadWith(run.source()).forEach(store::derive);
    return answer(
        run,
        store
            .release(
                run,
                setup.version(),
                readings ->
                    new Movements(setup, Cause.SYNC, now()).of(setup.fedBy(run.source()), readings),
                decision,
                now())
            .map(it -> it.run()));
  }

  private Answer answer(SyncRun run, Optional<SyncRun> decided) {
    return decided.isPresent()
        ? new Answer.Ended(decided.get())
        : new Answer.NotHeld(store.run(run.id()).orElse(run));
  }

  private Answer told(Answer answer) {
    if (answer instanceof Answer.Ended decided) {
      ended.accept(decided.run());
    }
    return answer;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
