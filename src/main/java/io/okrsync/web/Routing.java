package io.okrsync.web;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Puts endpoints on a router. Each answers on a worker thread; HEAD is answered like GET without
 * the body, OPTIONS with what is allowed, and every other method with 405.
 */
final class Routing {
  private final Router router;
  private final Metrics metrics;
  private final LargeBodies largeBodies = new LargeBodies();

  Routing(Router router, Metrics metrics) {
    this.router = router;
    this.metrics = metrics;
  }

  void mount(List<Endpoint> endpoints) {
    endpoints.forEach(this::mount);
    endpoints.stream()
        .collect(groupingBy(Endpoint::path, LinkedHashMap::new, toList()))
        .forEach(this::refuseOtherMethods);
  }

  /** What answers everything that is nowhere else. */
  void mountLast(Endpoint.Responder responder) {
    router.route().handler(context -> answer(context, Endpoint.get("other", responder)));
  }

  private void mount(Endpoint endpoint) {
    if (endpoint.takesLargeBody()) {
      router.route(endpoint.path()).method(endpoint.method()).handler(largeBodies::begin);
    }
    Route route = router.route(endpoint.path()).method(endpoint.method());
    if (endpoint.method().equals(HttpMethod.GET)) {
      route.method(HttpMethod.HEAD);
    }
    if (endpoint.method().equals(HttpMethod.POST)) {
      route.handler(BodyHandler.create(false).setBodyLimit(endpoint.largestBody()));
      if (endpoint.takesLargeBody()) {
        route.handler(largeBodies::arrived);
      }
    }
    route.handler(context -> answer(context, endpoint));
  }

  private void answer(RoutingContext context, Endpoint endpoint) {
    long begun = System.nanoTime();
    context
        .vertx()
        .executeBlocking(() -> endpoint.responder().answer(context), false)
        .onSuccess(answer -> Responses.send(context, answer))
        .onFailure(context::fail);
    context.addEndHandler(
        ended -> metrics.answered(endpoint, context.response().getStatusCode(), begun));
  }

  private void refuseOtherMethods(String path, List<Endpoint> endpoints) {
    String allowed = allowed(endpoints);
    router.route(path).handler(context -> refuseMethod(context, allowed));
  }

  private static String allowed(List<Endpoint> endpoints) {
    Set<String> names = new TreeSet<>(Set.of("OPTIONS"));
    for (Endpoint endpoint : endpoints) {
      names.add(endpoint.method().name());
      if (endpoint.method().equals(HttpMethod.GET)) {
        names.add("HEAD");
      }
    }
    return names.stream().collect(joining(", "));
  }

  private static void refuseMethod(RoutingContext context, String allowed) {
    context.response().putHeader("Allow", allowed);
    HttpMethod method = context.request().method();
    if (method.equals(HttpMethod.OPTIONS)) {
      context.response().setStatusCode(204).end();
      return;
    }
    Refusal.send(context, 405, "%s cannot be used here, but %s".formatted(method, allowed));
  }
}
