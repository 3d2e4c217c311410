package io.okrsync.web;

import static io.okrsync.web.Endpoint.get;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.okrsync.okr.Freshness;
import io.okrsync.okr.Standing;
import io.okrsync.store.StoreUnavailable;
import io.okrsync.sync.ClockPutBack;
import io.okrsync.sync.Concern;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.SyncRun;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is measured of the service, for Prometheus to read. Key results are read when it asks. */
final class Metrics implements AutoCloseable {
  private final Site site;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbage = new JvmGcMetrics();
  private final MultiGauge values =
      MultiGauge.builder("okrsync.key.result.value")
          .description("The value of a key result, in its own unit")
          .register(registry);
  private final MultiGauge progress =
      MultiGauge.builder("okrsync.key.result.progress")
          .description("0 at the baseline and 1 at the target, unclamped")
          .register(registry);
  private final MultiGauge outdated =
      MultiGauge.builder("okrsync.key.result.outdated")
          .description("1 while the value is older than its sources allow, whatever it says")
          .register(registry);
  private final MultiGauge ages =
      MultiGauge.builder("okrsync.source.age")
          .description(
              "How long ago the last published run of a source began; negative only where that is"
                  + " yet to come, since a clock was put back")
          .baseUnit("seconds")
          .register(registry);

  private final Set<Long> heldRuns = ConcurrentHashMap.newKeySet();
  private final AtomicInteger storeUp = new AtomicInteger(1);

  private final MultiGauge concerns =
      MultiGauge.builder("okrsync.source.concern")
          .description("1 while this is the matter with a source, 0 while it is not")
          .register(registry);

  Metrics(Site site) {
    this.site = site;
    Gauge.builder("okrsync.scheduler.alive", site, it -> it.schedulerAlive() ? 1 : 0)
        .description("1 while runs are asked for at their times, 0 when the scheduler is dead")
        .register(registry);
    Gauge.builder("okrsync.store.up", storeUp, AtomicInteger::get)
        .description("1 while the store takes changes, 0 when it is full, read-only or gone")
        .register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    garbage.bindTo(registry);
  }

  List<Endpoint> endpoints() {
    return List.of(get("/metrics", request -> scrape()));
  }

  /** One request was answered; {@code begun} is in nanoseconds. */
  void answered(Endpoint endpoint, int status, long begun) {
    Timer.builder("http.server.requests")
        .description("How long requests for pages and REST took")
        .tags("method", endpoint.method().name(), "uri", endpoint.path())
        .tag("status", Integer.toString(status))
        .register(registry)
        .record(Duration.ofNanos(System.nanoTime() - begun));
  }

  /** A run came to an end. */
  void ended(SyncRun run) {
    boolean wasCounted = heldRuns.remove(run.id());
    Tags tags =
        Tags.of("source", run.source(), "outcome", run.outcome().name().toLowerCase(Locale.ROOT));
    Counter.builder("okrsync.runs")
        .description("How many runs ended, by source and outcome")
        .tags(tags)
        .register(registry)
        .increment();
    if (run.outcome() == Outcome.HELD) {
      heldRuns.add(run.id());
    }
    if (wasCounted) {
      return; // what it read, and how long, when it was held: the rest was a person's time
    }
    Counter.builder("okrsync.records.read")
        .description("How many items the source returned, over all runs that ended")
        .tag("source", run.source())
        .register(registry)
        .increment((double) run.counts().read());
    if (run.finishedAt() != null) {
      Timer.builder("okrsync.run.duration")
          .description("How long runs took from their beginning to their end")
          .tags(tags)
          .register(registry)
          .record(took(run.startedAt(), run.finishedAt()));
    }
  }

  /** Nothing where the clock was put back meanwhile: a timer takes no time that is negative. */
  private static Duration took(Instant from, Instant to) {
    return to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
  }

  private synchronized Answer scrape() {
    try {
      read();
      storeUp.set(site.storeProblem() == null ? 1 : 0);
    } catch (StoreUnavailable gone) {
      readNothing();
    }
    return Answer.typed(200, "text/plain; version=0.0.4; charset=utf-8", registry.scrape());
  }

  /** Values of before would look like those of now. */
  private void readNothing() {
    storeUp.set(0);
    Stream.of(values, progress, outdated, ages, concerns)
        .forEach(it -> it.register(List.of(), true));
  }

  private void read() {
    List<Standing> standings =
        site.objectives().stream().flatMap(each -> each.keyResults().stream()).toList();
    values.register(rows(standings, Standing::value), true);
    progress.register(rows(standings, Standing::progress), true);
    outdated.register(rows(standings, Metrics::outdated), true);
    ages.register(ages(site.now()), true);
    concerns.register(concerns(), true);
  }

  private static List<Row<?>> rows(
      List<Standing> standings, Function<Standing, @Nullable BigDecimal> number) {
    return standings.stream()
        .<Row<?>>map(each -> row("key_result", each.keyResult().id(), number.apply(each)))
        .toList();
  }

  private static BigDecimal outdated(Standing standing) {
    return standing.freshness() == Freshness.OUTDATED ? BigDecimal.ONE : BigDecimal.ZERO;
  }

  private List<Row<?>> ages(Instant now) {
    return site.sources().stream()
        .<Row<?>>map(source -> row("source", source.name(), age(source, now)))
        .toList();
  }

  private List<Row<?>> concerns() {
    return site.sources().stream().flatMap(Metrics::concerns).toList();
  }

  private static Stream<Row<?>> concerns(SourceRow source) {
    Set<Concern.Kind> now =
        source.concerns().stream().map(Concern::kind).collect(Collectors.toSet());
    return Arrays.stream(Concern.Kind.values())
        .map(
            kind ->
                Row.of(
                    Tags.of("source", source.name(), "kind", kind.name().toLowerCase(Locale.ROOT)),
                    now.contains(kind) ? 1 : 0));
  }

  private static @Nullable BigDecimal age(SourceRow source, Instant now) {
    Instant readAt = source.state().readAt();
    if (readAt == null) {
      return null;
    }
    long age = Duration.between(readAt, now).toSeconds();
    return BigDecimal.valueOf(ClockPutBack.isShownBy(readAt, now) ? age : Math.max(age, 0));
  }

  /** What is not known is not a number; Prometheus has a value for that. */
  private static Row<?> row(String tag, String name, @Nullable BigDecimal number) {
    return Row.of(Tags.of(tag, name), number == null ? Double.NaN : number.doubleValue());
  }

  @Override
  public void close() {
    garbage.close();
    registry.close();
  }
}
