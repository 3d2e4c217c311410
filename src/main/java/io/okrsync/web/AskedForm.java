package io.okrsync.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.okrsync.measure.NearestName;
import io.okrsync.sync.Asked;
import io.okrsync.sync.RunKind;
import io.vertx.ext.web.RoutingContext;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is asked of a source, by a form or as JSON; nothing at all asks for an ordinary run.
 */
final class AskedForm {
  private static final List<String> FIELDS = List.of("kind", "from", "to");
  private static final List<String> KINDS =
      Stream.of(RunKind.values()).map(RunKind::label).toList();

  private AskedForm() {}

  /**
   * @throws IllegalArgumentException where something is missing or not right, saying what
   */
  static Asked ofForm(RoutingContext request, Site site) {
    return of(request, site, request.request()::getFormAttribute);
  }

  /**
   * @throws IllegalArgumentException where something is missing or not right, saying what
   */
  static Asked ofJson(RoutingContext request, Site site) {
    String body = request.body().asString();
    if (body == null || body.isBlank()) {
      return Asked.SYNC;
    }
    JsonNode json = Json.read(body);
    if (!json.isObject()) {
      throw new IllegalArgumentException(
          "The body must be a JSON object such as {\"kind\": \"backfill\", \"from\":"
              + " \"2026-10-01\"}");
    }
    json.fieldNames().forEachRemaining(AskedForm::requireKnown);
    return of(request, site, name -> json.hasNonNull(name) ? json.get(name).asText() : null);
  }

  private static void requireKnown(String name) {
    if (!FIELDS.contains(name)) {
      throw new IllegalArgumentException(
          "Unknown field '%s'%s".formatted(name, near(name, FIELDS)));
    }
  }

  private static String near(String name, List<String> known) {
    return NearestName.to(name, known).map("; did you mean '%s'?"::formatted).orElse("");
  }

  private static Asked of(
      RoutingContext request, Site site, UnaryOperator<@Nullable String> field) {
    String word = field.apply("kind");
    String kind = word == null ? RunKind.SYNC.label() : word;
    if (!KINDS.contains(kind)) {
      throw new IllegalArgumentException(
          "kind must be one of %s: '%s'%s"
              .formatted(String.join(", ", KINDS), kind, near(kind, KINDS)));
    }
    if (kind.equals(RunKind.BACKFILL.label())) {
      ZoneId zone = zone(site, request.pathParam("name"));
      return Asked.backfill(field.apply("from"), field.apply("to"), zone, site.now());
    }
    if (field.apply("from") != null || field.apply("to") != null) {
      throw new IllegalArgumentException("only a backfill has from and to");
    }
    return new Asked(RunKind.valueOf(kind.toUpperCase(Locale.ROOT)), null, null);
  }

  private static ZoneId zone(Site site, String source) {
    return site.sources().stream()
        .filter(it -> it.name().equals(source))
        .map(SourceRow::zone)
        .findFirst()
        .orElse(site.zone());
  }
}
