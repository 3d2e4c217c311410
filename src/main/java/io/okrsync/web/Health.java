package io.okrsync.web;

import static io.okrsync.web.Endpoint.get;

import io.okrsync.store.StoreUnavailable;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the service lives and is ready to serve. Outdated sources and a refused configuration are
 * told but leave it ready: restarting it would not help.
 */
final class Health {
  private static final Logger LOG = LoggerFactory.getLogger(Health.class);

  private final Site site;

  Health(Site site) {
    this.site = site;
  }

  List<Endpoint> endpoints() {
    return List.of(
        get("/health", request -> ready()),
        get("/health/ready", request -> ready()),
        get("/health/live", request -> live()));
  }

  /** A restart helps where the scheduler is dead or the store is stuck, and nowhere else. */
  private Answer live() {
    if (site.storeStuck()) {
      return Answer.json(503, new Live("store stuck"));
    }
    return site.schedulerAlive()
        ? Answer.json(200, new Live("up"))
        : Answer.json(503, new Live("scheduler dead"));
  }

  private Answer ready() {
    Ready ready = look();
    return Answer.json(ready.status().equals("up") ? 200 : 503, ready);
  }

  private Ready look() {
    try {
      List<SourceHealth> sources = site.sources().stream().map(SourceHealth::of).toList();
      @Nullable String problem = site.storeProblem();
      String state = problem == null ? "up" : "down";
      return new Ready(state, state, problem, site.configurationProblems().size(), sources);
    } catch (StoreUnavailable gone) {
      LOG.warn("The health check could not read the store: {}", gone.getMessage());
      return Ready.down(String.valueOf(gone.getMessage()));
    } catch (RuntimeException e) {
      LOG.warn("The health check could not read the store", e);
      return Ready.down("The store could not be read; the log of the service says why");
    }
  }

  record Live(String status) {}

  /**
   * @param store {@code up} when it can be read and takes changes
   * @param problem what is the matter with the store; null while nothing is
   * @param configurationProblems how many problems keep the configuration on disk from being used
   */
  record Ready(
      String status,
      String store,
      @Nullable String problem,
      int configurationProblems,
      List<SourceHealth> sources) {
    static Ready down(String problem) {
      return new Ready("down", "down", problem, 0, List.of());
    }
  }

  /**
   * @param concerns what its runs show only together, such as {@code overdue}
   * @param lastOutcome how the last run ended; null before the first
   */
  record SourceHealth(
      String name,
      String freshness,
      @Nullable String readAt,
      @Nullable String lastOutcome,
      List<String> concerns) {
    static SourceHealth of(SourceRow row) {
      var lastRun = row.state().lastRun();
      return new SourceHealth(
          row.name(),
          row.freshness().name().toLowerCase(Locale.ROOT),
          Json.time(row.state().readAt()),
          lastRun == null ? null : lastRun.outcome().name(),
          row.concerns().stream().map(it -> it.kind().name().toLowerCase(Locale.ROOT)).toList());
    }
  }
}
