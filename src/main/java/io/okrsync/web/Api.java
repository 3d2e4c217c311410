package io.okrsync.web;

import static io.okrsync.web.Endpoint.get;
import static io.okrsync.web.Endpoint.post;

import io.okrsync.audit.SealedEntry;
import io.okrsync.measure.NearestName;
import io.okrsync.okr.AsOf;
import io.okrsync.okr.CheckIn;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Standing;
import io.okrsync.okr.Statement;
import io.okrsync.sync.Decision;
import io.okrsync.sync.HeldRuns;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.SyncTrigger;
import io.okrsync.sync.SyncTrigger.Answer.AlreadyRunning;
import io.okrsync.sync.SyncTrigger.Answer.Held;
import io.okrsync.sync.SyncTrigger.Answer.Started;
import io.okrsync.sync.SyncTrigger.Answer.UnknownSource;
import io.okrsync.sync.Trigger;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The REST API, as {@code /api/v1/openapi.json} describes it. */
final class Api {
  static final String ROOT = "/api/v1";
  private static final int READINGS = 100;
  private static final int CHECK_INS = 50;
  private static final int RUNS = 50;
  private static final int DIFFERENCES = 100;
  private static final int EXPLAINED_RECORDS = 100;
  private static final int ENTRIES = 100;

  /** Of each cause of a restatement; its explanation lists more. */
  private static final int RESTATED_RECORDS = 5;

  private final Site site;
  private final String description = Assets.text("openapi.json");

  Api(Site site) {
    this.site = site;
  }

  List<Endpoint> endpoints() {
    return List.of(
        get(ROOT + "/objectives", knowing(request -> objectives())),
        get(ROOT + "/key-results", knowing(request -> keyResults())),
        get(ROOT + "/key-results/:id", knowing(this::keyResult)),
        get(ROOT + "/key-results/:id/history", knowing(this::history, "limit")),
        get(
            ROOT + "/key-results/:id/explanation",
            knowing(this::explanation, ExplanationAsked.FROM, ExplanationAsked.TO, "limit")),
        get(ROOT + "/key-results/:id/check-ins", knowing(this::checkIns, "limit")),
        post(ROOT + "/key-results/:id/check-ins", knowing(this::checkIn)),
        get(ROOT + "/key-results/:id/statements", knowing(this::statements, "limit")),
        post(ROOT + "/key-results/:id/statements", knowing(this::state)),
        get(ROOT + "/sources", knowing(request -> sources())),
        post(ROOT + "/sources/:name/runs", knowing(this::sync)),
        get(
            ROOT + "/runs",
            knowing(this::runs, RunsAsked.SOURCE, RunsAsked.OUTCOME, RunsAsked.BEFORE, "limit")),
        get(ROOT + "/runs/:id", knowing(this::run)),
        get(ROOT + "/runs/:id/differences", knowing(this::differences, "limit")),
        get(ROOT + "/runs/:id/readings", knowing(this::readingsOf, "limit")),
        post(ROOT + "/runs/:id/release", knowing(request -> decide(request, HeldRuns::release))),
        post(ROOT + "/runs/:id/discard", knowing(request -> decide(request, HeldRuns::discard))),
        post(
            ROOT + PlanForm.PATH,
            PlanForm.LARGEST,
            knowing(request -> PlanForm.answer(request, site))),
        post(ROOT + IntakeForm.PATH, IntakeForm.LARGEST, knowing(this::intake)),
        get(ROOT + "/readings/:id", knowing(this::receipt)),
        get(ROOT + "/as-of", knowing(this::asOf, "at")),
        get(ROOT + "/restatements", knowing(this::restatements, "cycle")),
        get(ROOT + "/audit", knowing(this::entries, EntriesAsked.WITH_LIMIT)),
        get(
            ROOT + "/openapi.json",
            knowing(request -> Answer.typed(200, Answer.JSON, description))));
  }

  private static Endpoint.Responder knowing(Endpoint.Responder responder, String... parameters) {
    return new KnownParameters(List.of(parameters), responder);
  }

