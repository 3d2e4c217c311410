package io.okrsync.web;

import io.okrsync.sync.Intake;
import io.okrsync.sync.Push;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Optional;

/** Reads a push from a request, and answers with what came of it. */
final class IntakeForm {
  static final String PATH = "/intake/:source";
  static final long LARGEST = 2 * 1024 * 1024;

  private static final String TIMESTAMP = "OKR-Sync-Timestamp";
  private static final String SIGNATURE = "OKR-Sync-Signature";

  private IntakeForm() {}

  /** What came of a push, with the run as everywhere. */
  record Taken(boolean repeated, RunBody run) {}

  /** Why the request is no push at all. */
  static Optional<Answer> problem(RoutingContext request) {
    String type = request.request().getHeader("Content-Type");
    String plain = type == null ? "" : type.replaceAll(";.*", "").strip().toLowerCase(Locale.ROOT);
    if (!plain.equals(Answer.JSON)) {
      return refused(415, "Send JSON, with the header 'Content-Type: application/json'");
    }
    if (request.request().getHeader("Content-Encoding") != null) {
      return refused(415, "Send it as it is, without Content-Encoding");
    }
    return push(request).isWellFormed()
        ? Optional.empty()
        : Optional.of(
            unproven(
                "A push needs the headers %s, seconds since 1970, and %s, 64 hexadecimal digits"
                    .formatted(TIMESTAMP, SIGNATURE)));
  }

  static Push push(RoutingContext request) {
    byte[] body =
        request.body().buffer() == null ? new byte[0] : request.body().buffer().getBytes();
    return new Push(
        request.pathParam("source"), header(request, TIMESTAMP), header(request, SIGNATURE), body);
  }

  private static String header(RoutingContext request, String name) {
    String value = request.request().getHeader(name);
    return value == null ? "" : value.strip();
  }

  static Answer answer(Intake.Answer answer) {
    if (answer instanceof Intake.Answer.Taken taken) {
      return taken(taken);
    }
    if (answer instanceof Intake.Answer.Unproven unproven) {
      return unproven(unproven.why());
    }
    if (answer instanceof Intake.Answer.Held held) {
      String detail = "Run %d of this source is held; release or discard it first";
      return Problem.of(409, detail.formatted(held.run()), null, held.run()).answer();
    }
    return Problem.answer(503, "Another push of this source is still at work; send it again later")
        .with("Retry-After", "5");
  }

  private static Answer taken(Intake.Answer.Taken taken) {
    RunBody run = RunBody.of(taken.run());
    String address = Api.ROOT + "/runs/" + run.id();
    if (taken.run().outcome().isInVain()) {
      return Problem.of(422, String.valueOf(run.reason()), null, run.id())
          .answer()
          .with("Location", address);
    }
    int status = taken.run().outcome().isWell() ? 200 : 202;
    return Answer.json(status, new Taken(taken.repeated(), run)).with("Location", address);
  }

  private static Answer unproven(String why) {
    return Problem.answer(401, why).with("WWW-Authenticate", SIGNATURE);
  }

  private static Optional<Answer> refused(int status, String why) {
    return Optional.of(Problem.answer(status, why));
  }
}
