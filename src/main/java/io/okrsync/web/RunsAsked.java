package io.okrsync.web;

import io.okrsync.measure.NearestName;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.RunFilter;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The runs that a request asks for.
 *
 * @param problem what is wrong with what was asked; null where nothing is
 */
record RunsAsked(RunFilter filter, @Nullable String problem) {
  static final String SOURCE = "source";
  static final String OUTCOME = "outcome";
  static final String BEFORE = "before";
  private static final List<String> OUTCOMES =
      Stream.of(Outcome.values()).map(Outcome::name).toList();

  static RunsAsked of(RoutingContext request) {
    try {
      String outcome = one(request, OUTCOME);
      String before = one(request, BEFORE);
      RunFilter filter =
          new RunFilter(
              one(request, SOURCE),
              outcome == null ? null : outcome(outcome),
              before == null ? null : before(before));
      return new RunsAsked(filter, null);
    } catch (IllegalArgumentException wrong) {
      return new RunsAsked(RunFilter.ALL, wrong.getMessage());
    }
  }

  private static @Nullable String one(RoutingContext request, String name) {
    List<String> values = request.queryParam(name);
    if (values.size() > 1) {
      throw new IllegalArgumentException(name + " can be given once, not " + values.size());
    }
    return values.isEmpty() ? null : values.get(0);
  }

  private static Outcome outcome(String text) {
    if (!OUTCOMES.contains(text)) {
      throw new IllegalArgumentException(
          "outcome must be one of %s: '%s'".formatted(String.join(", ", OUTCOMES), text));
    }
    return Outcome.valueOf(text);
  }

  private static long before(String text) {
    return RunId.of(text)
        .filter(id -> id >= 1)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "before must be the number of a run, 1 or more: '%s'".formatted(text)));
  }

  /** The source that is asked for, where neither the configuration nor a run names it. */
  @Nullable String unknownSource(Site site) {
    String source = filter.source();
    if (source == null || site.sources().stream().anyMatch(each -> each.name().equals(source))) {
      return null;
    }
    return site.runs(RunFilter.ofSource(source), 1).isEmpty() ? source : null;
  }

  static @Nullable String nearestSource(String unknown, Site site) {
    List<String> known = site.sources().stream().map(SourceRow::name).toList();
    return NearestName.to(unknown, known).orElse(null);
  }
}
