package io.okrsync;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.okrsync.web.WebUnavailable;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code demo --once} says of a page that is not as it should be. */
class ServingTest {
  private final HttpServer server;
  private int status = 200;

  ServingTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
  }

  @BeforeEach
  void start() {
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void a_page_that_answers_is_well() {
    assertThatCode(() -> Serving.answers(page())).doesNotThrowAnyException();
  }

  @Test
  void a_page_that_fails_is_told_with_its_status_and_where_to_look() {
    status = 500;

    assertThatThrownBy(() -> Serving.answers(page()))
        .isInstanceOf(WebUnavailable.class)
        .hasMessage(
            "The page %s answers with HTTP status 500 instead of 200; the log says why.", page());
  }

  @Test
  void a_page_that_cannot_be_reached_is_told_with_what_may_be_in_the_way() {
    String page = page();
    server.stop(0);

    assertThatThrownBy(() -> Serving.answers(page))
        .isInstanceOf(WebUnavailable.class)
        .hasMessageContaining("The page " + page + " does not answer (")
        .hasMessageContaining("a proxy or a firewall")
        .hasMessageContaining("another --host or --port");
  }

  private String page() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }
}
