package io.okrsync;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.Workspace.Said;
import io.okrsync.connector.Page;
import io.okrsync.faults.Dialect;
import io.okrsync.faults.Fault;
import io.okrsync.schedule.Scheduler;
import io.okrsync.store.Store;
import io.okrsync.sync.Asked;
import io.okrsync.sync.Decision;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.RunKind;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.SyncTrigger.Answer;
import io.okrsync.sync.Trigger;
import io.okrsync.web.SourceRow.Comparing;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where deleted records vanish, a list of the ids there are tells which; and is not believed
 * blindly.
 */
class CensusTest {
  @TempDir Path folder;

  @Test
  void once_its_time_has_come_it_follows_a_run_and_removes_what_is_gone() {
    try (OneTool tool = new OneTool(folder, Dialect.JIRA, Fault.DELETED);
        Service service = tool.open()) {
      tool.well(service);
      tool.scenario.begin();
      tool.passes(Duration.ofMinutes(15));
      assertThat(tool.well(service).kind()).isEqualTo(RunKind.SYNC);
      tool.passes(Duration.ofHours(24));

      SyncRun census = tool.well(service);

      assertThat(census.kind()).isEqualTo(RunKind.CENSUS);
      assertThat(census.inWords()).startsWith("census OK").contains("listed", "removed");
      List<SyncRun> runs = service.store().runs(tool.name(), 3);
      assertThat(runs)
          .extracting(SyncRun::kind)
          .containsExactly(RunKind.CENSUS, RunKind.CENSUS, RunKind.SYNC);
      assertThat(runs.get(1).reason())
          .startsWith("records that did not come: ")
          .endsWith("; they count until another look does not bring them either");
      tool.isTrue(service);
      tool.passes(Duration.ofMinutes(15));
      assertThat(tool.well(service).kind()).isEqualTo(RunKind.SYNC);
    }
  }

  /** An ordinary run takes up a census that was cut off, and reads what changed after it. */
  @Test
  void a_second_look_follows_though_another_run_came_between() {
    try (OneTool tool = new OneTool(folder, Dialect.JIRA, Fault.DELETED);
        Service service = tool.open()) {
      Store store = service.store();
      tool.well(service);
      tool.scenario.begin();
      SyncRun cut = census(tool, service);
      store.interrupt(cut, "cut off", tool.clock.instant());

      tool.well(service);

      List<SyncRun> runs = store.runs(tool.name(), 9);
      assertThat(runs)
          .extracting(SyncRun::kind)
          .containsExactly(RunKind.CENSUS, RunKind.SYNC, RunKind.CENSUS, RunKind.SYNC);
      assertThat(runs.get(2).id()).isEqualTo(cut.id());
      assertThat(runs.get(2).reason()).startsWith("records that did not come: ");
      tool.isTrue(service);
      assertThat(store.owesLook(tool.name())).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"15m, 2", "6h, 3"})
  void where_each_run_reads_everything_the_second_look_waits_for_the_next_one_if_that_is_soon(
      String every, int runs) {
    try (OneTool tool = new OneTool(folder, Dialect.OFFSET, Fault.DELETED)) {
      String sources = tool.workspace.read("config/sources.yaml");
      tool.workspace.write(
          "config/sources.yaml",
          sources.replace("since: \"@since\", ", "").replace("every: 15m", "every: " + every));
      try (Service service = tool.open()) {
        assertThat(tool.well(service).readsEverything()).isTrue();
        tool.passes(Duration.ofHours(6));
        tool.scenario.begin();

        tool.well(service);

        List<SyncRun> all = service.store().runs(tool.name(), 9);
        assertThat(all).hasSize(runs);
        assertThat(all.get(runs - 2).reason()).contains("records that did not come: ");
        assertThat(service.store().owesLook(tool.name()).isEmpty()).isEqualTo(runs == 3);
        if (runs == 3) {
          tool.isTrue(service);
        }
      }
    }
  }

