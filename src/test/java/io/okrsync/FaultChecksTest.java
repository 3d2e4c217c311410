package io.okrsync;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.okrsync.FaultyTools.Story;
import io.okrsync.FaultyTools.Values;
import io.okrsync.faults.Dialect;
import io.okrsync.faults.Fault;
import io.okrsync.faults.Scenario;
import io.okrsync.faults.Simulator;
import io.okrsync.store.StoreSettings;
import io.okrsync.sync.Counts;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.RunKind;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What {@link FaultsTest} and {@link KilledTest} check is found when it is wrong. */
class FaultChecksTest {
  private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");
  private static final List<String> MOMENTS =
      List.of("well", "again", "faulty", "still faulty", "over", "after", "next day");
  private static final Values TRUE = values(3);
  private static final Values WRONG = values(4);

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> a_story_with_one_thing_wrong_is_refused() {
    Map<Fault, Map<String, Consumer<Story>>> wrongs = new LinkedHashMap<>();
    wrongs.put(Fault.SLOW, always());
    wrongs
        .get(Fault.SLOW)
        .put("values while it lasts", story -> story.published.put("faulty", WRONG));
    wrongs.put(Fault.UNDELETED, always());
    wrongs
        .get(Fault.UNDELETED)
        .put("a failure", story -> run(story, "faulty", Outcome.FAILED, null));
    for (Fault fault : List.of(Fault.THROTTLED_WITH_SECONDS, Fault.TOKEN_EXPIRED, Fault.WEB_PAGE)) {
      wrongs.put(fault, always());
      wrongs.get(fault).putAll(unpublished(fault));
    }
    return wrongs.entrySet().stream().flatMap(each -> tests(each.getKey(), each.getValue()));
  }

  private static Stream<DynamicTest> tests(Fault fault, Map<String, Consumer<Story>> wrongs) {
    Scenario scenario = new Scenario(Dialect.PIPEDRIVE, fault, 1, Clock.tickMillis(ZoneOffset.UTC));
    return wrongs.entrySet().stream()
        .map(
            wrong ->
                DynamicTest.dynamicTest(
                    fault + ": " + wrong.getKey(),
                    () -> {
                      Story story = story(fault);
                      assertThatCode(() -> FaultsTest.check(scenario, story))
                          .doesNotThrowAnyException();
                      wrong.getValue().accept(story);
                      assertThatThrownBy(() -> FaultsTest.check(scenario, story))
                          .isInstanceOf(AssertionError.class);
                    }));
  }

  private static Map<String, Consumer<Story>> always() {
    Map<String, Consumer<Story>> wrongs = new LinkedHashMap<>();
    for (String moment : List.of("well", "again", "after", "next day")) {
      wrongs.put("values, " + moment, story -> story.published.put(moment, WRONG));
      wrongs.put("outcome, " + moment, story -> run(story, moment, Outcome.FAILED, null));
    }
    wrongs.put("a second reading of the same", story -> story.readings.put("again", 2));
    return wrongs;
  }

  private static Map<String, Consumer<Story>> unpublished(Fault fault) {
    Map<String, Consumer<Story>> wrongs = new LinkedHashMap<>();
    wrongs.put("a value that moved", story -> story.published.put("still faulty", WRONG));
    wrongs.put("success", story -> run(story, "faulty", Outcome.OK, null));
    wrongs.put("words that do not help", story -> unlike(story, it -> it.because("oops")));
    wrongs.put(
        "when it continues",
        story -> unlike(story, it -> like(it, it.continuesAt() == null ? NOW : null)));
    wrongs.put(
        "whose turn it is",
        story -> run(story, "faulty", outcome(fault), fault, !fault.refusesCredentials()));
    return wrongs;
  }

