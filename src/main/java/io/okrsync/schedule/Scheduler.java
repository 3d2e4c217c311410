package io.okrsync.schedule;

import io.okrsync.sync.ClockPutBack;
import io.okrsync.sync.SyncTrigger;
import io.okrsync.sync.Trigger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.ScheduleBuilder;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.matchers.GroupMatcher;
import org.quartz.spi.TriggerFiredBundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for a run of each source at its times. What becomes of times that were missed is told by
 * {@link Missed}; a firing that comes while the source is being read changes nothing otherwise,
 * since runs of one source never overlap.
 */
public final class Scheduler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);
  private static final String GROUP = "sources";
  private static final String EACH = "each";

  /** The triggers that ask once for a source that was left alone for a while. */
  private static final String CONTINUES = "continues";

  /** The triggers that ask once for a source that could not be asked for in time. */
  private static final String STORE_AWAY = "store away";

  /** A misfire is noticed by Quartz itself within a minute. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Quartz looks for what it has missed every half minute. */
  private static final Duration CATCHES_UP_WITHIN = Duration.ofMinutes(2);

  /** By elapsed time, whatever the clock says meanwhile. */
  private static final Duration LOOKS = Duration.ofSeconds(30);

  /** After this time a source is asked for again that could not be while the store was away. */
  private static final Duration SOON = Duration.ofMinutes(1);

  private final SyncTrigger runs;
  private final org.quartz.Scheduler quartz;
  private final Clock clock;

  /** Quartz waits for a time of day; this one notices when the clock was put back meanwhile. */
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread own = new Thread(work, "clock");
            own.setDaemon(true);
            return own;
          });

  /** In nanoseconds, whatever the clock says. */
  private final LongSupplier elapsed;

  /** Null while no time is long gone. */
  private @Nullable Late late;

  private volatile Map<String, Schedule> schedules = Map.of();
  private volatile Function<String, Optional<Instant>> last = source -> Optional.empty();
  private volatile Instant looked;

  /** How many more runs each source is owed, once the one at work has ended. */
  private final Map<String, Integer> owed = new ConcurrentHashMap<>();

  public Scheduler(SyncTrigger runs, Clock clock) {
    this(runs, clock, System::nanoTime);
  }

  Scheduler(SyncTrigger runs, Clock clock, LongSupplier elapsed) {
    this.runs = runs;
    this.clock = clock;
    this.elapsed = elapsed;
    this.looked = clock.instant();
    try {
      this.quartz = new StdSchedulerFactory(settings()).getScheduler();
      quartz.setJobFactory(
          (TriggerFiredBundle fired, org.quartz.Scheduler by) ->
              new Ask(runs, this::again, this::soon));
    } catch (SchedulerException e) {
      throw new IllegalStateException("the scheduler could not be made: " + e.getMessage(), e);
    }
  }

  /** Begins to ask, at once for each source that is owed a run. */
  public void start() {
    attempt(quartz::start);
    var unused =
        looks.scheduleWithFixedDelay(
            this::attemptToLook, LOOKS.toSeconds(), LOOKS.toSeconds(), TimeUnit.SECONDS);
  }

  /**
   * From now on asks for these sources at these times; a schedule that has not changed goes on
   * undisturbed.
   *
   * @param last when a source was last asked for; empty when it never was
   */
  public void replace(Map<String, Schedule> schedules, Function<String, Optional<Instant>> last) {
    this.last = last;
    attempt(
        () -> {
          for (JobKey gone : without(schedules.keySet())) {
            quartz.deleteJob(gone);
            owed.remove(gone.getName());
          }
          for (Map.Entry<String, Schedule> entry : schedules.entrySet()) {
            put(entry.getKey(), entry.getValue());
          }
        });
    this.schedules = Map.copyOf(schedules);
  }

  /** A run of this source has ended; the next one that it is owed begins, unless one follows. */
  public void ended(String source) {
    if (runs.isAtWork(source)) {
      return; // its end is told, too
    }
    Integer more = owed.computeIfPresent(source, (name, count) -> count > 1 ? count - 1 : null);
    if (more != null) {
      attempt(() -> quartz.triggerJob(new JobKey(source, GROUP)));
    }
  }

  /** Asks for this source once more, after that time. */
  public void askIn(String source, Duration after) {
    askIn(source, after, CONTINUES);
  }

  private void askIn(String source, Duration after, String group) {
    JobKey job = new JobKey(source, GROUP);
    TriggerKey key = new TriggerKey(source, group);
    attempt(
        () -> {
          quartz.unscheduleJob(key);
          if (quartz.checkExists(job)) {
            quartz.scheduleJob(
                TriggerBuilder.newTrigger()
                    .withIdentity(key)
                    .forJob(job)
                    .startAt(Date.from(clock.instant().plus(after)))
                    .build());
          }
        });
  }

  /** How many runs this source is owed, with the one that is at work. */
  int owed(String source) {
    return owed.getOrDefault(source, 0);
  }

  private void again(String source) {
    owed.merge(source, 2, (count, two) -> Math.min(count + 1, Schedule.MOST_OWED));
  }

  private void soon(String source) {
    askIn(source, SOON, STORE_AWAY);
  }

  /** When this source is asked for next; empty where it has no schedule. */
  public Optional<Instant> next(String source) {
    try {
      org.quartz.Trigger trigger = quartz.getTrigger(new TriggerKey(source, GROUP));
      return Optional.ofNullable(trigger)
          .flatMap(it -> Optional.ofNullable(it.getNextFireTime()))
          .map(Date::toInstant);
    } catch (SchedulerException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Whether it still asks: it was started, and no time of any source has long gone by without a
   * next one being set. A time is long gone only when it was seen so for a while: a clock that is
   * put forward, or a machine that wakes up, passes many times at once.
   */
  public boolean isAlive(Instant now) {
    try {
      return quartz.isStarted() && !quartz.isShutdown() && !isStuck(now);
    } catch (SchedulerException e) {
      return false;
    }
  }

  private synchronized boolean isStuck(Instant now) throws SchedulerException {
    Instant missed = missed(now).orElse(null);
    long seen = elapsed.getAsLong();
    if (missed == null) {
      late = null;
    } else if (late == null || !late.missed.equals(missed)) {
      late = new Late(missed, seen);
    }
    return late != null && seen - late.since >= CATCHES_UP_WITHIN.toNanos();
  }

  /** The earliest next time of any source, where it is long gone. */
  private Optional<Instant> missed(Instant now) throws SchedulerException {
    return quartz.getJobKeys(GroupMatcher.jobGroupEquals(GROUP)).stream()
        .flatMap(key -> next(key.getName()).stream())
        .min(Comparator.naturalOrder())
        .filter(it -> it.plus(PATIENCE).isBefore(now));
  }

  @Override
  public void close() {
    looks.shutdownNow();
    owed.clear();
    attempt(() -> quartz.shutdown(false));
  }

  private Set<JobKey> without(Set<String> sources) throws SchedulerException {
    return quartz.getJobKeys(GroupMatcher.jobGroupEquals(GROUP)).stream()
        .filter(key -> !sources.contains(key.getName()))
        .collect(Collectors.toSet());
  }

  private void put(String source, Schedule schedule) throws SchedulerException {
    JobKey key = new JobKey(source, GROUP);
    JobDetail known = quartz.getJobDetail(key);
    String text = schedule.toString();
    if (known != null && text.equals(known.getDescription())) {
      return;
    }
    Instant now = clock.instant();
    @Nullable Instant lastAsked = last.apply(source).orElse(null); // or the store is away
    quartz.deleteJob(key);
    int count = schedule.owed(lastAsked, now);
    owed.remove(source);
    if (count > 1) {
      owed.put(source, count);
    }
    quartz.scheduleJob(
        JobBuilder.newJob(Ask.class)
            .withIdentity(key)
            .withDescription(text)
            .usingJobData(EACH, schedule.missed() == Missed.ALL)
            .build(),
        trigger(source, schedule, first(schedule, lastAsked, count, now)));
    askForMissed(key, schedule, count);
  }

  private static org.quartz.Trigger trigger(String source, Schedule schedule, Instant first) {
    return TriggerBuilder.newTrigger()
        .withIdentity(source, GROUP)
        .startAt(Date.from(first))
        .withSchedule(times(schedule))
        .build();
  }

  /** An interval begins with the run that is owed; a cron keeps to its times otherwise. */
  private void askForMissed(JobKey key, Schedule schedule, int owed) throws SchedulerException {
    if (owed > 0 && schedule.cron() != null) {
      quartz.triggerJob(key);
    }
  }

  /** Computes the next times anew where the clock was put back since the last look. */
  void look() {
    Instant now = clock.instant();
    if (ClockPutBack.isShownBy(looked, now)) {
      LOG.warn("the clock was put back from {} to {}; all next times are set anew", looked, now);
      schedules.forEach((source, schedule) -> attempt(() -> renew(source, schedule, now)));
    }
    looked = now;
  }

  /** What it is owed from before, and a time at which it is asked once more, stay as they are. */
  private void renew(String source, Schedule schedule, Instant now) throws SchedulerException {
    @Nullable Instant lastAsked = last.apply(source).orElse(null);
    int count = schedule.owed(lastAsked, now);
    quartz.rescheduleJob(
        new TriggerKey(source, GROUP),
        trigger(source, schedule, first(schedule, lastAsked, count, now)));
    askForMissed(new JobKey(source, GROUP), schedule, count);
  }

  private void attemptToLook() {
    try {
      look();
    } catch (RuntimeException | Error failure) {
      LOG.error("the scheduler could not look at the clock; it tries again", failure);
    }
  }

  /** An interval goes on from where it was left; a cron knows its times itself. */
  private static Instant first(Schedule schedule, @Nullable Instant last, int owed, Instant now) {
    Duration every = schedule.every();
    if (every == null || last == null || owed > 0) {
      return now;
    }
    Instant next = schedule.after(last.isAfter(now) ? now : last);
    if (next.isAfter(now)) {
      return next;
    }
    long steps = Duration.between(next, now).dividedBy(every) + 1;
    return next.plus(every.multipliedBy(steps));
  }

  private static ScheduleBuilder<? extends org.quartz.Trigger> times(Schedule schedule) {
    if (schedule.every() != null) {
      SimpleScheduleBuilder steps =
          SimpleScheduleBuilder.simpleSchedule()
              .withIntervalInMilliseconds(schedule.every().toMillis())
              .repeatForever();
      return switch (schedule.missed()) {
        case LAST -> steps.withMisfireHandlingInstructionNowWithExistingCount();
        case ALL -> steps.withMisfireHandlingInstructionIgnoreMisfires();
        case NONE -> steps.withMisfireHandlingInstructionNextWithExistingCount();
      };
    }
    return new CronSchedule(schedule);
  }

  private static Properties settings() {
    Properties settings = new Properties();
    settings.put("org.quartz.scheduler.instanceName", "okr-sync");
    settings.put("org.quartz.scheduler.skipUpdateCheck", "true");
    settings.put("org.quartz.threadPool.threadCount", "2");
    settings.put("org.quartz.threadPool.makeThreadsDaemons", "true");
    settings.put("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
    settings.put("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
    return settings;
  }

  private static void attempt(Step step) {
    try {
      step.take();
    } catch (SchedulerException e) {
      throw new IllegalStateException("the scheduler failed: " + e.getMessage(), e);
    }
  }

  /**
   * A time that is gone, and nothing was asked for.
   *
   * @param since when that was first seen, in elapsed nanoseconds
   */
  private record Late(Instant missed, long since) {}

  private interface Step {
    void take() throws SchedulerException;
  }

  /** One firing: it asks and is done; the run goes on by itself. */
  @DisallowConcurrentExecution
  private record Ask(SyncTrigger runs, Consumer<String> again, Consumer<String> soon)
      implements Job {
    @Override
    public void execute(JobExecutionContext context) {
      String source = context.getJobDetail().getKey().getName();
      SyncTrigger.Answer answer = runs.trigger(source, Trigger.SCHEDULE);
      boolean each = context.getJobDetail().getJobDataMap().getBoolean(EACH);
      if (answer instanceof SyncTrigger.Answer.StoreAway) {
        soon.accept(source);
      }
      if (each && answer instanceof SyncTrigger.Answer.AlreadyRunning) {
        again.accept(source);
      }
    }
  }
}
