package io.okrsync.connector;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** The step {@code okr:page}: the body becomes the vendor's answer, as JSON. */
final class PageProducer extends DefaultProducer {
  private final PageOptions always;
  private final PageOptions forIds;
  private final HttpRetry http;

  PageProducer(Endpoint endpoint, Map<String, String> options, HttpRetry http) {
    super(endpoint);
    this.always = new PageOptions(options);
    this.forIds = always.forIds();
    this.http = http;
  }

  @Override
  public void process(Exchange exchange) {
    PageCall call = PageCall.of(exchange);
    PageOptions options = call.place().idsOnly() ? forIds : always;
    PageRequest.check(options, call).ifPresent(check -> http.ask(check, options, call));
    PageRequest request = PageRequest.page(options, call);
    HttpAnswer answer = http.ask(request, options, call);
    exchange.getMessage().setBody(answer.json());
    exchange.setProperty(JqLanguage.LINK, answer.nextLink(request.uri()).orElse(null));
  }
}
