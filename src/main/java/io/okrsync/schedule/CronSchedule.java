package io.okrsync.schedule;

import java.io.Serial;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;
import org.quartz.CronTrigger;
import org.quartz.ScheduleBuilder;
import org.quartz.impl.triggers.CronTriggerImpl;
import org.quartz.spi.MutableTrigger;

/** A cron for Quartz, which is told by {@link Schedule} when it comes. */
final class CronSchedule extends ScheduleBuilder<CronTrigger> {
  private final Schedule schedule;

  CronSchedule(Schedule schedule) {
    this.schedule = schedule;
  }

  @Override
  protected MutableTrigger build() {
    Times times = new Times(schedule);
    times.setMisfireInstruction(
        switch (schedule.missed()) {
          case LAST -> CronTrigger.MISFIRE_INSTRUCTION_FIRE_ONCE_NOW;
          case ALL -> CronTrigger.MISFIRE_INSTRUCTION_IGNORE_MISFIRE_POLICY;
          case NONE -> CronTrigger.MISFIRE_INSTRUCTION_DO_NOTHING;
        });
    return times;
  }

  /** Never written out: jobs are kept in memory. */
  private static final class Times extends CronTriggerImpl {
    @Serial private static final long serialVersionUID = 1;

    private final transient Schedule schedule;

    Times(Schedule schedule) {
      this.schedule = schedule;
    }

    @Override
    protected @Nullable Date getTimeAfter(Date time) {
      Instant next = schedule.after(time.toInstant());
      return next.equals(Instant.MAX) ? null : Date.from(next);
    }
  }
}
