package io.okrsync.connector;

import static io.okrsync.connector.Samples.BEGINNING;
import static io.okrsync.connector.Samples.CANARY;
import static io.okrsync.connector.Samples.CLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.connector.VendorServer.Answer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PipedriveDealsTest {
  private final VendorServer vendor = new VendorServer();
  private final Connectors connectors = new Connectors(Path.of("routes"), CLOCK, pause -> {});

  @BeforeEach
  void start() {
    long t = System.nanoTime();
    connectors.start();
    System.err.println("STARTED " + (System.nanoTime() - t) / 1e6);
    System.err.println(connectors.problems());
  }

  @AfterEach
  void stop() {
    connectors.close();
    vendor.close();
  }

  @Test
  void reads_a_page() {
    vendor.answers(
        Answer.json(
            """
            {"success": true, "data": [{"id": 7, "title": "Ä", "value": 12.50, "currency": "USD", "status": "won",
              "update_time": "2026-11-20T10:00:00Z", "won_time": "2026-11-20T10:00:00Z", "expected_close_date": "2026-12-01"}],
             "additional_data": {"next_cursor": null}}"""));
    Source source =
        Samples.source(
            "pipedrive-deals", RecordKind.DEAL, Map.of("baseUrl", vendor.url()), "apiToken");
    Page page = connectors.page(source, BEGINNING);
    System.err.println(page);
    System.err.println(vendor.last().uri() + " " + vendor.last().headers().entrySet());
    assertThat(page.records()).hasSize(1);
    assertThat(vendor.last().header("x-api-token")).isEqualTo(CANARY);
  }
}
