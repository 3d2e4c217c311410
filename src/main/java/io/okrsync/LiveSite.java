package io.okrsync;

import io.okrsync.audit.CheckpointFile;
import io.okrsync.config.Configuration;
import io.okrsync.connector.Source;
import io.okrsync.measure.Window;
import io.okrsync.okr.CheckIn;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Objective;
import io.okrsync.okr.ObjectiveStanding;
import io.okrsync.okr.Statement;
import io.okrsync.schedule.Schedule;
import io.okrsync.schedule.Scheduler;
import io.okrsync.store.KeyResultReading;
import io.okrsync.store.SourceState;
import io.okrsync.sync.Asked;
import io.okrsync.sync.Concern;
import io.okrsync.sync.Difference;
import io.okrsync.sync.Differences;
import io.okrsync.sync.HeldRuns;
import io.okrsync.sync.Intake;
import io.okrsync.sync.RunFilter;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.SyncTrigger;
import io.okrsync.web.Audit;
import io.okrsync.web.KeyResultDetail;
import io.okrsync.web.Planned;
import io.okrsync.web.Site;
import io.okrsync.web.SourceRow;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What pages and REST show, of the service at work. */
final class LiveSite implements Site {
  private final Service service;
  private final Scheduler scheduler;
  private final Waits waits;
  private final Audit audit;
  private final @Nullable String banner;

  /** Where no checkpoints are kept. */
  LiveSite(Service service, Scheduler scheduler, Waits waits, @Nullable String banner) {
    this(service, scheduler, waits, null, banner);
  }

  /**
   * @param checkpoints where they are kept; null where they are not
   */
  LiveSite(
      Service service,
      Scheduler scheduler,
      Waits waits,
      @Nullable CheckpointFile checkpoints,
      @Nullable String banner) {
    this.service = service;
    this.scheduler = scheduler;
    this.waits = waits;
    this.audit = new LiveAudit(service, checkpoints);
    this.banner = banner;
  }

  @Override
  public List<ObjectiveStanding> objectives() {
    return service.standings().now();
  }

  @Override
  public Optional<KeyResultDetail> keyResult(String id) {
    return KeyResults.detail(id, objectives(), service.setup(), service.standings());
  }

  @Override
  public List<KeyResultReading> history(String keyResult, int limit) {
    return service.store().history(keyResult, limit);
  }

  @Override
  public List<CheckIn> checkIns(String keyResult, int limit) {
    return service.store().checkIns(keyResult, limit);
  }

  @Override
  public void checkIn(CheckIn said) {
    service.store().checkIn(said);
  }

  @Override
  public List<Statement> statements(String keyResult, int limit) {
    return service.store().statements(keyResult, limit);
  }

  @Override
  public void state(Statement said) {
    service.store().state(said, service.setup().version());
  }

  @Override
  public List<SourceRow> sources() {
    Configuration configuration = service.setup().configuration();
    Map<String, SourceState> states = service.store().sourceStates();
    return configuration.sources().values().stream()
        .map(it -> row(it, configuration.schedules().get(it.name()), states.get(it.name())))
        .toList();
  }

  @Override
  public List<SyncRun> runs(RunFilter filter, int limit) {
    return service.store().runs(filter, limit);
  }

  @Override
  public Optional<SyncRun> run(long id) {
    return service.store().run(id);
  }

  @Override
  public List<KeyResultReading> readingsOf(long run, int limit) {
    return service.store().readingsOf(run, limit);
  }

  @Override
  public Differences differences(long run, int limit) {
    return service.store().differences(run, limit);
  }

  @Override
  public List<Difference> removals(String keyResult, int limit) {
    return service.setup().keyResults().stream()
        .filter(it -> it.id().equals(keyResult))
        .flatMap(it -> removals(it, limit))
        .distinct()
        .sorted(Comparator.comparing(Difference::noticedAt).reversed())
        .limit(limit)
        .toList();
  }

  private Stream<Difference> removals(KeyResult keyResult, int limit) {
    Setup setup = service.setup();
    Window cycle = new Window(keyResult.cycle().start(), keyResult.cycle().end());
    return setup.measuresOf(keyResult).stream()
        .map(setup::measure)
        .flatMap(it -> service.store().removals(it, cycle, limit).stream());
  }

  @Override
  public SyncTrigger trigger() {
    return service.runs();
  }

  @Override
  public HeldRuns held() {
    return service.held();
  }

  @Override
  public Intake intake() {
    return service.pushes();
  }

  @Override
  public Planned plan(Map<String, String> files) {
    return service.plan(files);
  }

  @Override
  public Audit audit() {
    return audit;
  }

  @Override
  public List<String> configurationProblems() {
    return service.problems().stream().map(Object::toString).toList();
  }

  @Override
  public List<String> connectorProblems() {
    return service.connectors().problems().stream().map(Object::toString).toList();
  }

  @Override
  public Instant now() {
    return service.now();
  }

  @Override
  public ZoneId zone() {
    List<Objective> objectives = service.setup().configuration().objectives();
    return objectives.isEmpty() ? ZoneId.of("UTC") : objectives.get(0).cycle().zone();
  }

  @Override
  public @Nullable String banner() {
    return banner;
  }

  @Override
  public boolean schedulerAlive() {
    return scheduler.isAlive(Instant.now());
  }

  @Override
  public @Nullable String storeProblem() {
    return service.store().problem().orElse(null);
  }

  @Override
  public boolean storeStuck() {
    return service.store().isStuck();
  }

  /** What is due comes with the next run, and not before. */
  private SourceRow.Comparing comparing(Source source, @Nullable Instant nextRun) {
    Asking asking = service.asking();
    UnaryOperator<Instant> withRun = due -> nextRun == null || due.isAfter(nextRun) ? due : nextRun;
    return new SourceRow.Comparing(
        asking.reconcileAt(service.setup(), source).map(withRun).orElse(null),
        asking.censusAt(service.setup(), source).map(withRun).orElse(null),
        asking.refusal(source, Asked.RECONCILE).isEmpty(),
        asking.listsIds(source));
  }

  private SourceRow row(Source source, @Nullable Schedule schedule, @Nullable SourceState state) {
    SourceState known =
        Objects.requireNonNullElseGet(
            state, () -> new SourceState(source.name(), null, null, null, 0, null, null));
    @Nullable SyncRun waiting = service.runs().waiting(source).orElse(null);
    List<Concern> concerns = service.concerns(source.name(), schedule, known);
    boolean held = concerns.stream().anyMatch(it -> it.kind() == Concern.Kind.HELD);
    @Nullable Instant nextRun =
        Optional.ofNullable(waiting)
            .map(SyncRun::continuesAt)
            .or(() -> held ? Optional.empty() : scheduler.next(source.name()))
            .orElse(null);
    return new SourceRow(
        source.name(),
        source.connector(),
        source.zone(),
        schedule == null ? SourceRow.PUSHED : schedule.inWords(),
        known,
        service.standings().freshness(source.freshness(), known),
        nextRun,
        schedule == null ? SourceRow.Comparing.NEVER : comparing(source, nextRun),
        waits.of(source.name(), waiting),
        concerns);
  }
}
