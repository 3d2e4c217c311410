package io.okrsync.connector;

import static io.okrsync.connector.Samples.BEGINNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.okrsync.connector.SourceFailure.Remedy;
import io.okrsync.connector.VendorServer.Answer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How much a source is asked, and how long one that does not answer is left alone. */
class LimitsTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Answer DOWN = Answer.of(503, "text/plain", "");
  private static final Answer PAGE = Answer.json("[]");

  private final VendorServer vendor = new VendorServer();
  private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
  private final List<Waiting> waits = Collections.synchronizedList(new ArrayList<>());
  private final MovingClock clock = new MovingClock();
  private final Connectors connectors =
      new Connectors(Path.of("routes"), clock, pause -> rest(pause));

  @BeforeEach
  void start() {
    connectors.onWaiting(waits::add);
    connectors.start();
    vendor.answers(PAGE);
  }

  @AfterEach
  void stop() {
    connectors.close();
    vendor.close();
  }

  @Test
  void requests_of_a_minute_wait_for_their_turn_and_say_so() {
    Source source = source(new Limits(3, null, null));
    for (int i = 0; i < 3; i++) {
      read(source);
      clock.move(Duration.ofSeconds(10));
    }
    assertThat(pauses).isEmpty();

    read(source);

    assertThat(pauses).containsExactly(Duration.ofSeconds(30));
    assertThat(waits)
        .containsExactly(new Waiting("crm", NOON.plusSeconds(60), "limits.perMinute allows 3"));
    read(source);
    assertThat(pauses).hasSize(2).last().isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void all_runs_of_a_source_share_its_limit_and_no_other_source_does() {
    Source source = source(new Limits(1, null, null));
    Source other =
        new Source(
            "other",
            source.connector(),
            source.kind(),
            source.with(),
            source.secrets(),
            source.overlap(),
            source.freshness(),
            source.zone(),
            source.limits(),
            null);
    try (Pages first = connectors.pages(source, BEGINNING)) {
      first.next();
    }
    read(other);
    assertThat(pauses).isEmpty();

    read(source);

    assertThat(pauses).hasSize(1);
  }

  @Test
  void the_limit_of_a_day_ends_the_run_until_midnight_in_the_zone_of_the_source() {
    Source source = source(new Limits(null, 2, null));
    read(source);
    read(source);

    SourceFailure failure = failed(source);

    assertThat(failure.remedy()).isEqualTo(Remedy.RETRY_LATER);
    assertThat(failure).hasMessageContaining("asked 2 times today", "limits.perDay");
    assertThat(failure.retryAt()).isEqualTo(Instant.parse("2026-11-21T17:00:00Z")); // in Jakarta
    assertThat(vendor.asked()).hasSize(2);
    clock.move(Duration.ofHours(5));
    read(source);
  }

  @Test
  void what_is_tried_again_counts_as_well() {
    Source source = source(new Limits(null, 3, null));
    vendor.answers(DOWN);

    assertThat(failed(source))
        .hasMessageContaining("limits.perDay allows; the last time it answered 503");
    assertThat(vendor.asked()).hasSize(3);
  }

  @Test
  void no_more_requests_are_under_way_than_are_allowed() throws Exception {
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Phaser two = new Phaser(2);
    vendor.answers(
        asked -> {
          most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
          two.arriveAndAwaitAdvance(); // answered by twos: one alone would never be
          underWay.decrementAndGet();
          return PAGE;
        });
    Source source = source(new Limits(null, null, 2));
    ExecutorService threads = Executors.newFixedThreadPool(6);
    List<CompletableFuture<Void>> reads = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      reads.add(CompletableFuture.runAsync(() -> read(source), threads));
    }
    CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
    threads.shutdown();

    assertThat(most).hasValue(2);
    assertThat(vendor.asked()).hasSize(6);
  }

  @Test
  void a_source_that_does_not_answer_is_left_alone_longer_each_time() {
    vendor.answers(DOWN);
    Source source = source(Limits.NONE);
    List<Duration> alone = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int before = vendor.asked().size();
      Instant retryAt = failed(source).retryAt();
      assertThat(vendor.asked().size() - before).isEqualTo(i == 0 ? 5 : 1);
      alone.add(Duration.between(clock.instant(), retryAt));
      clock.move(alone.get(i));
    }

    int[] minutes = {1, 2, 4, 8, 16, 30, 30, 30};
    for (int i = 0; i < minutes.length; i++) {
      Duration full = Duration.ofMinutes(minutes[i]);
      assertThat(alone.get(i)).isBetween(full.multipliedBy(9).dividedBy(10), full);
    }
  }

  @Test
  void nothing_is_asked_while_it_is_left_alone() {
    vendor.answers(DOWN);
    Source source = source(Limits.NONE);
    SourceFailure first = failed(source);
    int asked = vendor.asked().size();

    SourceFailure second = failed(source);

    assertThat(vendor.asked()).hasSize(asked);
    assertThat(second.retryAt()).isEqualTo(first.retryAt());
    assertThat(second).hasMessageContaining("is left alone", "answered 503");
  }

  @Test
  void a_clock_that_is_put_back_lets_it_be_asked() {
    vendor.answers(DOWN);
    Source source = source(Limits.NONE);
    failed(source);
    int asked = vendor.asked().size();

    clock.putBack(Duration.ofDays(90));
    failed(source);

    assertThat(vendor.asked()).hasSize(asked + 1);
  }

  @Test
  void one_answer_makes_it_as_if_nothing_had_been() {
    Source source = source(Limits.NONE);
    vendor.answers(DOWN);
    clock.move(Duration.between(clock.instant(), failed(source).retryAt()));
    vendor.answers(PAGE);
    read(source);

    vendor.answers(DOWN, DOWN, DOWN, DOWN, PAGE);

    read(source);
  }

  @Test
  void a_person_has_it_asked_whatever_happened() {
    vendor.answers(DOWN);
    Source source = source(Limits.NONE);
    failed(source);
    vendor.answers(PAGE);

    connectors.askAnyway(source);

    read(source);
  }

  @Test
  void a_quota_that_is_spent_is_not_asked_for_again_and_again() {
    Answer words = Answer.of(403, "application/json", "{\"error\": \"daily quota exceeded\"}");
    Answer none =
        Answer.of(403, "application/json", "{}")
            .with("X-RateLimit-Remaining", "0")
            .with("X-RateLimit-Reset", String.valueOf(NOON.plusSeconds(900).getEpochSecond()));
    for (Map.Entry<Answer, Instant> each :
        Map.of(words, NOON.plusSeconds(3600), none, NOON.plusSeconds(900)).entrySet()) {
      Source source = source(Limits.NONE);
      connectors.askAnyway(source);
      vendor.asked().clear();
      vendor.answers(each.getKey());

      SourceFailure failure = failed(source);

      assertThat(vendor.asked()).hasSize(1);
      assertThat(failure.remedy()).isEqualTo(Remedy.RETRY_LATER);
      assertThat(failure.retryAt()).isEqualTo(each.getValue());
      assertThat(failure).hasMessageContaining("its quota is spent");
    }
  }

  @Test
  void a_limit_below_one_is_refused() {
    assertThatThrownBy(() -> new Limits(null, 0, null))
        .hasMessageContaining("perDay must be 1 or more");
  }

  private void read(Source source) {
    connectors.page(source, BEGINNING);
  }

  private SourceFailure failed(Source source) {
    return catchThrowableOfType(SourceFailure.class, () -> read(source));
  }

  private void rest(Duration pause) {
    pauses.add(pause);
    clock.move(pause);
  }

  private Source source(Limits limits) {
    Source plain =
        Samples.source(
            "http-records",
            RecordKind.POINT,
            Map.of("kind", "point", "baseUrl", vendor.url(), "fields", "{\"id\": \".id\"}"));
    return new Source(
        plain.name(),
        plain.connector(),
        plain.kind(),
        plain.with(),
        plain.secrets(),
        plain.overlap(),
        plain.freshness(),
        plain.zone(),
        limits,
        null);
  }

  /** Moves when somebody waits. */
  private static final class MovingClock extends Clock {
    private Instant now = NOON;

    synchronized void move(@Nullable Duration by) {
      now = now.plus(by == null || by.isNegative() ? Duration.ZERO : by);
    }

    synchronized void putBack(Duration by) {
      now = now.minus(by);
    }

    @Override
    public synchronized Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return Clock.fixed(instant(), zone);
    }
  }
}
