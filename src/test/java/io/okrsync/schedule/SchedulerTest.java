package io.okrsync.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.okrsync.sync.Asked;
import io.okrsync.sync.SyncTrigger;
import io.okrsync.sync.SyncTrigger.Answer;
import io.okrsync.sync.Trigger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What the scheduler asks for when it starts after a time in which it was not there. */
class SchedulerTest {
  private static final Schedule HOURLY = new Schedule(Duration.ofHours(1), null, ZoneOffset.UTC);

  private final LinkedBlockingQueue<String> asked = new LinkedBlockingQueue<>();
  private volatile boolean isAtWork;
  private final SyncTrigger runs =
      new SyncTrigger() {
        @Override
        public Answer trigger(String source, Asked what, Trigger by) {
          asked.add(source);
          return new Answer.Started(1);
        }

        @Override
        public boolean isAtWork(String source) {
          return isAtWork;
        }
      };

  @Test
  void a_cron_that_was_missed_is_asked_for_at_once() throws InterruptedException {
    try (Scheduler scheduler = new Scheduler(runs, Clock.systemUTC())) {
      scheduler.replace(Map.of("crm", yearly(Missed.LAST)), source -> longAgo());
      scheduler.start();
      assertThat(asked.poll(20, TimeUnit.SECONDS)).isEqualTo("crm");
      scheduler.ended("crm");
      assertThat(scheduler.owed("crm")).isZero();
    }
  }

  @Test
  void each_missed_time_is_made_up_for_when_the_run_before_has_ended() throws InterruptedException {
    try (Scheduler scheduler = new Scheduler(runs, Clock.systemUTC())) {
      scheduler.replace(Map.of("crm", yearly(Missed.ALL)), source -> longAgo());
      assertThat(scheduler.owed("crm")).isEqualTo(3);
      scheduler.start();
      for (int left = 3; left > 0; left--) {
        assertThat(asked.poll(20, TimeUnit.SECONDS)).isEqualTo("crm");
        isAtWork = true; // a census follows, say
        scheduler.ended("crm");
        assertThat(asked.poll(200, TimeUnit.MILLISECONDS)).isNull();
        isAtWork = false;
        scheduler.ended("crm");
      }
      assertThat(scheduler.owed("crm")).isZero();
    }
  }

  @Test
  void an_interval_goes_on_from_the_run_before_the_start() {
    try (Scheduler scheduler = new Scheduler(runs, Clock.systemUTC())) {
      Instant last =
          Instant.now()
              .minus(Duration.ofMinutes(20))
              .truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
      Schedule hourly = new Schedule(Duration.ofHours(1), null, ZoneOffset.UTC);
      scheduler.replace(Map.of("crm", hourly), source -> Optional.of(last));
      assertThat(scheduler.next("crm")).hasValue(last.plus(Duration.ofHours(1)));
    }
  }

  @Test
  void a_schedule_that_cannot_be_changed_while_the_store_is_away_goes_on_as_it_was() {
    try (Scheduler scheduler = new Scheduler(runs, Clock.systemUTC())) {
      scheduler.replace(Map.of("crm", HOURLY), source -> Optional.empty());
      Optional<Instant> next = scheduler.next("crm");

      assertThatThrownBy(
              () ->
                  scheduler.replace(
                      Map.of("crm", yearly(Missed.LAST)),
                      source -> {
                        throw new IllegalStateException("the store is away");
                      }))
          .hasMessage("the store is away");

      assertThat(scheduler.next("crm")).isPresent().isEqualTo(next);
    }
  }

  @Test
  void what_was_missed_is_let_go_where_none_is_wanted() {
    try (Scheduler scheduler = new Scheduler(runs, Clock.systemUTC())) {
      Instant last =
          Instant.now()
              .minus(Duration.ofMinutes(200))
              .truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
      Schedule hourly = new Schedule(Duration.ofHours(1), null, ZoneOffset.UTC, Missed.NONE);
      scheduler.replace(Map.of("crm", hourly), source -> Optional.of(last));
      assertThat(scheduler.next("crm")).hasValue(last.plus(Duration.ofHours(4)));
    }
  }

  @Test
  void a_source_that_was_left_alone_is_asked_for_once_more() throws InterruptedException {
    try (Scheduler scheduler = new Scheduler(runs, Clock.systemUTC())) {
      scheduler.replace(Map.of("crm", yearly(Missed.NONE)), source -> Optional.empty());
      scheduler.start();
      scheduler.askIn("crm", Duration.ofDays(1));
      scheduler.askIn("crm", Duration.ofMillis(1));
      scheduler.askIn("gone", Duration.ofMillis(1));
      assertThat(asked.poll(20, TimeUnit.SECONDS)).isEqualTo("crm");
      assertThat(asked).isEmpty();
    }
  }

  @Test
  void a_source_that_was_asked_for_at_a_time_yet_to_come_is_asked_for_at_once()
      throws InterruptedException {
    Function<String, Optional<Instant>> tomorrow =
        source -> Optional.of(Instant.now().plus(Duration.ofDays(1)));
    try (Scheduler scheduler = new Scheduler(runs, Clock.systemUTC())) {
      scheduler.replace(Map.of("crm", HOURLY, "yearly", yearly(Missed.LAST)), tomorrow);
      scheduler.start();
      assertThat(Set.of(asks(), asks())).containsExactlyInAnyOrder("crm", "yearly");
    }
  }

  @Test
  void where_nothing_is_made_up_for_a_time_yet_to_come_counts_as_now() {
    Schedule hourly = new Schedule(Duration.ofHours(1), null, ZoneOffset.UTC, Missed.NONE);
    Clock clock = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
    try (Scheduler scheduler = new Scheduler(runs, clock)) {
      scheduler.replace(
          Map.of("crm", hourly), source -> Optional.of(Instant.parse("2026-11-22T12:00:00Z")));
      assertThat(scheduler.next("crm")).hasValue(Instant.parse("2026-11-21T13:00:00Z"));
    }
  }