  private Answer objectives() {
    return Answer.json(200, ObjectiveBody.of(site.objectives()));
  }

  private Answer keyResults() {
    return Answer.json(200, Items.of(standings(), KeyResultBody::of));
  }

  private List<Standing> standings() {
    return site.objectives().stream().flatMap(each -> each.keyResults().stream()).toList();
  }

  private Answer keyResult(RoutingContext request) {
    String id = request.pathParam("id");
    return site.keyResult(id)
        .map(
            found ->
                Answer.json(
                    200, KeyResultDetailBody.of(found, site.history(id, 1), site.checkIns(id, 1))))
        .orElseGet(() -> unknownKeyResult(id));
  }

  private Answer history(RoutingContext request) {
    String id = request.pathParam("id");
    Limit limit = Limit.of(request.queryParam("limit"), READINGS);
    if (limit.problem() != null) {
      return Problem.answer(400, limit.problem());
    }
    if (site.keyResult(id).isEmpty()) {
      return unknownKeyResult(id);
    }
    return Answer.json(200, Items.of(site.history(id, limit.value()), ReadingBody::of));
  }

  private Answer explanation(RoutingContext request) {
    String id = request.pathParam("id");
    Limit limit = Limit.of(request.queryParam("limit"), EXPLAINED_RECORDS);
    if (limit.problem() != null) {
      return Problem.answer(400, limit.problem());
    }
    Optional<KeyResultDetail> found = site.keyResult(id);
    if (found.isEmpty()) {
      return unknownKeyResult(id);
    }
    ExplanationAsked asked =
        ExplanationAsked.of(request, found.get().standing().keyResult().cycle().zone(), site.now());
    if (asked.problem() != null) {
      return Problem.answer(400, asked.problem());
    }
    return site.audit()
        .explain(id, asked.from(), asked.to(), limit.value())
        .map(it -> Answer.json(200, ExplanationBody.of(it)))
        .orElseGet(() -> Problem.answer(404, unexplained(found.get().standing().keyResult())));
  }

  private static String unexplained(KeyResult keyResult) {
    return keyResult
        .terms()
        .child()
        .map(
            it ->
                "The value of '%s' is the score of objective '%s'; ask for the explanations of its key results"
                    .formatted(keyResult.id(), it))
        .orElse("Key result '%s' had no value then".formatted(keyResult.id()));
  }

  private Answer checkIns(RoutingContext request) {
    String id = request.pathParam("id");
    Limit limit = Limit.of(request.queryParam("limit"), CHECK_INS);
    if (limit.problem() != null) {
      return Problem.answer(400, limit.problem());
    }
    if (site.keyResult(id).isEmpty()) {
      return unknownKeyResult(id);
    }
    return Answer.json(200, Items.of(site.checkIns(id, limit.value()), CheckInBody::of));
  }

  private Answer statements(RoutingContext request) {
    String id = request.pathParam("id");
    Limit limit = Limit.of(request.queryParam("limit"), CHECK_INS);
    if (limit.problem() != null) {
      return Problem.answer(400, limit.problem());
    }
    return site.keyResult(id).isEmpty()
        ? unknownKeyResult(id)
        : Answer.json(200, Items.of(site.statements(id, limit.value()), StatementBody::of));
  }

  private Answer state(RoutingContext request) {
    String id = request.pathParam("id");
    Optional<KeyResultDetail> found = site.keyResult(id);
    if (found.isEmpty()) {
      return unknownKeyResult(id);
    }
    try {
      JsonFields fields =
          new JsonFields(
              StatementForm.FIELDS,
              "value",
              "{\"kind\": \"value\", \"value\": 12, \"reason\": \"counted\", \"by\": \"Ani\"}");
      Statement said =
          StatementForm.of(found.get().standing().keyResult(), site.now(), fields.of(request));
      site.state(said);
      return Answer.json(201, StatementBody.of(said));
    } catch (IllegalArgumentException e) {
      return Problem.answer(400, String.valueOf(e.getMessage()));
    }
  }