  /** As after a process that was killed between the two. */
  @Test
  void a_second_look_that_is_owed_follows_the_next_run_and_is_tried_again_after_an_hour() {
    try (OneTool tool = new OneTool(folder, Dialect.JIRA, Fault.TWICE);
        Service service = tool.open()) {
      Store store = service.store();
      tool.well(service);
      SyncRun look =
          store.append(census(tool, service), empty("2"), List.of(), tool.clock.instant());
      look = store.append(look, empty(null), List.of(), tool.clock.instant());
      store.publish(look, service.setup().version(), all -> List.of(), tool.clock.instant());
      assertThat(store.owesLook(tool.name())).contains(look.id());
      tool.scenario.begin();

      assertThat(tool.scheduled(service).inWords()).startsWith("census failed");
      tool.passes(Duration.ofMinutes(15));
      assertThat(tool.well(service).kind()).isEqualTo(RunKind.SYNC);
      assertThat(store.owesLook(tool.name())).isPresent();
      tool.scenario.end();
      tool.passes(Duration.ofMinutes(45));

      assertThat(tool.well(service).inWords()).startsWith("census OK");
      assertThat(store.owesLook(tool.name())).isEmpty();
      tool.isTrue(service);
    }
  }

  @Test
  void a_second_look_that_a_person_discarded_does_not_come_back_with_each_run() {
    try (OneTool tool = new OneTool(folder, Dialect.JIRA, Fault.DELETED)) {
      String sources = tool.workspace.read("config/sources.yaml");
      tool.workspace.write(
          "config/sources.yaml",
          sources.replace("every: 15m", "every: 15m\n    guard: { jump: 1% }"));
      try (Service service = tool.open()) {
        tool.well(service);
        tool.scenario.begin();
        SyncRun held = tool.asked(service, Asked.CENSUS);
        assertThat(held.outcome()).isEqualTo(Outcome.HELD);
        service.held().discard(held.id(), new Decision("Ani", "the tool hides them for a while"));
        tool.passes(Duration.ofMinutes(75));

        assertThat(tool.well(service).kind()).isEqualTo(RunKind.SYNC);
        tool.passes(Duration.ofHours(24));
        assertThat(tool.scheduled(service).outcome())
            .as("its time has come")
            .isEqualTo(Outcome.HELD);
      }
    }
  }

  /** It would keep the deleted records for good. */
  @Test
  void the_value_of_a_cycle_that_ended_is_final_only_after_a_second_look_that_is_owed() {
    try (OneTool tool = new OneTool(folder, Dialect.OFFSET, Fault.DELETED)) {
      String sources = tool.workspace.read("config/sources.yaml");
      tool.workspace.write("config/sources.yaml", sources.replace("since: \"@since\", ", ""));
      try (Service service = tool.open()) {
        tool.well(service);
        tool.passes(Duration.ofDays(42)); // into the next year
        tool.scenario.begin();
        String close = FaultyTools.id(tool.scenario, "count") + "/final";
        tool.well(service);
        assertThat(service.store().owesLook(tool.name())).isPresent();
        assertThat(service.store().history(close, 9)).isEmpty();
        tool.passes(Duration.ofMinutes(15));

        tool.well(service);

        assertThat(service.store().history(close, 9))
            .singleElement()
            .satisfies(
                it -> assertThat(it.value()).isEqualByComparingTo(tool.scenario.trueCount()));
      }
    }
  }

