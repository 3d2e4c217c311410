package io.okrsync;

import static java.util.Objects.requireNonNull;

import io.okrsync.config.ConfigurationFolder;
import io.okrsync.connector.Hurried;
import io.okrsync.store.KeyResultReading;
import io.okrsync.store.StoreSettings;
import io.okrsync.sync.SyncRun;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A service over one tool; one history after another has its source in it. */
final class LookedAtService implements AutoCloseable {
  final SettableClock clock = new SettableClock("2026-11-02T03:00:00Z");
  final ShiftingTool tool = new ShiftingTool(clock);
  private final Workspace workspace;
  private Consumer<SyncRun> progress = run -> {};
  private Consumer<SyncRun> ended = run -> {};
  private Service service;

  LookedAtService(Path folder) {
    workspace = new Workspace(folder);
    write("none", "query: { list: all }", "every: 15m");
    service = open();
  }

  Service service() {
    return service;
  }

  /** Who is told of runs from now on. */
  void tell(Consumer<SyncRun> progress, Consumer<SyncRun> ended) {
    this.progress = progress;
    this.ended = ended;
  }

  private Service open() {
    return Service.open(
        Hurried.connectors(Path.of("routes"), clock, waited -> {}),
        new ConfigurationFolder(workspace.config(), name -> null),
        StoreSettings.inFolder(workspace.data()),
        clock,
        run -> progress.accept(run),
        run -> ended.accept(run));
  }

  void startAnew() {
    service.close();
    service = open();
  }

  /**
   * The source, and the only one, is read so from now on.
   *
   * @param with settings of its connector, and {@code more} of its own
   */
  void configure(String source, String with, String more) {
    write(source, with, more);
    service.reload();
    if (!service.problems().isEmpty()) {
      throw new IllegalStateException(service.problems().toString());
    }
  }

  private void write(String source, String with, String more) {
    workspace.write(
        "config/sources.yaml",
        """
        sources:
          %s:
            connector: http-records
            with:
              kind: response
              baseUrl: "%s"
              paging: cursor
              next: .next
              items: .items[]
              fields: { id: .id, score: .score, updatedAt: .updated, at: '"2026-11-02T03:00:00Z"' }
        """
                .formatted(source, tool.url())
            + with.indent(6)
            + more.indent(4));
    workspace.write(
        "config/measures.yaml",
        "measures: { sum_%s: { from: %s, at: at, sum: score } }".formatted(source, source));
    workspace.write(
        "config/okrs/all.yaml",
        """
        cycle: { id: 2026-Q4, from: 2026-10-01, to: 2039-12-31, zone: UTC }
        objectives:
          - id: all
            title: All
            owner: all
            keyResults:
              - { id: %s, title: Count all, formula: sum_%s, baseline: 0, target: 100 }
        """
            .formatted(source, source));
  }

  /** The records that count, with their scores; null where one has none. */
  Map<String, @Nullable Integer> ledger(String source) {
    Map<String, @Nullable Integer> open = new TreeMap<>();
    var evidence = service.store().evidence();
    long published = evidence.publishedRun(source).orElse(0L);
    evidence.records(
        source,
        versions ->
            versions.stream()
                .filter(it -> it.isTrueAt(published))
                .forEach(
                    it -> {
                      var score = it.record().orElseThrow().fields().get("score");
                      open.put(it.recordId(), score == null ? null : score.asInt());
                    }));
    return open;
  }

  /** The published sum of the scores. */
  BigDecimal value(String source) {
    KeyResultReading latest =
        requireNonNull(service.store().latestReadings(List.of(source)).get(source));
    return requireNonNull(latest.value());
  }

  @Override
  public void close() {
    service.close();
    tool.close();
  }
}
