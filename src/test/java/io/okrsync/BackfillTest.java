package io.okrsync;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.okrsync.Workspace.Said;
import io.okrsync.connector.Page;
import io.okrsync.connector.ReadingPlace;
import io.okrsync.faults.Dialect;
import io.okrsync.faults.Fault;
import io.okrsync.store.SourceState;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A span of time is read again, and the live runs go on as if nothing had been. */
class BackfillTest {
  private static final String SOURCE = "jira_very_late_records";

  private final OneTool tool;

  BackfillTest(@TempDir Path folder) {
    tool = new OneTool(folder, Dialect.JIRA, Fault.VERY_LATE_RECORDS);
  }

  @AfterEach
  void close() {
    tool.close();
  }

  @Test
  void what_came_too_late_for_the_live_runs_is_brought_and_they_read_on_from_where_they_were() {
    try (Service service = tool.open()) {
      tool.well(service);
      tool.passes(Duration.ofMinutes(15));
      tool.scenario.end();
      tool.well(service);
      assertThat(tool.count(service)).isNotEqualTo(tool.scenario.trueCount());
      SourceState before = requireNonNull(service.store().sourceStates().get(SOURCE));

      SyncRun run = tool.asked(service, backfill("2026-11-20"));

      assertThat(run.outcome()).as(run.inWords()).isEqualTo(Outcome.OK);
      assertThat(run.kind()).isEqualTo(RunKind.BACKFILL);
      assertThat(run.counts().created()).isEqualTo(3);
      tool.isTrue(service);
      SourceState after = requireNonNull(service.store().sourceStates().get(SOURCE));
      assertThat(after.liveCursor()).isEqualTo(before.liveCursor());
      assertThat(after.readAt()).isEqualTo(before.readAt());
    }
  }

  @Test
  void a_run_that_was_cut_off_goes_on_first_and_then_comes_what_was_asked_for() {
    try (Service service = tool.open()) {
      tool.well(service);
      begin(service);

      SyncRun run = tool.asked(service, backfill("2026-11-20"));

      assertThat(run.outcome()).as(run.inWords()).isEqualTo(Outcome.OK);
      assertThat(service.store().runs(SOURCE, 2))
          .extracting(it -> it.kind() + " " + it.outcome())
          .containsExactly("BACKFILL OK", "SYNC OK");
    }
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void ends_where_the_clock_tells_more_than_the_database_keeps() {
    try (Service service = tool.open()) {
      tool.well(service);
      tool.clock.move(Duration.ofNanos(789));

      SyncRun run = tool.asked(service, backfill("2026-11-20"));

      assertThat(service.store().runs(SOURCE, 9))
          .extracting(it -> it.kind() + " " + it.outcome())
          .containsExactly("BACKFILL OK", "SYNC OK");
      assertThat(run.outcome()).isEqualTo(Outcome.OK);
    }
  }

  @Test
  void a_source_that_was_never_read_has_nothing_to_backfill() {
    try (Service service = tool.open()) {
      Answer answer = service.runs().trigger(SOURCE, backfill("2026-11-20"), Trigger.MANUAL);

      assertThat(answer).isInstanceOf(Answer.Refused.class);
      assertThat(((Answer.Refused) answer).why()).contains("not read yet", "sync it");
      assertThat(service.store().runs(SOURCE, 1)).isEmpty();
    }
  }

  @Test
  void the_command_line_says_what_is_wrong_and_what_came_of_it() {
    assertThat(tool.workspace.run("backfill", SOURCE).err()).contains("--from");
    assertThat(tool.workspace.run("backfill", "jira", "--from", "2026-10-01").err())
        .contains("no source is called 'jira'");
    assertThat(tool.workspace.run("backfill", SOURCE, "--from", "yesterday").err())
        .contains("from must be a day such as 2026-10-01", "'yesterday'");
    for (String never : List.of("-9999-01-01T00:00:00Z", "-999999999-01-01")) {
      assertThatThrownBy(() -> backfill(never))
          .hasMessageContainingAll("from must be a day such as 2026-10-01", never);
    }
    Said refused = tool.workspace.run("backfill", SOURCE, "--from", "2026-10-01");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains("sync it");
    assertThat(tool.workspace.run("sync").exit()).isZero();

    Said said =
        tool.workspace.run("backfill", SOURCE, "--from", "2026-10-01", "--to", "2026-10-31");

    assertThat(said.exit()).as(said.all()).isZero();
    assertThat(said.out()).contains("run 2  backfill OK");
    assertThat(tool.workspace.run("verify").exit()).isZero();
  }

  @Test
  void a_span_of_time_that_is_none_is_refused_with_what_to_do() {
    Said future = tool.workspace.run("backfill", SOURCE, "--from", "2999-01-01");
    assertThat(future.exit()).isEqualTo(Main.REFUSED);
    assertThat(future.err())
        .contains("from must not be in the future: '2999-01-01'; it is 2")
        .contains("a backfill reads again what has changed until now");

    Said reversed =
        tool.workspace.run("backfill", SOURCE, "--from", "2020-10-31", "--to", "2020-10-01");
    assertThat(reversed.exit()).isEqualTo(Main.REFUSED);
    assertThat(reversed.err())
        .contains(
            "from must be before to: '2020-10-31' is not before '2020-10-01'; write the earlier one"
                + " as from");
  }

  private Asked backfill(String from) {
    return Asked.backfill(from, null, ZoneOffset.UTC, tool.clock.instant());
  }

  /** A run that is cut off after its first page. */
  private void begin(Service service) {
    var source = service.setup().source(SOURCE);
    String definition =
        Setup.definition(source)
            + " "
            + service.connectors().named(source.connector()).orElseThrow().version();
    SyncRun run =
        service.store().begin(source, definition, Trigger.SCHEDULE, true, tool.clock.instant());
    Page page = service.connectors().page(source, new ReadingPlace(null, null));
    SyncRun first =
        service
            .store()
            .append(run, page, service.setup().measuresFrom(SOURCE), tool.clock.instant());
    service.store().interrupt(first, "cut off", tool.clock.instant());
  }
}
