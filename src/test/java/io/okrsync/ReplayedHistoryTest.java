package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.store.Evidence;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every reading that was ever made is computed again to the last digit, however often measures,
 * formulas and records have changed since. The long form: {@code -Dokrsync.history=100000}.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class ReplayedHistoryTest {
  private static final int RECORDS = Integer.getInteger("okrsync.history", 400);
  private static final boolean LONG = RECORDS >= 10_000;
  private static final int CONFIGURATIONS = LONG ? 50 : 12;
  private static final List<String> OWNERS = List.of("anna", "budi", "citra", "dewi");
  private static final List<String> VALUES =
      List.of("value", "value * 1.1", "value / 3.0", "value - 7.25");
  private static final List<String> FORMULAS =
      List.of(
          "revenue",
          "100.0 * won / all",
          "revenue / won",
          "mean + median / 7.0",
          "revenue - previous(revenue)",
          "last(revenue, '30d')",
          "owners + max(mean, 300.0)",
          "sum(groups(by_owner).map(g, g > 100.0 ? g : 0.0))");

  private final SettableClock clock = new SettableClock("2026-10-02T03:00:00.000001Z");
  private final Random random = new Random(5);
  private final SentDeals deals;
  private final Workspace workspace;

  ReplayedHistoryTest(@TempDir Path folder) {
    workspace = new Workspace(folder);
    deals = new SentDeals(workspace, clock);
  }

  @Test
  void every_reading_ever_made_comes_out_the_same() {
    for (int i = 0; i < RECORDS; i++) {
      change(String.valueOf(i));
    }
    configure(0);
    long begun = System.nanoTime();
    try (Service service = workspace.service(clock)) {
      for (int i = 1; i <= CONFIGURATIONS; i++) {
        deals.send(service);
        clock.move(Duration.ofHours(31).plusNanos(1000));
        for (int changed = 0; changed < RECORDS / 100 + 3; changed++) {
          change(String.valueOf(random.nextInt(RECORDS + RECORDS / 10)));
        }
        if (i < CONFIGURATIONS) {
          configure(i);
          service.reload();
        }
      }
      tell("Made in %.1f s%n", seconds(begun));
      checkAll(service);
    }
  }

  private static void checkAll(Service service) {
    Evidence evidence = service.store().evidence();
    StoredSetups setups = new StoredSetups(evidence, service.connectors(), name -> null);
    peaks().forEach(MemoryPoolMXBean::resetPeakUsage);
    long begun = System.nanoTime();

    Verification.Report report = new Verification(evidence, setups, List.of()).run();

    assertThat(report.findings()).isEmpty();
    assertThat(report.checked().get("configurations")).isEqualTo(CONFIGURATIONS);
    assertThat(report.checked().get("readings")).isGreaterThan(CONFIGURATIONS * 5L);
    tell(
        "Checked %s in %.1f s with at most %d MB of heap%n",
        report.checked(),
        seconds(begun),
        peaks().stream().mapToLong(it -> it.getPeakUsage().getUsed()).sum() >> 20);
  }

  private static void tell(String what, Object... values) {
    if (LONG) {
      System.out.printf(what, values);
    }
  }

  private static double seconds(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }

  private static List<MemoryPoolMXBean> peaks() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(it -> it.getType() == MemoryType.HEAP)
        .toList();
  }

  private void change(String id) {
    if (random.nextInt(20) == 0) {
      deals.remove(id);
      return;
    }
    deals.put(
        id,
        random.nextInt(3) == 0 ? "open" : "won",
        random.nextInt(1000) + "." + random.nextInt(100_000),
        OWNERS.get(random.nextInt(OWNERS.size())),
        Instant.parse("2026-07-02T00:00:00Z").plusSeconds(random.nextInt(150 * 86_400)));
  }

  /** Now the formulas are others, now one of the measures, in turns. */
  private void configure(int version) {
    StringBuilder keyResults = new StringBuilder();
    for (int i = 0; i < FORMULAS.size(); i++) {
      String formula = FORMULAS.get(i);
      keyResults.append(
          """
          - id: kr-%d
            title: Bring it to 1000
            formula: "%s"
            baseline: 0
            target: 1000
          """
              .formatted(i, random.nextBoolean() ? formula : formula + " + " + version));
    }
    workspace.write(
        "config/measures.yaml",
        """
        measures:
          won:      { from: deals, where: status == 'won', at: wonAt, count: true }
          all:      { from: deals, at: wonAt, count: true }
          revenue:  { from: deals, where: status == 'won', at: wonAt, sum: %s }
          mean:     { from: deals, where: status == 'won', at: wonAt, average: %s }
          median:   { from: deals, where: status == 'won', at: wonAt, median: %s }
          owners:   { from: deals, where: status == 'won', at: wonAt, distinct: owner }
          by_owner: { from: deals, where: status == 'won', at: wonAt, sum: %s, by: owner }
        """
            .formatted(value(version, 0), value(version, 1), value(version, 2), value(version, 3)));
    workspace.write(
        "config/okrs/2026-q4.yaml",
        """
        cycle: { id: 2026-Q4, from: 2026-10-01, to: 2026-12-31, zone: Asia/Jakarta }
        objectives:
          - id: deals
            title: Close more of the right deals
            owner: sales
            keyResults:
        """
            + keyResults.toString().indent(6));
  }

  /** Every third configuration one of the four measures takes another value. */
  private static String value(int version, int measure) {
    return VALUES.get((version / 3 + 3 - measure) / 4 % VALUES.size());
  }
}
