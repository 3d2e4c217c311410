package io.okrsync.connector;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/**
 * The step {@code okr:sql}: the body becomes {@code {rows: [...], next: ...}}, where each row is an
 * object of canonical fields.
 *
 * <pre>
 * url       jdbc:postgresql://host/name, or jdbc:h2:tcp://host/name
 * user      who reads
 * secret    the setting that holds the password: "{{password}}"
 * query     one SELECT; @since and [parts] as in okr:page
 * pageBy    the unique column that pages follow
 * columns   which column holds which field, as a JSON object; without it, columns are called like
 *           the fields
 * </pre>
 */
final class SqlProducer extends DefaultProducer {
  static final List<String> OPTIONS =
      List.of("url", "user", "secret", "query", "pageBy", "columns");

  private final Map<String, String> options;

  SqlProducer(Endpoint endpoint, Map<String, String> options) {
    super(endpoint);
    this.options = options;
    for (String name : options.keySet()) {
      if (!OPTIONS.contains(name)) {
        throw new IllegalArgumentException(unknown(name));
      }
    }
  }

  static String unknown(String name) {
    return "okr:sql has no option '%s'; it knows %s".formatted(name, String.join(", ", OPTIONS));
  }

  @Override
  public void process(Exchange exchange) {
    PageCall call = PageCall.of(exchange);
    Placeholders placeholders = new Placeholders(call);
    Map<String, String> filled = new LinkedHashMap<>();
    options.forEach(
        (name, text) -> {
          if (!name.equals("secret")) {
            placeholders.fill(text).ifPresent(value -> filled.put(name, value));
          }
        });
    Secret password =
        placeholders.secret(options.getOrDefault("secret", "")).orElse(new Secret(""));
    exchange.getMessage().setBody(new SqlPage(filled, password, call).read());
  }
}
