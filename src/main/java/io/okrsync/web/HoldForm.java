package io.okrsync.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.okrsync.sync.Decision;
import io.okrsync.sync.HeldRuns;
import io.okrsync.sync.HeldRuns.Answer.NotHeld;
import io.okrsync.sync.HeldRuns.Answer.Refused;
import io.vertx.ext.web.RoutingContext;

/** Reads a decision about a held run from a request, and says what came of it. */
final class HoldForm {
  private HoldForm() {}

  /**
   * What a page sends.
   *
   * @throws IllegalArgumentException when there is no proper reason
   */
  static Decision ofPage(RoutingContext request) {
    String reason = request.request().getFormAttribute("reason");
    return new Decision("page", reason == null ? "" : reason);
  }

  /**
   * What a program sends: {@code {"reason": "…"}}.
   *
   * @throws IllegalArgumentException when it is not that
   */
  static Decision ofProgram(RoutingContext request) {
    String text = request.body().asString();
    JsonNode body = Json.read(text == null ? "" : text);
    if (body.isObject() && body.size() == 1 && body.path("reason").isTextual()) {
      return new Decision("api", body.path("reason").asText());
    }
    throw new IllegalArgumentException(
        "The body must be a JSON object with a reason and nothing else, such as {\"reason\":"
            + " \"checked with sales\"}");
  }

  /** Why nothing was done, for a run that exists. */
  static String refusal(HeldRuns.Answer answer) {
    if (answer instanceof Refused refused) {
      return refused.why() + ".";
    }
    var run = ((NotHeld) answer).run();
    return "Run %d is not held, so there is nothing to decide; it is %s."
        .formatted(run.id(), run.outcome().label());
  }
}