  @Test
  void a_ledger_with_one_thing_wrong_is_refused() throws SQLException {
    StoreSettings database = StoreSettings.inFolder(folder.resolve("data"));
    Scenario scenario =
        new Scenario(Dialect.PIPEDRIVE, Fault.NOTHING, 1, Clock.tickMillis(ZoneOffset.UTC));
    try (Simulator simulator = new Simulator()) {
      simulator.add(scenario);
      Workspace workspace = FaultyTools.workspace(folder, simulator, List.of(scenario));
      workspace.run("sync");
      scenario.work(5);
      workspace.run("sync");
    }
    Ledger.check(database, scenario, "untouched");

    for (String wrong :
        List.of(
            "update audit_entry set detail = 'nothing' where sequence = 2",
            "update sync_run set outcome = 'FAILED' where id = 2",
            "update reading set previous_value = 1 where id = (select max(id) from reading)",
            "update reading set new_value = 1 where id = (select max(id) from reading)",
            "update reading set run = 1 where run = 2")) {
      change("backup to '%s'".formatted(folder.resolve("backup.zip")));
      change(wrong);
      assertThatThrownBy(() -> Ledger.check(database, scenario, wrong))
          .as(wrong)
          .isInstanceOf(AssertionError.class);
      restore();
    }
    Ledger.check(database, scenario, "restored");
    scenario.work(40);
    assertThatThrownBy(() -> Ledger.check(database, scenario, "the oracle knows more"))
        .isInstanceOf(AssertionError.class);
  }

  private void change(String sql) throws SQLException {
    String url = "jdbc:h2:" + folder.resolve("data/okr-sync");
    try (Connection connection = DriverManager.getConnection(url, "okrsync", "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void restore() {
    org.h2.tools.Restore.execute(
        folder.resolve("backup.zip").toString(), folder.resolve("data").toString(), "okr-sync");
  }

  /** As it should go. */
  private static Story story(Fault fault) {
    Story story = new Story();
    for (String moment : MOMENTS) {
      boolean lasts = moment.endsWith("faulty");
      run(story, moment, lasts ? outcome(fault) : Outcome.OK, lasts ? fault : null);
      story.published.put(moment, TRUE);
      story.truth.put(moment, TRUE);
      story.readings.put(moment, 1);
    }
    return story;
  }

  private static Outcome outcome(Fault fault) {
    return switch (fault.during()) {
      case TRUE, LATER -> Outcome.OK;
      case PARTIAL -> Outcome.PARTIAL;
      case FAILED -> Outcome.FAILED;
    };
  }

  private static void run(Story story, String moment, Outcome outcome, @Nullable Fault fault) {
    run(story, moment, outcome, fault, fault != null && fault.refusesCredentials());
  }

  private static void run(
      Story story, String moment, Outcome outcome, @Nullable Fault fault, boolean refused) {
    boolean waits = outcome == Outcome.PARTIAL || fault != null && fault.refusesCredentials();
    story.runs.put(
        moment,
        new SyncRun(
            1,
            "crm",
            RunKind.SYNC,
            Trigger.MANUAL,
            outcome,
            fault == null ? null : String.join(" ", fault.words()),
            NOW,
            NOW,
            null,
            null,
            null,
            Counts.NONE,
            waits ? NOW : null,
            refused));
  }

  private static void unlike(Story story, java.util.function.UnaryOperator<SyncRun> change) {
    story.runs.put("faulty", change.apply(requireNonNull(story.runs.get("faulty"))));
  }

  private static SyncRun like(SyncRun run, @Nullable Instant continuesAt) {
    return new SyncRun(
        run.id(),
        run.source(),
        run.kind(),
        run.trigger(),
        run.outcome(),
        run.reason(),
        run.startedAt(),
        run.finishedAt(),
        run.since(),
        run.until(),
        run.cursor(),
        run.counts(),
        continuesAt,
        run.needsAuthorisation());
  }

  private static Values values(int number) {
    return Values.of(BigDecimal.valueOf(number), BigDecimal.valueOf(number));
  }
}
