package io.okrsync.connector;

import static io.okrsync.connector.SourceFailure.Remedy.ASK_ADMIN;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;

/**
 * The step {@code okr:push}: the body becomes what was sent to us for this source, as JSON.
 *
 * <pre>
 * secret      the setting with which the sender signs: "{{secret}}"
 * </pre>
 */
final class PushProducer extends DefaultProducer {
  static final List<String> OPTIONS = List.of("secret");

  PushProducer(Endpoint endpoint, Map<String, String> options) {
    super(endpoint);
    for (String name : options.keySet()) {
      if (!OPTIONS.contains(name)) {
        throw new IllegalArgumentException(unknown(name));
      }
    }
  }

  static String unknown(String name) {
    return "okr:push has no option '%s'; it knows %s".formatted(name, String.join(", ", OPTIONS));
  }

  @Override
  public void process(Exchange exchange) {
    PageCall call = PageCall.of(exchange);
    @Nullable JsonNode pushed = call.pushed();
    if (pushed == null) {
      throw call.failure(
          ASK_ADMIN,
          "cannot be asked, it is sent to us: see /api/v1/intake/" + call.source().name(),
          null);
    }
    exchange.getMessage().setBody(pushed);
  }
}
