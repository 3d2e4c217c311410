package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.audit.EntryFilter;
import io.okrsync.okr.Cause;
import io.okrsync.store.KeyResultReading;
import io.okrsync.store.StoreSettings;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Windows that move with time, though no record changes and no source is read. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DayTurnsTest {
  @TempDir Path folder;
  private final SettableClock clock = new SettableClock("2026-11-21T03:00:00Z");
  private final FakeCrm crm = new FakeCrm();
  private Workspace workspace = new Workspace(Path.of("target"));

  @BeforeEach
  void a_deal_won_nineteen_days_ago() {
    workspace = new Workspace(folder).withCrm(crm.url());
    workspace.okrs("last(deals_won, '19d')");
    crm.won(1, "100");
  }

  @AfterEach
  void close() {
    crm.close();
  }

  @Test
  void a_value_moves_when_a_day_ends_in_the_zone_of_its_cycle() {
    try (Service service = open()) {
      service.runs().run("crm", Trigger.MANUAL);
      assertThat(values(service)).containsExactly("1");

      clock.move(Duration.ofHours(13).plusMinutes(59));
      assertThat(service.lookAtTheDay()).isFalse();
      clock.move(Duration.ofMinutes(1));
      assertThat(service.lookAtTheDay()).isTrue();
      assertThat(service.lookAtTheDay()).isFalse();

      assertThat(values(service)).containsExactly("0", "1");
      assertThat(service.store().history("win-rate", 1))
          .singleElement()
          .extracting(KeyResultReading::cause)
          .isEqualTo(Cause.TIME);
      assertThat(service.store().history("revenue", 5)).hasSize(2);
      assertThat(service.store().entries(EntryFilter.ofKeyResult("win-rate"), 1))
          .singleElement()
          .satisfies(
              entry -> {
                assertThat(entry.entry().actor()).isEqualTo("clock");
                assertThat(entry.entry().detail()).contains("from 1 to 0, because a day has ended");
              });
    }
    assertThat(workspace.run("verify").all()).contains("every value computed again is the same");
  }

  @Test
  void a_day_that_ended_while_the_service_was_down_is_made_up_for_at_its_start() {
    try (Service service = open()) {
      service.runs().run("crm", Trigger.MANUAL);
    }
    clock.move(Duration.ofDays(1));
    try (Service service = open()) {
      assertThat(values(service)).containsExactly("0", "1");
    }
  }

  /** The day ends after its last page is stored, and while what it brought is made visible. */
  @Test
  void a_run_that_is_published_after_a_day_has_ended_is_of_the_day_that_began() {
    Folders folders = new Folders();
    folders.config = workspace.config();
    folders.data = workspace.data();
    Consumer<SyncRun> progress =
        run -> {
          if (run.readToTheEnd()) {
            clock.meanwhile(() -> clock.meanwhile(() -> clock.move(Duration.ofDays(1))));
          }
        };
    try (Service service =
        Service.open(
            folders,
            StoreSettings.inFolder(folders.data),
            name -> null,
            clock,
            progress,
            run -> {})) {
      service.runs().run("crm", Trigger.MANUAL);

      assertThat(values(service)).containsExactly("0");
    }
  }

  private static List<String> values(Service service) {
    return service.store().history("win-rate", 9).stream()
        .map(KeyResultReading::value)
        .filter(java.util.Objects::nonNull)
        .map(BigDecimal::toPlainString)
        .toList();
  }

  private Service open() {
    return workspace.service(clock);
  }
}
