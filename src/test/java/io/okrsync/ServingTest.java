package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.okrsync.web.WebUnavailable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said when pages cannot be served, or are not as {@code demo --once} asks for them. */
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

  @Test
  void a_port_in_use_is_told_before_anything_is_made(@TempDir Path folder) {
    Workspace.Said said =
        new Workspace(folder)
            .withCrm(page())
            .run("serve", "--json", "--port", "" + server.getAddress().getPort());

    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.err()).contains("is in use; choose another with --port");
    assertThat(said.out()).startsWith("{\"error\":\"port ");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void the_demo_does_not_say_where_its_tools_are_when_it_cannot_begin() {
    Workspace.Said said = Workspace.only("demo", "--port", "" + server.getAddress().getPort());

    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.out()).isEmpty();
  }

  @Test
  void who_asks_for_nothing_is_told_what_there_is() {
    Workspace.Said said = Workspace.only();

    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err()).contains("'demo' shows it with generated data", "okr-sync --help");
  }

  private String page() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }
}