  @Test
  void a_clock_that_is_put_back_sets_all_next_times_anew() throws InterruptedException {
    Instant last = Instant.now();
    Now now = new Now(last);
    try (Scheduler scheduler = new Scheduler(runs, now.withZone(ZoneOffset.UTC))) {
      scheduler.replace(
          Map.of("crm", HOURLY, "yearly", yearly(Missed.LAST)), name -> Optional.of(last));
      scheduler.start();
      now.at = last.minus(Duration.ofMinutes(1));
      scheduler.look();
      assertThat(scheduler.next("crm")).hasValue(millis(last.plus(Duration.ofHours(1))));
      assertThat(asked).isEmpty();

      now.at = last.minus(Duration.ofDays(1));
      scheduler.look();
      assertThat(Set.of(asks(), asks())).containsExactlyInAnyOrder("crm", "yearly");
    }
  }

  @Test
  void a_source_that_is_asked_for_once_more_still_is_when_the_clock_was_put_back()
      throws InterruptedException {
    Now now = new Now(Instant.now());
    Instant last = now.at.minus(Duration.ofHours(2));
    Schedule daily = new Schedule(Duration.ofDays(1), null, ZoneOffset.UTC);
    try (Scheduler scheduler = new Scheduler(runs, now.withZone(ZoneOffset.UTC))) {
      scheduler.replace(Map.of("crm", daily), name -> Optional.of(last));
      scheduler.askIn("crm", Duration.ofMillis(1));
      now.at = now.at.minus(Duration.ofHours(1));
      scheduler.look();
      assertThat(scheduler.next("crm")).hasValue(millis(last.plus(Duration.ofDays(1))));

      scheduler.start();
      assertThat(asks()).isEqualTo("crm");
    }
  }

  @Test
  void a_time_that_is_long_gone_makes_it_dead_only_after_it_was_seen_so_for_a_while() {
    AtomicLong elapsed = new AtomicLong();
    try (Scheduler scheduler = new Scheduler(runs, Clock.systemUTC(), elapsed::get)) {
      Instant last = Instant.now();
      scheduler.replace(Map.of("crm", HOURLY), source -> Optional.of(last));
      scheduler.start();
      Instant tomorrow = last.plus(Duration.ofDays(1));
      assertThat(scheduler.isAlive(tomorrow)).isTrue();
      elapsed.addAndGet(Duration.ofSeconds(119).toNanos());
      assertThat(scheduler.isAlive(tomorrow)).isTrue();
      elapsed.addAndGet(Duration.ofSeconds(1).toNanos());
      assertThat(scheduler.isAlive(tomorrow)).isFalse();
      assertThat(scheduler.isAlive(last)).isTrue();
      assertThat(scheduler.isAlive(tomorrow)).isTrue();
    }
  }

  @Test
  void one_that_makes_up_for_many_times_is_not_dead() {
    AtomicLong elapsed = new AtomicLong();
    Now last = new Now(Instant.now());
    Instant tomorrow = last.at.plus(Duration.ofDays(1));
    try (Scheduler scheduler = new Scheduler(runs, Clock.systemUTC(), elapsed::get)) {
      scheduler.replace(Map.of("crm", HOURLY), source -> Optional.of(last.at));
      scheduler.start();
      assertThat(scheduler.isAlive(tomorrow)).isTrue();
      elapsed.addAndGet(Duration.ofMinutes(3).toNanos());
      last.at = last.at.minus(Duration.ofMinutes(1));
      scheduler.replace(Map.of(), source -> Optional.empty());
      scheduler.replace(Map.of("crm", HOURLY), source -> Optional.of(last.at));
      assertThat(scheduler.isAlive(tomorrow)).isTrue();
    }
  }

  /** A clock that is put forward and back. */
  private static final class Now implements InstantSource {
    volatile Instant at;

    Now(Instant at) {
      this.at = at;
    }

    @Override
    public Instant instant() {
      return at;
    }
  }

  private String asks() throws InterruptedException {
    return String.valueOf(asked.poll(20, TimeUnit.SECONDS));
  }

  private static Instant millis(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS);
  }

  /** The clock of the scheduler is a minute slow, so that nobody has to wait for that minute. */
  @Test
  void a_source_is_asked_for_again_soon_when_the_store_was_away() throws InterruptedException {
    AtomicInteger firings = new AtomicInteger();
    SyncTrigger away =
        (source, what, by) -> {
          asked.add(source);
          return firings.incrementAndGet() < 3
              ? new Answer.StoreAway("gone")
              : new Answer.Started(1);
        };
    Clock slow = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-1));
    try (Scheduler scheduler = new Scheduler(away, slow)) {
      scheduler.replace(Map.of("crm", yearly(Missed.LAST)), source -> longAgo());
      scheduler.start();
      for (int firing = 1; firing <= 3; firing++) {
        assertThat(asked.poll(20, TimeUnit.SECONDS)).isEqualTo("crm");
      }
      assertThat(asked.poll(1, TimeUnit.SECONDS)).isNull();
    }
  }

  private static Schedule yearly(Missed missed) {
    return new Schedule(null, "0 0 0 1 1 ?", ZoneOffset.UTC, missed);
  }

  /** Three first days of January ago. */
  private static Optional<Instant> longAgo() {
    int year = Instant.now().atZone(ZoneOffset.UTC).getYear();
    return Optional.of(Instant.parse((year - 3) + "-06-01T00:00:00Z"));
  }
}