  /** An id comes twice in each, so that none can tell what is gone. */
  @Test
  void a_value_is_final_after_a_day_though_no_second_look_came_to_an_end() {
    try (OneTool tool = new OneTool(folder, Dialect.JIRA, Fault.TWICE);
        Service service = tool.open()) {
      Store store = service.store();
      tool.well(service);
      tool.passes(Duration.ofDays(41)); // two hours before the end of the year
      tool.well(service);
      SyncRun look =
          store.append(census(tool, service), empty("2"), List.of(), tool.clock.instant());
      look = store.append(look, empty(null), List.of(), tool.clock.instant());
      store.publish(look, service.setup().version(), all -> List.of(), tool.clock.instant());
      String close = FaultyTools.id(tool.scenario, "count") + "/final";
      tool.passes(Duration.ofHours(3));
      tool.scenario.begin();
      assertThat(tool.scheduled(service).inWords()).startsWith("census failed");
      assertThat(store.history(close, 9)).isEmpty();
      tool.passes(Duration.ofDays(1));

      tool.scheduled(service);

      assertThat(store.owesLook(tool.name())).isPresent();
      assertThat(store.history(close, 9)).hasSize(1);
    }
  }

  /** They were taken for gone today, after everything was read today, too. */
  @Test
  void what_comes_back_is_read_at_once_where_it_was_read_before_it_was_gone() {
    try (OneTool tool = new OneTool(folder, Dialect.JIRA, Fault.UNDELETED);
        Service service = tool.open()) {
      tool.well(service);
      tool.scenario.begin();
      tool.passes(Duration.ofHours(2));
      assertThat(tool.asked(service, Asked.CENSUS).kind()).isEqualTo(RunKind.CENSUS);
      tool.isTrue(service);
      tool.passes(Duration.ofHours(-1));
      tool.scenario.end(); // with the times they had
      tool.passes(Duration.ofHours(2));

      assertThat(tool.asked(service, Asked.CENSUS).kind()).isEqualTo(RunKind.RECONCILE);

      tool.isTrue(service);
    }
  }

  /** A census that has begun, and read nothing yet. */
  private static SyncRun census(OneTool tool, Service service) {
    Store store = service.store();
    long first = store.runs(tool.name(), 1).get(0).id();
    String definition = store.evidence().run(first).orElseThrow().definition();
    return store.begin(
        service.setup().source(tool.name()),
        requireNonNull(definition),
        Trigger.SCHEDULE,
        Asked.CENSUS,
        true,
        tool.clock.instant());
  }

  private static Page empty(@Nullable String next) {
    return new Page(List.of(), List.of(), next, null);
  }

  @Test
  void what_comes_back_counts_again() {
    try (OneTool tool = new OneTool(folder, Dialect.JIRA, Fault.UNDELETED);
        Service service = tool.open()) {
      tool.well(service);
      tool.scenario.begin();
      tool.asked(service, Asked.CENSUS);
      tool.isTrue(service);
      tool.passes(Duration.ofMinutes(15));
      tool.scenario.end();

      SyncRun back = tool.well(service);

      assertThat(service.store().differences(back.id(), 9).first())
          .isNotEmpty()
          .allSatisfy(it -> assertThat(it.inWords()).contains("came back"));
      tool.isTrue(service);
    }
  }

  @Test
  void what_comes_back_as_it_was_is_found_by_a_census_and_read_with_everything() {
    try (OneTool tool = new OneTool(folder, Dialect.JIRA, Fault.UNDELETED);
        Service service = tool.open()) {
      tool.well(service);
      tool.scenario.begin();
      tool.passes(Duration.ofHours(24));
      tool.scenario.work(1);
      assertThat(tool.well(service).kind()).isEqualTo(RunKind.CENSUS);
      tool.isTrue(service);
      tool.passes(Duration.ofHours(-5));
      tool.scenario.end(); // with the times they had
      tool.passes(Duration.ofHours(5).plusMinutes(15));
      tool.well(service);
      assertThat(tool.count(service)).isNotEqualByComparingTo(tool.scenario.trueCount());

      SyncRun reconcile = tool.asked(service, Asked.CENSUS);

      assertThat(reconcile.kind()).isEqualTo(RunKind.RECONCILE);
      assertThat(service.store().runs(tool.name(), 2).get(1).reason())
          .isEqualTo(
              "ids are there again of which the record was taken for gone: 3; everything is read"
                  + " next, once a day at most");
      tool.isTrue(service);
      assertThat(tool.asked(service, Asked.CENSUS).kind()).isEqualTo(RunKind.CENSUS);
    }
  }

