package io.okrsync.connector;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Answers that go on and on. */
class EndlessAnswerTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  @TempDir Path routes;

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void what_is_too_long_is_dropped_and_not_read_to_its_end() throws Exception {
    Files.writeString(
        routes.resolve("test-points-action.kamelet.yaml"),
        """
        kind: Kamelet
        metadata:
          name: test-points-action
          annotations:
            okrsync.io/kind: point
        spec:
          definition:
            properties:
              baseUrl: { type: string }
          template:
            from:
              uri: kamelet:source
              steps:
                - to:
                    uri: okr:page
                    parameters: { url: "{{baseUrl}}/points", maximumSize: 1000 }
                - transform: { jq: "{records: .}" }
        """);
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Connectors connectors = new Connectors(routes, Samples.CLOCK, pause -> {})) {
      CompletableFuture<Throwable> end = CompletableFuture.supplyAsync(() -> answers(server));
      connectors.start();
      String url = "http://127.0.0.1:" + server.getLocalPort();
      Source source = Samples.source("test-points", RecordKind.POINT, Map.of("baseUrl", url));

      assertThatThrownBy(() -> connectors.page(source, Samples.BEGINNING))
          .hasMessageContaining("answered more than 1000 bytes");

      assertThat(end.get()).isInstanceOf(IOException.class);
    }
  }

  /** Until the connection is dropped. */
  private static Throwable answers(ServerSocket server) {
    try (Socket client = server.accept()) {
      client.getInputStream().read();
      OutputStream out = client.getOutputStream();
      out.write(
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000000000\r\n\r\n["
              .getBytes(US_ASCII));
      while (true) {
        out.write("1,".getBytes(US_ASCII));
      }
    } catch (IOException e) {
      return e;
    }
  }

  @Test
  void what_comes_in_drops_must_be_whole_by_some_time() throws IOException {
    AtomicLong time = new AtomicLong(-5);
    AtomicBoolean dropped = new AtomicBoolean();
    Timely body =
        new Timely(
            new ByteArrayInputStream(new byte[10]), MINUTE, time::get, () -> dropped.set(true));
    time.addAndGet(MINUTE.toNanos());
    assertThat(body.read()).isZero();

    time.incrementAndGet();

    assertThatThrownBy(body::read)
        .isInstanceOf(Timely.TooSlow.class)
        .hasMessageContaining("had not answered whole after 60 s");
    body.close();
    assertThat(dropped).isTrue();
  }

  @Test
  void what_was_read_to_its_end_is_kept_for_the_next_request() throws IOException {
    AtomicBoolean dropped = new AtomicBoolean();
    try (Timely body =
        new Timely(
            new ByteArrayInputStream(new byte[10]), MINUTE, () -> 0, () -> dropped.set(true))) {
      assertThat(body.readAllBytes()).hasSize(10);
    }
    assertThat(dropped).isFalse();
  }
}
