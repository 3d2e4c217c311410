package io.okrsync.web;

import io.okrsync.okr.AsOf;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Between which moments a request wants a change explained.
 *
 * @param from null: right before the value changed last
 * @param to null: now
 * @param problem what is wrong with what was asked; null where nothing is
 */
record ExplanationAsked(@Nullable Instant from, @Nullable Instant to, @Nullable String problem) {
  static final String FROM = "from";
  static final String TO = "to";

  static ExplanationAsked of(RoutingContext request, ZoneId zone, Instant now) {
    try {
      Instant from = moment(request, FROM, zone, now);
      Instant to = moment(request, TO, zone, now);
      boolean backwards = from != null && to != null && from.isAfter(to);
      return new ExplanationAsked(from, to, backwards ? "from must not be after to" : null);
    } catch (IllegalArgumentException wrong) {
      return new ExplanationAsked(null, null, wrong.getMessage());
    }
  }

  /** An empty field of a form names no moment. */
  private static @Nullable Instant moment(
      RoutingContext request, String name, ZoneId zone, Instant now) {
    List<String> values = request.queryParam(name);
    if (values.size() > 1) {
      throw new IllegalArgumentException(name + " can be given once, not " + values.size());
    }
    return values.isEmpty() || values.get(0).isBlank()
        ? null
        : AsOf.of(name, values.get(0).strip()).in(zone, now);
  }
}
