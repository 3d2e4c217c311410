package io.okrsync;

import io.okrsync.bench.Side;
import io.okrsync.connector.Secret;
import io.okrsync.store.StoreSettings;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The service as it is, with the connector for Pipedrive as it is shipped. */
public final class ServiceSide implements Side {
  private final Service service;
  private volatile long stored;

  private ServiceSide(Service service) {
    this.service = service;
  }

  /**
   * Opens the service on a configuration of its own.
   *
   * @param jdbcUrl null for an H2 file in the folder
   * @param keyResults how many there are, all fed by the deals
   */
  public static Side open(
      String url, Path folder, @Nullable String jdbcUrl, String user, int keyResults)
      throws IOException {
    Folders folders = new Folders();
    folders.config = configuration(url, folder.resolve("config"), keyResults);
    StoreSettings database =
        jdbcUrl == null
            ? StoreSettings.inFolder(folder.resolve("data"))
            : StoreSettings.at(jdbcUrl, user, new Secret(user));
    ServiceSide[] side = new ServiceSide[1];
    side[0] =
        new ServiceSide(
            Service.open(
                folders, database, name -> "none", clock(), run -> side[0].note(), run -> {}));
    return side[0];
  }

  /** Always within the quarter, whenever the benchmark is run. */
  private static Clock clock() {
    Instant begin = Instant.parse("2026-11-21T03:00:00Z");
    return Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), begin));
  }

  @Override
  public Result sync() {
    SyncRun run = service.runs().run("crm", Trigger.MANUAL);
    Duration publishing = Duration.ofNanos(System.nanoTime() - stored);
    if (!run.outcome().isWell()) {
      throw new IllegalStateException(run.inWords());
    }
    BigDecimal revenue = service.store().history("key-result-0", 1).get(0).value();
    return new Result(run.counts().read(), revenue == null ? BigDecimal.ZERO : revenue, publishing);
  }

  private void note() {
    stored = System.nanoTime();
  }

  private static Path configuration(String url, Path config, int keyResults) throws IOException {
    Files.createDirectories(config.resolve("okrs"));
    Files.writeString(
        config.resolve("sources.yaml"),
        """
        sources:
          crm:
            connector: pipedrive-deals
            with: { baseUrl: "%s", apiToken: "{{env:BENCHMARK_TOKEN}}" }
            every: 15m
            overlap: 1s
            freshness: { warn: 1h, error: 6h }
        """
            .formatted(url));
    Files.writeString(
        config.resolve("measures.yaml"),
        """
        measures:
          deals_won:  { from: crm, where: status == 'won',  at: wonAt,  count: true }
          deals_lost: { from: crm, where: status == 'lost', at: lostAt, count: true }
          revenue:    { from: crm, where: status == 'won',  at: wonAt,  sum: value, currency: currency, in: USD }
        """);
    Files.writeString(
        config.resolve("okrs/2026-q4.yaml"),
        """
        cycle: { id: 2026-Q4, from: 2026-10-01, to: 2026-12-31, zone: Asia/Jakarta }
        objectives:
          - id: close-better-deals
            title: Close more of the right deals
            owner: sales
            keyResults:
        """
            + IntStream.range(0, keyResults)
                .mapToObj(ServiceSide::keyResult)
                .collect(Collectors.joining()));
    return config;
  }

  private static String keyResult(int number) {
    String formula =
        number % 2 == 0 ? "revenue + " + number : "100.0 * deals_won / (deals_won + deals_lost)";
    return """
          - id: key-result-%d
            title: Key result %d
            formula: %s
            baseline: 0
            target: 500
            unit: USD
    """
        .formatted(number, number, formula);
  }

  @Override
  public void close() {
    service.close();
  }
}
