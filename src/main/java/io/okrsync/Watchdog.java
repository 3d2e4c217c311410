package io.okrsync;

import io.okrsync.schedule.Schedule;
import io.okrsync.schedule.Scheduler;
import io.okrsync.store.SourceState;
import io.okrsync.sync.Concern;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every half minute whether each source was asked for when it should have been. It has a
 * thread of its own and compares the schedule with the runs that are stored, so that a scheduler
 * that is dead cannot keep it from noticing. What it finds is logged once, when it begins and when
 * it ends; pages, API and metrics look for themselves. Runs that broke off and could not say so are
 * ended.
 */
final class Watchdog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
  private static final Duration EVERY = Duration.ofSeconds(30);

  private final Service service;
  private final Scheduler scheduler;
  private final Runnable changed;
  private final Repeating looks =
      new Repeating("watchdog", "the watchdog could not look", this::look);
  private Set<String> seen = Set.of();

  Watchdog(Service service, Scheduler scheduler, Runnable changed) {
    this.service = service;
    this.scheduler = scheduler;
    this.changed = changed;
  }

  void start() {
    looks.every(EVERY);
  }

  @Override
  public void close() {
    looks.close();
  }

  void look() {
    compare(found());
    service.runs().endLeft();
  }

  /** By source and kind: what a sentence counts may change while the same is the matter. */
  private void compare(Map<String, String> found) {
    if (found.keySet().equals(seen)) {
      return;
    }
    found.keySet().stream()
        .filter(it -> !seen.contains(it))
        .forEach(it -> LOG.error("{}; {}", it, found.get(it)));
    seen.stream().filter(it -> !found.containsKey(it)).forEach(it -> LOG.info("no longer: {}", it));
    seen = found.keySet();
    changed.run();
  }

  /** Sentences by what is the matter. */
  private Map<String, String> found() {
    Map<String, String> found = new TreeMap<>();
    if (!scheduler.isAlive(service.now())) {
      found.put("the scheduler is dead", "no source is asked for any more; restart the service");
    }
    Map<String, SourceState> states = service.store().sourceStates();
    Map<String, Schedule> schedules = service.setup().configuration().schedules();
    for (String source : service.setup().configuration().sources().keySet()) {
      look(source, schedules.get(source), states, found);
    }
    return found;
  }

  private void look(
      String source,
      @Nullable Schedule schedule,
      Map<String, SourceState> states,
      Map<String, String> found) {
    List<Concern> concerns = service.concerns(source, schedule, states.get(source));
    concerns.stream()
        .filter(it -> it.kind() != Concern.Kind.NEVER_ATTEMPTED)
        .forEach(
            it -> found.put("source '%s': %s".formatted(source, it.kind().label()), it.sentence()));
  }
}
