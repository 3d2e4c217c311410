package io.okrsync;

import io.okrsync.measure.NearestName;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.SyncTrigger;
import io.okrsync.sync.Trigger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Sees to it that runs of one source never overlap, and that runs of different sources do. */
final class Runs implements SyncTrigger, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Runs.class);
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final SyncPipeline pipeline;
  private final Supplier<Setup> setup;
  private final Consumer<SyncRun> ended;
  private final Map<String, Job> atWork = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  Runs(SyncPipeline pipeline, Supplier<Setup> setup, Consumer<SyncRun> ended) {
    this.pipeline = pipeline;
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
  }

  @Override
  public Answer trigger(String source, Trigger by) {
    if (!setup.get().configuration().sources().containsKey(source)) {
      return new Answer.UnknownSource(nearest(source));
    }
    Job job = new Job();
    Job other = atWork.putIfAbsent(source, job);
    if (other != null) {
      return alreadyRunning(source, by, other);
    }
    threads.execute(() -> work(source, by, job));
    SyncRun begun = job.begun().join();
    return begun.outcome() == Outcome.HELD
        ? new Answer.Held(begun.id())
        : new Answer.Started(begun.id());
  }

  /** A slow run is noted once, not at every firing that comes while it is at work. */
  private Answer alreadyRunning(String source, Trigger by, Job other) {
    SyncRun atWork = other.begun().join();
    if (by == Trigger.SCHEDULE && other.overlap().compareAndSet(false, true)) {
      ended.accept(pipeline.skip(source, atWork));
    }
    return new Answer.AlreadyRunning(atWork.id());
  }

  /** Runs this source and waits for the end. */
  SyncRun run(String source, Trigger by) {
    Job job = new Job();
    Job other = atWork.putIfAbsent(source, job);
    if (other == null) {
      work(source, by, job);
    }
    return (other == null ? job : other).ended().join();
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

  private void work(String name, Trigger by, Job job) {
    MDC.put("source", name);
    boolean news = false;
    try {
      Optional<SyncRun> held = pipeline.held(name);
      news = held.isPresent() ? standAside(held.get(), by, job) : toTheEnd(name, by, job);
    } catch (RuntimeException | Error failure) {
      say(name, failure);
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

  private boolean toTheEnd(String name, Trigger by, Job job) {
    SyncPipeline.Begun begun = pipeline.begin(name, by);
    job.begun().complete(begun.run());
    return job.ended().complete(pipeline.finish(begun));
  }

  /** Nothing is begun while a person has to decide; says whether that was noted. */
  private boolean standAside(SyncRun held, Trigger by, Job job) {
    Optional<SyncRun> skipped = pipeline.skipHeld(held, by);
    job.begun().complete(held);
    job.ended().complete(skipped.orElse(held));
    return skipped.isPresent();
  }

  private void say(String source, Throwable failure) {
    if (threads.isShutdown()) {
      LOG.info("the run of source '{}' was stopped; it goes on at the next start", source);
    } else {
      LOG.error("the run of source '{}' broke off; it goes on with the next run", source, failure);
    }
  }

  private @Nullable String nearest(String source) {
    return NearestName.to(source, setup.get().configuration().sources().keySet()).orElse(null);
  }
}
