package io.okrsync.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.TreeMap;

/** Reads the files of a configuration from a request, and answers with the plan. */
final class PlanForm {
  static final String PATH = "/plan";
  static final long LARGEST = 4 * 1024 * 1024;

  private PlanForm() {}

  static Answer answer(RoutingContext request, Site site) {
    Map<String, String> files;
    try {
      files = files(request);
    } catch (IllegalArgumentException wrong) {
      return Problem.answer(400, String.valueOf(wrong.getMessage()));
    }
    Planned planned = site.plan(files);
    if (planned instanceof Planned.Made made) {
      return Answer.json(200, made.plan());
    }
    return planned instanceof Planned.Refused refused
        ? Problem.answer(422, refused.problems())
        : Problem.answer(
                503, "Another plan is being made at this moment; ask again when it is done")
            .with("Retry-After", "5");
  }

  private static Map<String, String> files(RoutingContext request) {
    String body = request.body().asString();
    JsonNode json = Json.read(body == null ? "" : body);
    JsonNode given = json.path("files");
    if (!json.isObject() || json.size() != 1 || !given.isObject()) {
      throw new IllegalArgumentException(
          "The body must be {\"files\": {\"sources.yaml\": \"…\", …}} and nothing else");
    }
    Map<String, String> files = new TreeMap<>();
    given
        .properties()
        .forEach(
            file -> {
              if (!file.getKey().matches("(okrs/)?[A-Za-z0-9][A-Za-z0-9._-]*\\.yaml")
                  || !file.getValue().isTextual()) {
                throw new IllegalArgumentException(
                    "Each of files must be the text of a file such as measures.yaml or"
                        + " okrs/2026-q4.yaml");
              }
              files.put(file.getKey(), file.getValue().asText());
            });
    return files;
  }
}
