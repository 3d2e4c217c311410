package io.okrsync.web;

import io.okrsync.measure.NearestName;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.TreeSet;

/**
 * Lets only those requests through whose query parameters are all known. A misspelt one would
 * otherwise be ignored, and the answer taken for the one that was meant.
 */
record KnownParameters(List<String> names, Endpoint.Responder responder)
    implements Endpoint.Responder {
  @Override
  public Answer answer(RoutingContext request) {
    TreeSet<String> unknown = new TreeSet<>(request.queryParams().names());
    names.forEach(unknown::remove);
    return unknown.isEmpty() ? responder.answer(request) : refused(List.copyOf(unknown));
  }

  private Answer refused(List<String> unknown) {
    String what = unknown.size() == 1 ? "query parameter" : "query parameters";
    String known = names.isEmpty() ? "none is known here" : "known here: " + joined(names);
    String nearest = NearestName.to(unknown.get(0), names).orElse(null);
    String detail = "Unknown %s %s; %s".formatted(what, joined(unknown), known);
    return Problem.of(400, detail, nearest, null).answer();
  }

  private static String joined(List<String> names) {
    return "'" + String.join("', '", names) + "'";
  }
}
