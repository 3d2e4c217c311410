package io.okrsync.web;

import io.okrsync.audit.EntryFilter;
import io.okrsync.okr.AsOf;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The audit entries that a request asks for. Its days are those of UTC, in which the log is
 * written.
 *
 * @param typed what was written into each field of the form, by its name
 * @param problem what is wrong with what was asked; null where nothing is
 */
record EntriesAsked(Map<String, String> typed, EntryFilter filter, @Nullable String problem) {
  private static final List<String> FIELDS =
      List.of("actor", "action", "keyResult", "source", "run", "from", "to");

  /** Of the page. */
  static final List<String> PARAMETERS =
      Stream.concat(FIELDS.stream(), Stream.of("before")).toList();

  /** Of REST. */
  static final String[] WITH_LIMIT =
      Stream.concat(PARAMETERS.stream(), Stream.of("limit")).toArray(String[]::new);

  /** By the page, where an unknown parameter is a problem as well. */
  static EntriesAsked ofPage(RoutingContext request) {
    EntriesAsked asked = of(request);
    Unknown unknown = KnownParameters.unknown(request, PARAMETERS);
    return unknown == null
        ? asked
        : new EntriesAsked(asked.typed, EntryFilter.ALL, unknown.detail());
  }

  static EntriesAsked of(RoutingContext request) {
    Map<String, String> typed =
        FIELDS.stream()
            .collect(
                Collectors.toMap(it -> it, it -> String.join(" ", request.queryParam(it)).strip()));
    try {
      EntryFilter filter =
          new EntryFilter(
              one(request, "actor").orElse(null),
              one(request, "action").orElse(null),
              one(request, "keyResult").orElse(null),
              one(request, "source").orElse(null),
              number(request, "run"),
              moment(request, "from", AsOf::first),
              moment(request, "to", AsOf::last),
              number(request, "before"));
      return new EntriesAsked(typed, filter, null);
    } catch (IllegalArgumentException wrong) {
      return new EntriesAsked(typed, EntryFilter.ALL, wrong.getMessage());
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

  private static @Nullable Instant moment(
      RoutingContext request, String name, Function<AsOf, Instant> inUtc) {
    return one(request, name).map(text -> inUtc.apply(AsOf.of(name, text))).orElse(null);
  }

  /** What it names that neither the configuration nor the log knows; null where that is nothing. */
  @Nullable Unknown unknown(Site site) {
    Audit log = site.audit();
    String keyResult = filter.keyResult();
    Set<String> keyResults = keyResults(site);
    if (keyResult != null
        && !keyResults.contains(keyResult)
        && log.entries(EntryFilter.ofKeyResult(keyResult), 1).isEmpty()) {
      return Unknown.of("key result", keyResult, keyResults);
    }
    String source = filter.source();
    List<String> sources = site.sources().stream().map(SourceRow::name).toList();
    if (source != null
        && !sources.contains(source)
        && log.entries(EntryFilter.ofSource(source), 1).isEmpty()) {
      return Unknown.of("source", source, sources);
    }
    Long run = filter.run();
    if (run != null && site.run(run).isEmpty()) {
      return new Unknown("No run is numbered '%d'".formatted(run), null);
    }
    String action = filter.action();
    return action == null || AuditView.ACTIONS.contains(action)
        ? null
        : Unknown.of("action", action, AuditView.ACTIONS);
  }

  static Set<String> keyResults(Site site) {
    return site.objectives().stream()
        .flatMap(it -> it.keyResults().stream())
        .map(it -> it.keyResult().id())
        .collect(Collectors.toSet());
  }
}
