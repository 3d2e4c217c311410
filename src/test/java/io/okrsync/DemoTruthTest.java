package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.demo.DemoTools;
import io.okrsync.okr.Standing;
import io.okrsync.store.StoreSettings;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every value the demo shows equals what its own data give, whenever they are compared. */
class DemoTruthTest {
  private static final int COMPARISONS = 25;

  @TempDir Path data;
  private final SettableClock clock = new SettableClock("2026-11-21T03:00:00Z");

  @Test
  void every_shown_value_equals_an_independent_query_at_any_moment() {
    Random moments = new Random(7);
    try (DemoTools tools = DemoTools.startUndisturbed(clock, 2026);
        Service service = service(tools, clock)) {
      Map<String, BigDecimal> first = synced(service);
      for (int i = 0; i < COMPARISONS; i++) {
        assertThat(shown(service))
            .as("at " + clock.instant())
            .isEqualTo(DemoTruth.of(tools.world()));
        clock.move(Duration.ofSeconds(1 + moments.nextInt(i < 15 ? 60 : 7200)));
        synced(service);
      }
      assertThat(shown(service)).as("the world moved").isNotEqualTo(first);
    }
  }

  private Service service(DemoTools tools, Clock clock) {
    Folders folders = new Folders();
    Map<String, String> environment = tools.environment();
    return Service.open(
        folders, StoreSettings.inFolder(data), environment::get, clock, run -> {}, run -> {});
  }

  private static Map<String, BigDecimal> synced(Service service) {
    for (String source : service.setup().configuration().sources().keySet()) {
      SyncRun run = service.runs().run(source, Trigger.MANUAL);
      assertThat(run.outcome().isWell()).as(run.inWords()).isTrue();
    }
    return shown(service);
  }

  private static Map<String, BigDecimal> shown(Service service) {
    Map<String, BigDecimal> shown = new TreeMap<>();
    service.standings().now().stream()
        .flatMap(objective -> objective.keyResults().stream())
        .filter(standing -> standing.keyResult().isComputed())
        .forEach(standing -> shown.put(standing.keyResult().id(), value(standing)));
    return shown;
  }

  private static BigDecimal value(Standing standing) {
    assertThat(standing.reason()).as(standing.keyResult().id()).isNull();
    return DemoTruth.plain(java.util.Objects.requireNonNull(standing.value()));
  }
}
