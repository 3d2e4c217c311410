package io.okrsync;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.Workspace.Said;
import io.okrsync.config.ConfigurationFolder;
import io.okrsync.connector.Hurried;
import io.okrsync.connector.Page;
import io.okrsync.connector.ReadingPlace;
import io.okrsync.faults.Dialect;
import io.okrsync.faults.Fault;
import io.okrsync.faults.Scenario;
import io.okrsync.faults.Simulator;
import io.okrsync.store.SourceState;
import io.okrsync.store.StoreSettings;
import io.okrsync.sync.Asked;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.RunKind;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.SyncTrigger.Answer;
import io.okrsync.sync.Trigger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A span of time is read again, and the live runs go on as if nothing had been. */
class BackfillTest {
  private static final String SOURCE = "jira_very_late_records";

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock("2026-11-21T03:00:00Z");
  private final Simulator simulator = new Simulator();
  private final Scenario tool = new Scenario(Dialect.JIRA, Fault.VERY_LATE_RECORDS, 1, clock);
  private Workspace workspace = new Workspace(Path.of("target"));

  @BeforeEach
  void a_tool_that_shows_records_hours_late() {
    tool.work(6);
    simulator.add(tool);
    workspace = FaultyTools.workspace(folder, simulator, List.of(tool));
  }

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void what_came_too_late_for_the_live_runs_is_brought_and_they_read_on_from_where_they_were() {
    try (Service service = open()) {
      sync(service);
      clock.move(Duration.ofMinutes(15));
      tool.end();
      sync(service);
      assertThat(count(service)).isNotEqualTo(tool.trueCount());
      SourceState before = requireNonNull(service.store().sourceStates().get(SOURCE));

      SyncRun run = service.runs().run(SOURCE, backfill("2026-11-20"), Trigger.MANUAL);

      assertThat(run.outcome()).as(run.inWords()).isEqualTo(Outcome.OK);
      assertThat(run.kind()).isEqualTo(RunKind.BACKFILL);
      assertThat(run.counts().created()).isEqualTo(3);
      assertThat(count(service)).isEqualByComparingTo(tool.trueCount());
      SourceState after = requireNonNull(service.store().sourceStates().get(SOURCE));
      assertThat(after.liveCursor()).isEqualTo(before.liveCursor());
      assertThat(after.readAt()).isEqualTo(before.readAt());
    }
  }

  @Test
  void a_run_that_was_cut_off_goes_on_first_and_then_comes_what_was_asked_for() {
    try (Service service = open()) {
      sync(service);
      begin(service);

      SyncRun run = service.runs().run(SOURCE, backfill("2026-11-20"), Trigger.MANUAL);

      assertThat(run.outcome()).as(run.inWords()).isEqualTo(Outcome.OK);
      assertThat(service.store().runs(SOURCE, 2))
          .extracting(it -> it.kind() + " " + it.outcome())
          .containsExactly("BACKFILL OK", "SYNC OK");
    }
  }

  @Test
  void a_source_that_was_never_read_has_nothing_to_backfill() {
    try (Service service = open()) {
      Answer answer = service.runs().trigger(SOURCE, backfill("2026-11-20"), Trigger.MANUAL);

      assertThat(answer).isInstanceOf(Answer.Refused.class);
      assertThat(((Answer.Refused) answer).why()).contains("not read yet", "sync it");
      assertThat(service.store().runs(SOURCE, 1)).isEmpty();
    }
  }

  @Test
  void the_command_line_says_what_is_wrong_and_what_came_of_it() {
    assertThat(workspace.run("backfill", SOURCE).err()).contains("--from");
    assertThat(workspace.run("backfill", "jira", "--from", "2026-10-01").err())
        .contains("no source is called 'jira'");
    assertThat(workspace.run("backfill", SOURCE, "--from", "yesterday").err())
        .contains("from must be a day such as 2026-10-01", "'yesterday'");
    Said refused = workspace.run("backfill", SOURCE, "--from", "2026-10-01");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains("sync it");
    assertThat(workspace.run("sync").exit()).isZero();

    Said said = workspace.run("backfill", SOURCE, "--from", "2026-10-01", "--to", "2026-10-31");

    assertThat(said.exit()).as(said.all()).isZero();
    assertThat(said.out()).contains("run 2  backfill OK");
    assertThat(workspace.run("verify").exit()).isZero();
  }

  private Asked backfill(String from) {
    return Asked.backfill(from, null, ZoneOffset.UTC, clock.instant());
  }

  /** A run that is cut off after its first page. */
  private void begin(Service service) {
    var source = service.setup().source(SOURCE);
    String definition =
        Setup.definition(source)
            + " "
            + service.connectors().named(source.connector()).orElseThrow().version();
    SyncRun run =
        service.store().begin(source, definition, Trigger.SCHEDULE, true, clock.instant());
    Page page = service.connectors().page(source, new ReadingPlace(null, null));
    SyncRun first = service.store().append(run, page, service.setup().measuresFrom(SOURCE));
    service.store().interrupt(first, "cut off", clock.instant());
  }

  private void sync(Service service) {
    tool.runBegins();
    SyncRun run = service.runs().run(SOURCE, Trigger.SCHEDULE);
    assertThat(run.outcome().isWell()).as(run.inWords()).isTrue();
  }

  private java.math.BigDecimal count(Service service) {
    String id = FaultyTools.id(tool, "count");
    return requireNonNull(
        requireNonNull(service.store().latestReadings(List.of(id)).get(id)).value());
  }

  private Service open() {
    return Service.open(
        Hurried.connectors(Path.of("routes"), clock, waited -> {}),
        new ConfigurationFolder(workspace.config(), name -> null),
        StoreSettings.inFolder(workspace.data()),
        clock,
        run -> {},
        run -> {});
  }
}