  @Test
  void a_list_that_is_empty_or_has_an_id_twice_removes_nothing() {
    for (Fault fault : List.of(Fault.NO_ROWS, Fault.TWICE)) {
      try (OneTool tool = new OneTool(folder.resolve(fault.name()), Dialect.JIRA, fault);
          Service service = tool.open()) {
        tool.well(service);
        BigDecimal before = tool.count(service);
        tool.scenario.begin();

        SyncRun census = tool.asked(service, Asked.CENSUS);

        assertThat(census.outcome()).as(census.inWords()).isEqualTo(Outcome.FAILED);
        assertThat(census.reason())
            .containsAnyOf("nothing was removed", "nothing was taken as removed");
        assertThat(service.store().differences(census.id(), 9).all()).isZero();
        assertThat(tool.count(service)).isEqualByComparingTo(before);
        tool.scenario.end();
        tool.passes(Duration.ofMinutes(15));
        assertThat(tool.well(service).inWords()).startsWith("OK");
      }
    }
  }

  @Test
  void a_list_that_breaks_off_removes_nothing_and_goes_on_later() {
    try (OneTool tool = new OneTool(folder, Dialect.JIRA, Fault.THROTTLED_WITH_SECONDS);
        Service service = tool.open()) {
      tool.well(service);
      tool.scenario.begin();
      assertThat(tool.asked(service, Asked.CENSUS).outcome()).isEqualTo(Outcome.PARTIAL);
      tool.scenario.end();
      tool.passes(Duration.ofMinutes(6));

      SyncRun after = tool.well(service);

      assertThat(after.kind()).isEqualTo(RunKind.SYNC);
      assertThat(service.store().runs(tool.name(), 2).get(1).inWords())
          .startsWith("census OK")
          .doesNotContain("removed");
    }
  }

  @Test
  void a_source_that_cannot_list_ids_alone_is_told_to_reconcile() {
    try (OneTool tool = new OneTool(folder, Dialect.REDMINE, Fault.NOTHING);
        Service service = tool.open()) {
      tool.well(service);

      Answer answer = service.runs().trigger(tool.name(), Asked.CENSUS, Trigger.MANUAL);

      assertThat(((Answer.Refused) answer).why())
          .contains("cannot list its ids alone", "reconcile");
    }
  }

  @Test
  void its_next_time_is_told_and_that_of_a_reconcile() {
    try (OneTool tool = new OneTool(folder, Dialect.JIRA, Fault.NOTHING);
        Service service = tool.open();
        Scheduler scheduler = new Scheduler(service.runs(), Clock.systemUTC())) {
      LiveSite site = new LiveSite(service, scheduler, new Waits(tool.clock), null);
      assertThat(site.sources().get(0).comparing())
          .isEqualTo(new Comparing(null, null, false, true));

      tool.well(service);

      assertThat(site.sources().get(0).comparing())
          .isEqualTo(
              new Comparing(
                  Instant.parse("2026-11-28T03:00:00Z"),
                  Instant.parse("2026-11-22T03:00:00Z"),
                  true,
                  true));
    }
  }

  @Test
  void the_command_line_says_what_is_gone() {
    try (OneTool tool = new OneTool(folder, Dialect.JIRA, Fault.DELETED)) {
      assertThat(tool.workspace.run("sync").exit()).isZero();
      tool.scenario.begin();

      Said said = tool.workspace.run("census", tool.name());

      assertThat(said.exit()).as(said.all()).isZero();
      assertThat(said.out()).contains("census OK", "is gone: a census of the ids did not list it");
      assertThat(tool.workspace.run("verify").exit()).isZero();
    }
  }
}
