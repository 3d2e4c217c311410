package io.okrsync.web;

import static java.util.Objects.requireNonNullElse;

import io.okrsync.sync.Decision;
import io.okrsync.sync.HeldRuns;
import io.okrsync.sync.HeldRuns.Answer.NotHeld;
import io.okrsync.sync.HeldRuns.Answer.Refused;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads a decision about a held run from a request, and says what came of it. */
final class HoldForm {
  private static final JsonFields FIELDS =
      new JsonFields(
          List.of("by", "reason"), null, "{\"reason\": \"checked with sales\", \"by\": \"Ani\"}");

  private HoldForm() {}

  /**
   * What a page sends.
   *
   * @throws IllegalArgumentException where it is not said who and why
   */
  static Decision ofPage(RoutingContext request) {
    return of(request.request()::getFormAttribute);
  }

  /**
   * What a program sends: who, and why.
   *
   * @throws IllegalArgumentException where it is not that
   */
  static Decision ofProgram(RoutingContext request) {
    return of(FIELDS.of(request));
  }

  private static Decision of(UnaryOperator<@Nullable String> field) {
    return new Decision(
        requireNonNullElse(field.apply("by"), ""), requireNonNullElse(field.apply("reason"), ""));
  }

  /** Why nothing was done, for a run that exists. */
  static String refusal(HeldRuns.Answer answer) {
    if (answer instanceof Refused refused) {
      return refused.why() + ".";
    }
    var run = ((NotHeld) answer).run();
    if (run.wasHeld()) {
      return "It is decided already. Run %d %s.".formatted(run.id(), run.reason());
    }
    return "Run %d is not held, so there is nothing to decide; it is %s."
        .formatted(run.id(), run.outcome().label());
  }
}
