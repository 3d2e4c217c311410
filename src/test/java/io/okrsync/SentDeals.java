package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.sync.Intake;
import io.okrsync.sync.Push;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Deals that are sent when they change, so that a long history costs what changes in it. */
final class SentDeals {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final int AT_ONCE = 10_000;

  private final Clock clock;
  private final Map<String, String> unsent = new LinkedHashMap<>();

  SentDeals(Workspace workspace, Clock clock) {
    this.clock = clock;
    workspace.write("config/secrets/deals", SECRET);
    workspace.write(
        "config/sources.yaml",
        """
        sources:
          deals:
            connector: push-records
            with: { kind: deal, secret: "{{file:secrets/deals}}" }
            freshness: { warn: 1h, error: 6h }
        """);
  }

  void put(String id, String status, String value, String owner, Instant wonAt) {
    unsent.put(
        id,
        """
        {"id":"%s","title":"Deal %s","status":"%s","value":%s,"owner":"%s","wonAt":"%s"}\
        """
            .formatted(id, id, status, value, owner, wonAt));
  }

  void remove(String id) {
    unsent.put(id, "{\"id\":\"%s\",\"removed\":true}".formatted(id));
  }

  /** All that was put and removed since the last time. */
  void send(Service service) {
    List<String> records = new ArrayList<>(unsent.values());
    for (int from = 0; from < records.size(); from += AT_ONCE) {
      int to = Math.min(from + AT_ONCE, records.size());
      send(service, "{\"records\":[%s]}".formatted(String.join(",", records.subList(from, to))));
    }
    unsent.clear();
  }

  private void send(Service service, String body) {
    String time = String.valueOf(clock.instant().getEpochSecond());
    Push push =
        new Push(
            "deals",
            time,
            Signature.of(SECRET, time, "deals", body),
            body.getBytes(StandardCharsets.UTF_8));
    assertThat(service.pushes().take(push))
        .isInstanceOfSatisfying(
            Intake.Answer.Taken.class,
            taken -> assertThat(taken.run().outcome().isWell()).isTrue());
  }
}
