package io.okrsync;

import io.okrsync.connector.Source;
import io.okrsync.measure.NearestName;
import io.okrsync.store.AtWorkElsewhere;
import io.okrsync.store.StoreUnavailable;
import io.okrsync.sync.Asked;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.SyncTrigger;
import io.okrsync.sync.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Sees to it that runs of one source never overlap, and that runs of different sources do. */
final class Runs implements SyncTrigger, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Runs.class);
  private static final Duration GRACE = Duration.ofSeconds(2);

  /**
   * A read that hangs is not interrupted; containers are killed ten seconds after they were told to
   * stop.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration PUSH_PATIENCE = Duration.ofSeconds(5);

  private final SyncPipeline pipeline;
  private final Asking asking;
  private final Endings endings;
  private final Supplier<Setup> setup;
  private final Consumer<SyncRun> ended;

  /** A run is here before it begins, until it has ended or broken off. */
  private final Map<String, Job> atWork = new ConcurrentHashMap<>();

  private final ExecutorService threads = Executors.newCachedThreadPool();

  Runs(
      SyncPipeline pipeline,
      Asking asking,
      Endings endings,
      Supplier<Setup> setup,
      Consumer<SyncRun> ended) {
    this.pipeline = pipeline;
    this.asking = asking;
    this.endings = endings;
    this.setup = setup;
    this.ended = ended;
  }

  /**
   * A run under way: its first state as soon as it has begun, its last when it has ended, and
   * whether it was noted that the schedule asked for another one meanwhile.
   */
  private record Job(
      CompletableFuture<SyncRun> begun, CompletableFuture<SyncRun> ended, AtomicBoolean overlap) {
    Job() {
      this(new CompletableFuture<>(), new CompletableFuture<>(), new AtomicBoolean());
    }

    /** Whether it ended before it began, because another process is at work. */
    boolean isSkipped() {
      return ended.isDone()
          && !ended.isCompletedExceptionally()
          && ended.join().outcome() == Outcome.SKIPPED;
    }
  }

  /**
   * @throws StoreUnavailable where it cannot begin since nothing can be stored; the schedule, which
   *     asks again soon, is told so instead
   */
  @Override
  public Answer trigger(String source, Asked asked, Trigger by) {
    try {
      return answer(source, asked, by);
    } catch (StoreUnavailable gone) {
      if (by != Trigger.SCHEDULE) {
        throw gone;
      }
      LOG.error("source '{}' was not asked for at its time: {}", source, gone.getMessage());
      return new Answer.StoreAway(String.valueOf(gone.getMessage()));
    }
  }

  private Answer answer(String source, Asked asked, Trigger by) {
    Source known = setup.get().configuration().sources().get(source);
    if (known == null) {
      return new Answer.UnknownSource(nearest(source));
    }
    Optional<String> refusal = asking.refusal(known, asked);
    if (refusal.isPresent()) {
      return new Answer.Refused(refusal.get());
    }
    Optional<SyncRun> waiting = by == Trigger.SCHEDULE ? waiting(known) : Optional.empty();
    @Nullable Instant until = waiting.map(SyncRun::continuesAt).orElse(null);
    if (until != null) {
      return new Answer.Waits(until);
    }
    Job job = new Job();
    Job other = atWork.putIfAbsent(source, job);
    if (other != null) {
      return alreadyRunning(source, by, other);
    }
    threads.execute(() -> work(source, asked, by, job));
    SyncRun begun = joined(job.begun());
    if (begun.outcome() == Outcome.HELD) {
      return new Answer.Held(begun.id());
    }
    return job.isSkipped() ? new Answer.AlreadyRunning(begun.id()) : new Answer.Started(begun.id());
  }

  @Override
  public boolean isAtWork(String source) {
    return atWork.containsKey(source);
  }

  /** A slow run is noted once, not at every firing that comes while it is at work. */
  private Answer alreadyRunning(String source, Trigger by, Job other) {
    SyncRun atWork = joined(other.begun());
    if (by == Trigger.SCHEDULE && other.overlap().compareAndSet(false, true)) {
      ended.accept(endings.skip(source, atWork));
    }
    return new Answer.AlreadyRunning(atWork.id());
  }

  /** See {@link Endings#waiting}. */
  Optional<SyncRun> waiting(Source source) {
    return endings.waiting(source, asking.definition(source));
  }

  /** Runs this source and waits for the end. */
  SyncRun run(String source, Trigger by) {
    return run(source, Asked.SYNC, by);
  }

  /** Why what is asked cannot be done; empty where it can. */
  Optional<String> refusal(String source, Asked asked) {
    return asking.refusal(setup.get().source(source), asked);
  }

  /** Does what is asked, which is not refused, and waits for the end. */
  SyncRun run(String source, Asked asked, Trigger by) {
    Job job = new Job();
    Job other = atWork.putIfAbsent(source, job);
    if (other == null) {
      work(source, asked, by, job);
    }
    return joined((other == null ? job : other).ended());
  }

  /**
   * Ends what nobody works on any more: the database was away when it broke off, or the process
   * that had begun it was killed. To be called again and again, so that nothing is called at work
   * for long that is not.
   */
  void endLeft() {
    if (!atWork.isEmpty()) {
      endings.announce();
    }
    for (SyncRun run : endings.notElsewhere()) {
      if (!atWork.containsKey(run.source())) {
        endings.left(run, () -> atWork.containsKey(run.source())).ifPresent(Runs::log);
      }
    }
  }

  private static void log(SyncRun run) {
    try (var source = MDC.putCloseable("source", run.source())) {
      LOG.info("run {} ends: {}", run.id(), run.inWords());
    }
  }

  /** Waits for it, and throws what broke it off. */
  private static SyncRun joined(CompletableFuture<SyncRun> run) {
    try {
      return run.join();
    } catch (CompletionException broke) {
      throw broke.getCause() instanceof RuntimeException cause ? cause : broke;
    }
  }

  /**
   * Takes what was pushed as a run of its source, after the one at work; empty where that one takes
   * too long.
   *
   * @param taking begins the run, tells of it, and brings it to its end
   */
  Optional<SyncRun> push(String source, Function<Consumer<SyncRun>, SyncRun> taking) {
    Job job = new Job();
    Instant patience = Instant.now().plus(PUSH_PATIENCE);
    for (Job other = atWork.putIfAbsent(source, job);
        other != null;
        other = atWork.putIfAbsent(source, job)) {
      if (!hasEnded(other, patience)) {
        return Optional.empty();
      }
    }
    MDC.put("source", source);
    try {
      SyncRun run = taking.apply(job.begun()::complete);
      job.begun().complete(run);
      job.ended().complete(run);
      return Optional.of(run);
    } catch (AtWorkElsewhere other) {
      job.begun().complete(other.run());
      job.ended().complete(other.run());
      return Optional.empty();
    } catch (RuntimeException | Error failure) {
      say(source, failure);
      job.begun().completeExceptionally(failure);
      job.ended().completeExceptionally(failure);
      throw failure;
    } finally {
      atWork.remove(source);
      MDC.remove("source");
    }
  }

  /** Waits for the end of a job, however it ends. */
  private static boolean hasEnded(Job job, Instant patience) {
    try {
      long left = Math.max(1, Duration.between(Instant.now(), patience).toMillis());
      job.ended().handle((run, failure) -> true).get(left, TimeUnit.MILLISECONDS);
      return Instant.now().isBefore(patience);
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Lets runs that are about to end do so; the others are interrupted and go on at the next start.
   */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (threads.awaitTermination(GRACE.toSeconds(), TimeUnit.SECONDS)) {
        return;
      }
      threads.shutdownNow();
      if (!threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("stopped before every run had ended; they go on at the next start");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(String name, Asked asked, Trigger by, Job job) {
    MDC.put("source", name);
    boolean news = false;
    try {
      Optional<SyncRun> held = endings.held(name);
      news =
          held.isPresent()
              ? standAside(held.get(), asked, by, job)
              : toTheEnd(name, asked, by, job);
    } catch (RuntimeException | Error failure) {
      boolean askerIsTold = failure instanceof StoreUnavailable && !job.begun().isDone();
      if (!askerIsTold) {
        say(name, failure);
      }
      job.begun().completeExceptionally(failure);
      job.ended().completeExceptionally(failure);
    } finally {
      atWork.remove(name);
      MDC.remove("source");
    }
    if (news) {
      ended.accept(job.ended().join());
    }
  }

  private boolean toTheEnd(String name, Asked asked, Trigger by, Job job) {
    try {
      return allAsked(name, asked, by, job);
    } catch (AtWorkElsewhere other) {
      boolean news = job.ended().complete(endings.skip(other, asked, by));
      job.begun().complete(other.run()); // only now, so that who asked sees that it was skipped
      return news;
    }
  }

  /** A run that was cut off goes on first, so it may take more than one to do what is asked. */
  private boolean allAsked(String name, Asked asked, Trigger by, Job job) {
    Asked next = asked;
    while (true) {
      SyncPipeline.Begun begun = pipeline.begin(name, next, by);
      job.begun().complete(begun.run());
      SyncRun run = pipeline.finish(begun);
      Optional<Asked> more = asking.after(run, next);
      if (more.isEmpty()) {
        if (by == Trigger.MANUAL && !next.isMetBy(run)) {
          endings.skipBehind(run, next);
        }
        return job.ended().complete(run);
      }
      ended.accept(run);
      next = more.get();
    }
  }

  /** Nothing is begun while a person has to decide; says whether that was noted. */
  private boolean standAside(SyncRun held, Asked asked, Trigger by, Job job) {
    Optional<SyncRun> skipped = endings.skipHeld(held, asked, by);
    job.begun().complete(held);
    job.ended().complete(skipped.orElse(held));
    return skipped.isPresent();
  }

  private void say(String source, Throwable failure) {
    if (threads.isShutdown()) {
      LOG.info("the run of source '{}' was stopped; it goes on at the next start", source);
    } else if (failure instanceof StoreUnavailable) {
      LOG.error("the run of source '{}' broke off: {}", source, failure.getMessage());
    } else {
      LOG.error("the run of source '{}' broke off; it goes on with the next run", source, failure);
    }
  }

  private @Nullable String nearest(String source) {
    return NearestName.to(source, setup.get().configuration().sources().keySet()).orElse(null);
  }
}
