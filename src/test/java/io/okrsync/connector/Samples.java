package io.okrsync.connector;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sample objects of this package's tests. */
final class Samples {
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  /** A secret that must never be seen anywhere. */
  static final String CANARY = "canary-5f1e9c7a";

  static final ReadingPlace BEGINNING = new ReadingPlace(null, null);

  private Samples() {}

  static Source source(
      String connector, RecordKind kind, Map<String, String> with, String... secretSettings) {
    Map<String, Secret> secrets = new LinkedHashMap<>();
    for (String name : secretSettings) {
      secrets.put(name, new Secret(CANARY));
    }
    return new Source(
        "crm",
        connector,
        kind,
        with,
        secrets,
        Duration.ofMinutes(10),
        new FreshnessLimits(Duration.ofHours(1), Duration.ofHours(6)),
        ZoneId.of("Asia/Jakarta"));
  }
}
