package io.okrsync;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.catalogue.Generated;
import io.okrsync.okr.Frozen;
import io.okrsync.okr.Standing;
import io.okrsync.store.StoreSettings;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every key result of {@code config/catalogue}, from files through the whole service to its value,
 * against the same computed by loops.
 */
class CatalogueTest {
  private static final Path CATALOGUE = Path.of("config/catalogue");
  private static final ZoneId JAKARTA = ZoneId.of("Asia/Jakarta");

  @TempDir Path folder;

  @Test
  void each_key_result_is_what_loops_say_when_its_cycle_has_ended() throws IOException {
    Map<String, Optional<BigDecimal>> values = compared(1, "2027-01-05T03:00:00Z", JAKARTA, 400, 0);

    assertThat(values.values()).as("each has a value").allMatch(Optional::isPresent);
    assertThat(values.values())
        .filteredOn(value -> value.orElseThrow().signum() == 0)
        .as("hardly one is just 0")
        .hasSizeLessThan(values.size() / 10);
  }

  @Test
  void each_is_what_loops_say_within_its_cycle_and_has_no_value_exactly_where_one_is_missing()
      throws IOException {
    Map<String, Optional<BigDecimal>> values =
        compared(2, "2026-11-21T10:00:00Z", ZoneId.of("America/New_York"), 300, 0.02);

    assertThat(values.values()).anyMatch(Optional::isEmpty).anyMatch(Optional::isPresent);
  }

  @Test
  void few_records_divide_by_nothing_and_none_become_nothing() throws IOException {
    compared(4, "2026-11-21T10:00:00Z", JAKARTA, 12, 0);
  }

  /** Runs all sources over generated records; the values by key result. */
  private Map<String, Optional<BigDecimal>> compared(
      long seed, String now, ZoneId zone, int size, double gaps) throws IOException {
    SettableClock clock = new SettableClock(now);
    Generated generated = Generated.records(seed, clock.instant(), zone, size, gaps);
    generated.writeTo(folder.resolve("records"));
    Map<String, Optional<BigDecimal>> expected = generated.byHand();
    Map<String, Standing> standings = standings(clock, zone);

    assertThat(standings.keySet()).isEqualTo(new TreeSet<>(expected.keySet()));
    Map<String, Optional<BigDecimal>> before = generated.byHandBefore();
    List<String> differences = new ArrayList<>();
    standings.forEach(
        (id, standing) -> {
          Optional<BigDecimal> value = requireNonNull(expected.get(id));
          if (!same(standing.value(), standing.reason(), value)) {
            differences.add("%s: %s by hand, %s".formatted(id, value, standing));
          }
          Frozen baseline = standing.baseline();
          Optional<BigDecimal> earlier = requireNonNull(before.get(id));
          if (baseline == null
              ? standing.keyResult().measuresItsBaseline()
              : !same(baseline.value(), baseline.reason(), earlier)) {
            differences.add("%s before: %s by hand, %s".formatted(id, earlier, baseline));
          }
        });
    assertThat(differences).isEmpty();
    return expected;
  }

  private Map<String, Standing> standings(SettableClock clock, ZoneId zone) throws IOException {
    Folders folders = new Folders();
    folders.config = catalogueIn(zone);
    Map<String, String> environment =
        Map.of("CATALOGUE_DATA", folder.resolve("records").toAbsolutePath().toString());
    try (Service service =
        Service.open(
            folders,
            StoreSettings.inFolder(folder.resolve("data")),
            environment::get,
            clock,
            run -> {},
            run -> {})) {
      for (String source : service.setup().configuration().sources().keySet()) {
        SyncRun run = service.runs().run(source, Trigger.MANUAL);
        assertThat(run.outcome().isWell()).as(run.inWords()).isTrue();
        assertThat(run.counts().rejected()).as(run.inWords()).isZero();
      }
      Map<String, Standing> standings = new TreeMap<>();
      service.standings().now().stream()
          .flatMap(objective -> objective.keyResults().stream())
          .forEach(standing -> standings.put(standing.keyResult().id(), standing));
      return standings;
    }
  }

  /** The catalogue with its cycles in this zone. */
  private Path catalogueIn(ZoneId zone) throws IOException {
    Path copy = folder.resolve("catalogue");
    try (Stream<Path> files = Files.walk(CATALOGUE)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = copy.resolve(CATALOGUE.relativize(file));
        Files.createDirectories(to.getParent());
        Files.writeString(to, Files.readString(file).replace(JAKARTA.getId(), zone.getId()));
      }
    }
    return copy;
  }

  /** Where there is no value, there is a reason; numbers of many digits are rounded on the way. */
  private static boolean same(
      @Nullable BigDecimal value, @Nullable String reason, Optional<BigDecimal> expected) {
    if (value == null || expected.isEmpty()) {
      return value == null && expected.isEmpty() && reason != null;
    }
    BigDecimal tolerance =
        expected.get().abs().max(BigDecimal.ONE).multiply(new BigDecimal("0.000001"));
    return value.subtract(expected.get()).abs().compareTo(tolerance) <= 0;
  }
}
