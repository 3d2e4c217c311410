package io.okrsync.web;

import io.okrsync.audit.EntryFilter;
import io.okrsync.okr.AsOf;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The audit entries that a request asks for. Its days are those of UTC, in which the log is
 * written.
 *
 * @param problem what is wrong with what was asked; null where nothing is
 */
record EntriesAsked(EntryFilter filter, @Nullable String problem) {
  static final String[] PARAMETERS = {
    "actor", "action", "keyResult", "source", "run", "from", "to", "before", "limit"
  };

  static EntriesAsked of(RoutingContext request) {
    try {
      EntryFilter filter =
          new EntryFilter(
              one(request, "actor").orElse(null),
              one(request, "action").orElse(null),
              one(request, "keyResult").orElse(null),
              one(request, "source").orElse(null),
              number(request, "run"),
              moment(request, "from"),
              moment(request, "to"),
              number(request, "before"));
      return new EntriesAsked(filter, null);
    } catch (IllegalArgumentException wrong) {
      return new EntriesAsked(EntryFilter.ALL, wrong.getMessage());
    }
  }

  /** What was left empty in a form does not matter. */
  private static Optional<String> one(RoutingContext request, String name) {
    List<String> values = request.queryParam(name);
    if (values.size() > 1) {
      throw new IllegalArgumentException(name + " can be given once, not " + values.size());
    }
    return values.stream().map(String::strip).filter(it -> !it.isEmpty()).findFirst();
  }

  private static @Nullable Long number(RoutingContext request, String name) {
    Function<String, Long> read =
        text ->
            RunId.of(text)
                .filter(it -> it >= 1)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "%s must be a number, 1 or more: '%s'".formatted(name, text)));
    return one(request, name).map(read).orElse(null);
  }

  private static @Nullable Instant moment(RoutingContext request, String name) {
    return one(request, name).map(text -> AsOf.of(name, text).in(ZoneOffset.UTC)).orElse(null);
  }
}
