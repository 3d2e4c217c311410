package io.okrsync.connector;

import com.fasterxml.jackson.databind.JsonNode;
import io.okrsync.connector.ConnectorFile.Read.Usable;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.Producer;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/**
 * The Camel context. A connector file becomes a route template in it; a source becomes a route made
 * from that template when it is first read, and again when its file or its settings change.
 */
final class Kamelets implements AutoCloseable {
  private final DefaultCamelContext context = new DefaultCamelContext();
  private final HttpTransport transport;
  private final Map<String, Instance> instances = new HashMap<>();
  private int made;

  /** A route of one source, and what it was made of. */
  private record Instance(
      String version, Map<String, Object> parameters, String route, Producer producer) {}

  Kamelets(
      Clock clock,
      Patience patience,
      Supplier<SourceMemory> memory,
      Supplier<TokenSeal> seal,
      Gate.All gates) {
    context.getCamelContextExtension().setName("okr-sync");
    context.disableJMX();
    context.setStreamCaching(false);
    context.setMessageHistory(false);
    context.setLoadHealthChecks(false);
    // A failure goes to whoever asked for the page, who says it once; Camel need not print it too.
    context.getCamelContextExtension().setErrorHandlerFactory(new NoErrorHandlerDefinition());
    context.getShutdownStrategy().setTimeout(1);
    transport = new HttpTransport(context);
    Requests requests = new Requests(transport, clock, patience, memory, gates);
    Tokens tokens = new Tokens(transport, clock, memory, seal);
    HttpRetry http = new HttpRetry(new Authorised(requests, tokens), clock, patience);
    context.addComponent("okr", new OkrComponent(http, new CsvFiles(clock, patience)));
    context.getRegistry().bind("jq", new JqLanguage());
  }

  void start() {
    context.start();
  }

  /** Registers a connector; on failure the one registered before under its name stays. */
  void load(Usable file) throws Exception {
    RouteTemplateDefinition old = context.getRouteTemplateDefinition(file.template());
    Resource resource = ResourceHelper.fromString(file.template() + ".kamelet.yaml", file.text());
    if (old != null) {
      context.removeRouteTemplateDefinition(old);
    }
    try {
      PluginHelper.getRoutesLoader(context).loadRoutes(resource);
    } catch (Exception e) {
      if (old != null) {
        context.addRouteTemplateDefinitions(List.of(old));
      }
      throw e;
    }
  }

  void unload(Usable file) throws Exception {
    RouteTemplateDefinition old = context.getRouteTemplateDefinition(file.template());
    if (old != null) {
      context.removeRouteTemplateDefinition(old);
    }
  }

  /** Runs the route of a source once; its result is what the connector's last step made. */
  @Nullable JsonNode call(Usable file, PageCall call) throws Exception {
    Producer producer = instance(file, call).producer();
    Exchange exchange = producer.getEndpoint().createExchange(ExchangePattern.InOut);
    call.putInto(exchange);
    producer.process(exchange);
    if (exchange.getException() != null) {
      throw exchange.getException();
    }
    return exchange.getMessage().getBody(JsonNode.class);
  }

  private synchronized Instance instance(Usable file, PageCall call) throws Exception {
    String source = call.source().name();
    Map<String, Object> parameters = parameters(call);
    Instance known = instances.get(source);
    if (known != null
        && known.version().equals(file.template() + "@" + file.connector().version())
        && known.parameters().equals(parameters)) {
      return known;
    }
    forget(source);
    Instance instance = make(file, parameters, source + "-" + ++made);
    instances.put(source, instance);
    return instance;
  }

  private Instance make(Usable file, Map<String, Object> parameters, String route)
      throws Exception {
    // As a map, so that no value has to be written into a URI. The URI needs one option of its own.
    String uri = "kamelet:%s/%s?failIfNoConsumers=true".formatted(file.template(), route);
    Endpoint endpoint = context.getEndpoint(uri, new HashMap<>(parameters));
    try {
      ServiceHelper.startService(endpoint);
      Producer producer = endpoint.createProducer();
      ServiceHelper.startService(producer);
      String version = file.template() + "@" + file.connector().version();
      return new Instance(version, parameters, route, producer);
    } catch (FailedToCreateRouteException e) {
      context.removeRoute(route);
      throw e;
    }
  }

  /** Settings as the route's template gets them: secrets, and texts a URI would break, by name. */
  private static Map<String, Object> parameters(PageCall call) {
    Map<String, Object> parameters = new HashMap<>();
    for (ConnectorProperty property : call.connector().properties()) {
      String name = property.name();
      String value =
          property.secret()
              ? call.secret(name).map(secret -> Placeholders.reference(name)).orElse("")
              : Placeholders.written(name, call.value(name).orElse(""));
      parameters.put(name, value);
    }
    return parameters;
  }

  /** Stops and removes the route of a source, if it has one. */
  private void forget(String source) throws Exception {
    Instance instance = instances.remove(source);
    if (instance == null) {
      return;
    }
    ServiceHelper.stopAndShutdownService(instance.producer());
    context.getRouteController().stopRoute(instance.route());
    context.removeRoute(instance.route());
  }

  @Override
  public void close() {
    transport.stop();
    context.stop();
  }
}