  private Answer checkIn(RoutingContext request) {
    String id = request.pathParam("id");
    if (site.keyResult(id).isEmpty()) {
      return unknownKeyResult(id);
    }
    try {
      CheckIn said = CheckInForm.ofJson(request, id, site.now());
      site.checkIn(said);
      return Answer.json(201, CheckInBody.of(said));
    } catch (IllegalArgumentException e) {
      return Problem.answer(400, String.valueOf(e.getMessage()));
    }
  }

  private Answer unknownKeyResult(String id) {
    List<String> ids = standings().stream().map(each -> each.keyResult().id()).toList();
    String nearest = NearestName.to(id, ids).orElse(null);
    String detail =
        nearest == null
            ? "No key result is called '%s'; %s/key-results lists them".formatted(id, ROOT)
            : "No key result is called '%s'; did you mean '%s'?".formatted(id, nearest);
    return Problem.of(404, detail, nearest, null).answer();
  }

  private Answer sources() {
    return Answer.json(200, Items.of(site.sources(), SourceBody::of));
  }

  private Answer runs(RoutingContext request) {
    Limit limit = Limit.of(request.queryParam("limit"), RUNS);
    if (limit.problem() != null) {
      return Problem.answer(400, limit.problem());
    }
    RunsAsked asked = RunsAsked.of(request);
    if (asked.problem() != null) {
      return Problem.answer(400, asked.problem());
    }
    String unknown = asked.unknownSource(site);
    if (unknown != null) {
      return unknownSource(unknown, RunsAsked.nearestSource(unknown, site));
    }
    return Answer.json(200, Items.of(site.runs(asked.filter(), limit.value()), RunBody::of));
  }

  private static Answer unknownSource(String name, @Nullable String nearest) {
    return Problem.of(404, Sentences.unknownSource(name, nearest), nearest, null).answer();
  }

  private Answer run(RoutingContext request) {
    String id = request.pathParam("id");
    Optional<SyncRun> found = RunId.of(id).flatMap(site::run);
    return found.map(run -> Answer.json(200, RunBody.of(run))).orElseGet(() -> unknownRun(id));
  }

  private Answer readingsOf(RoutingContext request) {
    String id = request.pathParam("id");
    Limit limit = Limit.of(request.queryParam("limit"), READINGS);
    if (limit.problem() != null) {
      return Problem.answer(400, limit.problem());
    }
    return RunId.of(id)
        .flatMap(site::run)
        .map(run -> site.readingsOf(run.id(), limit.value()))
        .map(found -> Answer.json(200, Items.of(found, ReadingBody::of)))
        .orElseGet(() -> unknownRun(id));
  }

  private Answer differences(RoutingContext request) {
    String id = request.pathParam("id");
    Limit limit = Limit.of(request.queryParam("limit"), DIFFERENCES);
    if (limit.problem() != null) {
      return Problem.answer(400, limit.problem());
    }
    return RunId.of(id)
        .flatMap(site::run)
        .map(run -> site.differences(run.id(), limit.value()).first())
        .map(found -> Answer.json(200, Items.of(found, DifferenceBody::of)))
        .orElseGet(() -> unknownRun(id));
  }

  private Answer asOf(RoutingContext request) {
    List<String> at = request.queryParam("at");
    if (at.size() != 1) {
      return Problem.answer(400, "at must be given once: a day or a moment");
    }
    try {
      AsOf moment = AsOf.of("at", at.get(0).strip());
      return Answer.json(200, Items.of(site.audit().beliefs(moment), BeliefBody::of));
    } catch (IllegalArgumentException wrong) {
      return Problem.answer(400, String.valueOf(wrong.getMessage()));
    } catch (IllegalStateException lost) {
      return Problem.answer(409, String.valueOf(lost.getMessage()));
    }
  }

