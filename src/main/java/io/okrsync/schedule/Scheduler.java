package io.okrsync.schedule;

import io.okrsync.sync.SyncTrigger;
import io.okrsync.sync.Trigger;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.quartz.CronScheduleBuilder;
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
import org.quartz.spi.TriggerFiredBundle;

/**
 * Asks for a run of each source at its times. A firing that was missed is made up for by one run at
 * once; a firing that comes while the source is being read changes nothing, since runs of one
 * source never overlap.
 */
public final class Scheduler implements AutoCloseable {
  private static final String GROUP = "sources";

  private final org.quartz.Scheduler quartz;

  public Scheduler(SyncTrigger runs) {
    try {
      this.quartz = new StdSchedulerFactory(settings()).getScheduler();
      quartz.setJobFactory((TriggerFiredBundle fired, org.quartz.Scheduler by) -> new Ask(runs));
    } catch (SchedulerException e) {
      throw new IllegalStateException("the scheduler could not be made: " + e.getMessage(), e);
    }
  }

  /** Begins to ask, at once for each source with an interval. */
  public void start() {
    attempt(quartz::start);
  }

  /**
   * From now on asks for these sources at these times; a schedule that has not changed goes on
   * undisturbed.
   */
  public void replace(Map<String, Schedule> schedules) {
    attempt(
        () -> {
          for (JobKey gone : without(schedules.keySet())) {
            quartz.deleteJob(gone);
          }
          for (Map.Entry<String, Schedule> entry : schedules.entrySet()) {
            put(entry.getKey(), entry.getValue());
          }
        });
  }

  /** When this source is asked for next; empty where it has no schedule. */
  public Optional<Instant> next(String source) {
    try {
      org.quartz.Trigger trigger = quartz.getTrigger(new TriggerKey(source, GROUP));
      return Optional.ofNullable(trigger)
          .flatMap(it -> Optional.ofNullable(it.getNextFireTime()))
          .map(java.util.Date::toInstant);
    } catch (SchedulerException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    attempt(() -> quartz.shutdown(false));
  }

  private Set<JobKey> without(Set<String> sources) throws SchedulerException {
    return quartz.getJobKeys(org.quartz.impl.matchers.GroupMatcher.jobGroupEquals(GROUP)).stream()
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
    quartz.deleteJob(key);
    quartz.scheduleJob(
        JobBuilder.newJob(Ask.class).withIdentity(key).withDescription(text).build(),
        TriggerBuilder.newTrigger()
            .withIdentity(source, GROUP)
            .startNow()
            .withSchedule(times(schedule))
            .build());
  }

  private static ScheduleBuilder<? extends org.quartz.Trigger> times(Schedule schedule) {
    if (schedule.every() != null) {
      return SimpleScheduleBuilder.simpleSchedule()
          .withIntervalInMilliseconds(schedule.every().toMillis())
          .repeatForever()
          .withMisfireHandlingInstructionNowWithExistingCount();
    }
    return CronScheduleBuilder.cronSchedule(java.util.Objects.requireNonNull(schedule.cron()))
        .inTimeZone(java.util.TimeZone.getTimeZone(schedule.zone()))
        .withMisfireHandlingInstructionFireAndProceed();
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

  private interface Step {
    void take() throws SchedulerException;
  }

  /** One firing: it asks and is done; the run goes on by itself. */
  @DisallowConcurrentExecution
  private record Ask(SyncTrigger runs) implements Job {
    @Override
    public void execute(JobExecutionContext context) {
      runs.trigger(context.getJobDetail().getKey().getName(), Trigger.SCHEDULE);
    }
  }
}
