package io.okrsync.web;

import io.okrsync.measure.NearestName;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Lets only those requests through whose query parameters are all known. A misspelt one would
 * otherwise be ignored, and the answer taken for the one that was meant.
 */
record KnownParameters(List<String> names, Endpoint.Responder responder)
    implements Endpoint.Responder {
  @Override
  public Answer answer(RoutingContext request) {
    Unknown unknown = unknown(request, names);
    return unknown == null
        ? responder.answer(request)
        : Problem.of(400, unknown.detail(), unknown.nearest(), null).answer();
  }

  /** What of a request is not known; null where all is. */
  static @Nullable Unknown unknown(RoutingContext request, List<String> names) {
    TreeSet<String> unknown = new TreeSet<>(request.queryParams().names());
    names.forEach(unknown::remove);
    if (unknown.isEmpty()) {
      return null;
    }
    String what = unknown.size() == 1 ? "query parameter" : "query parameters";
    String known = names.isEmpty() ? "none is known here" : "known here: " + joined(names);
    return new Unknown(
        "Unknown %s %s; %s".formatted(what, joined(List.copyOf(unknown)), known),
        NearestName.to(unknown.first(), names).orElse(null));
  }

  private static String joined(List<String> names) {
    return "'" + String.join("', '", names) + "'";
  }
}
