package io.okrsync.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.connector.HttpAnswer.Content;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://a.example.org/x          | 302 | *.example.org | https://a.example.org/x",
        "https://A.B.Example.org/x        | 307 | *.example.org | https://A.B.Example.org/x",
        "/elsewhere?x=1                   | 301 | sheets.example.com |"
            + " https://sheets.example.com/elsewhere?x=1",
        "https://example.org/x            | 302 | *.example.org | ",
        "https://evilexample.org/x        | 302 | *.example.org | ",
        "https://example.org.evil.net/x   | 302 | example.org | ",
        "http://a.example.org/x           | 302 | *.example.org | ",
        "https://u:p@a.example.org/x      | 302 | *.example.org | ",
        "file:///etc/passwd               | 302 | *.example.org | ",
        "https://a.example.org/{{env:X}}  | 302 | *.example.org | ",
        "https://a.example.org/x          | 200 | *.example.org | ",
        "https://a.example.org/x          | 302 | ''            | "
      })
  void lead_to_named_hosts_and_to_nothing_less_safe(
      String location, int status, String hosts, String expected) {
    PageRequest asked =
        new PageRequest("GET", URI.create("https://sheets.example.com/s"), Map.of(), null, null);
    HttpAnswer answer = new HttpAnswer(status, Map.of("Location", location), null, Content.NOTHING);

    String next =
        new Redirects(hosts == null ? "" : hosts)
            .next(asked, answer)
            .map(it -> it.uri().toString())
            .orElse(null);

    assertThat(next).isEqualTo(expected);
  }
}
