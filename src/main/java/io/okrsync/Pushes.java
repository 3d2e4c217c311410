package io.okrsync;

import static java.util.Objects.requireNonNull;

import io.okrsync.connector.Connector;
import io.okrsync.connector.Connectors;
import io.okrsync.connector.Pushed;
import io.okrsync.connector.Source;
import io.okrsync.connector.SourceFailure;
import io.okrsync.sync.Intake;
import io.okrsync.sync.Push;
import io.okrsync.sync.SyncRun;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what systems send by themselves: proves first who sent it, then makes an ordinary run of
 * it. What is not proven leaves no trace but a line in the log.
 */
final class Pushes implements Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Pushes.class);

  /** The same for an unknown source and a wrong secret, or a stranger could find out which. */
  private static final String UNPROVEN =
      "This was not signed with the secret of a source of this name; check the name, the secret,"
          + " and that TIMESTAMP.SOURCE.BODY was signed, to the byte";

  private final Runs runs;
  private final SyncPipeline pipeline;
  private final Endings endings;
  private final InForce inForce;
  private final Connectors connectors;
  private final Clock clock;
  private final Consumer<SyncRun> ended;

  Pushes(
      Runs runs,
      SyncPipeline pipeline,
      Endings endings,
      InForce inForce,
      Connectors connectors,
      Clock clock,
      Consumer<SyncRun> ended) {
    this.runs = runs;
    this.pipeline = pipeline;
    this.endings = endings;
    this.inForce = inForce;
    this.connectors = connectors;
    this.clock = clock;
    this.ended = ended;
  }

  @Override
  public Answer take(Push push) {
    Optional<Source> source = source(push.source());
    if (source.isEmpty()) {
      push.compareWithNothing();
      LOG.warn("a {} is not taken: there is no source of this name that is sent to us", push);
      return new Answer.Unproven(UNPROVEN);
    }
    if (!push.isSignedWith(requireNonNull(source.get().secrets().get("secret")))) {
      LOG.warn("a {} is not taken: it is not signed with the secret of that source", push);
      return new Answer.Unproven(UNPROVEN);
    }
    Optional<Duration> strayed = push.strayed(clock.instant());
    if (strayed.isPresent()) {
      LOG.warn("a {} is not taken: its time is {} s off", push, strayed.get().toSeconds());
      return new Answer.Unproven(strayed(strayed.get()));
    }
    return taken(push, source.get());
  }

  private Optional<Source> source(String name) {
    @Nullable Source source = inForce.get().configuration().sources().get(name);
    return Optional.ofNullable(source)
        .filter(it -> connectors.named(it.connector()).map(Connector::isPushed).orElse(false))
        .filter(it -> it.secrets().containsKey("secret"));
  }

  private static String strayed(Duration age) {
    return "It was signed %d s %s now, and at most %d s are allowed: sign it when it is sent, and check both clocks"
        .formatted(
            age.abs().toSeconds(),
            age.isNegative() ? "after" : "before",
            Push.TOLERANCE.toSeconds());
  }

  private Answer taken(Push push, Source source) {
    Taking taking = new Taking(push, source);
    Optional<SyncRun> run = runs.push(source.name(), taking::run);
    if (run.isEmpty()) {
      return new Answer.Busy();
    }
    if (taking.isHeld) {
      return new Answer.Held(run.get().id());
    }
    if (!taking.isRepeated) {
      ended.accept(run.get());
    }
    return new Answer.Taken(run.get(), taking.isRepeated);
  }

  /** One push, while no other run of its source is at work. */
  private final class Taking {
    private final Push push;
    private final Source source;
    private boolean isHeld;
    private boolean isRepeated;

    Taking(Push push, Source source) {
      this.push = push;
      this.source = source;
    }

    SyncRun run(Consumer<SyncRun> begun) {
      Optional<SyncRun> held = endings.held(source.name());
      isHeld = held.isPresent();
      return held.orElseGet(() -> take(begun));
    }

    private SyncRun take(Consumer<SyncRun> begun) {
      try {
        Pushed pushed = connectors.pushed(source, push.body());
        SyncPipeline.Begun run = begin(pushed.complete(), begun);
        return isRepeated ? run.run() : pipeline.finish(run, pushed.page());
      } catch (SourceFailure unusable) {
        SyncPipeline.Begun run = begin(false, begun);
        return isRepeated ? run.run() : pipeline.refuse(run, String.valueOf(unusable.getMessage()));
      }
    }

    private SyncPipeline.Begun begin(boolean complete, Consumer<SyncRun> begun) {
      SyncPipeline.BegunPush begin = pipeline.beginPushed(source.name(), complete, push.digest());
      begun.accept(begin.begun().run());
      isRepeated = begin.repeated();
      return begin.begun();
    }
  }
}