  private Answer restatements(RoutingContext request) {
    List<String> cycle = request.queryParam("cycle");
    if (cycle.size() > 1) {
      return Problem.answer(400, "cycle can be given once, not " + cycle.size());
    }
    Set<String> cycles = cycle.isEmpty() ? Set.of() : site.audit().cycles();
    if (!cycles.containsAll(cycle)) {
      return Unknown.of("cycle", cycle.get(0), cycles).answer();
    }
    List<Audit.Restated> found =
        site.audit().restatements(cycle.isEmpty() ? null : cycle.get(0), RESTATED_RECORDS);
    return Answer.json(200, Items.of(found, RestatementBody::of));
  }

  private Answer receipt(RoutingContext request) {
    String id = request.pathParam("id");
    return RunId.of(id)
        .flatMap(site.audit()::reading)
        .map(found -> Answer.typed(200, Answer.JSON, found.receipt()))
        .orElseGet(() -> Problem.answer(404, "No reading is numbered '%s'".formatted(id)));
  }

  private Answer entries(RoutingContext request) {
    Limit limit = Limit.of(request.queryParam("limit"), ENTRIES);
    if (limit.problem() != null) {
      return Problem.answer(400, limit.problem());
    }
    EntriesAsked asked = EntriesAsked.of(request);
    if (asked.problem() != null) {
      return Problem.answer(400, asked.problem());
    }
    List<SealedEntry> found = site.audit().entries(asked.filter(), limit.value());
    Unknown unknown = found.isEmpty() ? asked.unknown(site) : null;
    return unknown == null ? Answer.json(200, Items.of(found, EntryBody::of)) : unknown.answer();
  }

  private static Answer unknownRun(String id) {
    return Problem.answer(404, "No run is numbered '%s'; %s/runs lists them".formatted(id, ROOT));
  }

  /** What can be decided about a held run. */
  interface Deciding {
    HeldRuns.Answer decide(HeldRuns held, long run, Decision decision);
  }

  private Answer decide(RoutingContext request, Deciding deciding) {
    String id = request.pathParam("id");
    Optional<SyncRun> run = RunId.of(id).flatMap(site::run);
    if (run.isEmpty()) {
      return unknownRun(id);
    }
    try {
      Decision decision = HoldForm.ofProgram(request);
      var answer = deciding.decide(site.held(), run.get().id(), decision);
      return answer instanceof HeldRuns.Answer.Ended decided
          ? Answer.json(200, RunBody.of(decided.run()))
          : Problem.of(409, HoldForm.refusal(answer), null, run.get().id()).answer();
    } catch (IllegalArgumentException wrong) {
      return Problem.answer(400, String.valueOf(wrong.getMessage()));
    }
  }

  private Answer intake(RoutingContext request) {
    return IntakeForm.problem(request)
        .orElseGet(() -> IntakeForm.answer(site.intake().take(IntakeForm.push(request))));
  }

  private Answer sync(RoutingContext request) {
    String source = request.pathParam("name");
    try {
      return begun(
          source, site.trigger().trigger(source, AskedForm.ofJson(request, site), Trigger.MANUAL));
    } catch (IllegalArgumentException wrong) {
      return Problem.answer(400, String.valueOf(wrong.getMessage()));
    }
  }

  private static Answer begun(String source, SyncTrigger.Answer asked) {
    if (asked instanceof Started started) {
      return Answer.json(202, Map.of("id", started.run(), "source", source))
          .with("Location", ROOT + "/runs/" + started.run());
    }
    if (asked instanceof AlreadyRunning running) {
      String detail =
          "Source '%s' is being read by run %d; ask again when it has ended"
              .formatted(source, running.run());
      return Problem.of(409, detail, null, running.run()).answer();
    }
    if (asked instanceof Held held) {
      String detail =
          "Run %d of source '%s' is held; release or discard it first"
              .formatted(held.run(), source);
      return Problem.of(409, detail, null, held.run()).answer();
    }
    if (asked instanceof SyncTrigger.Answer.Refused refused) {
      return Problem.answer(409, refused.why());
    }
    return unknownSource(source, ((UnknownSource) asked).nearest());
  }
}
