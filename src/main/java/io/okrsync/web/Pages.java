package io.okrsync.web;

import static io.okrsync.web.Endpoint.get;
import static io.okrsync.web.Endpoint.post;

import io.okrsync.audit.Action;
import io.okrsync.audit.EntryFilter;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Standing;
import io.okrsync.store.KeyResultReading;
import io.okrsync.sync.Decision;
import io.okrsync.sync.Differences;
import io.okrsync.sync.HeldRuns;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.SyncTrigger;
import io.okrsync.sync.SyncTrigger.Answer.AlreadyRunning;
import io.okrsync.sync.SyncTrigger.Answer.Held;
import io.okrsync.sync.SyncTrigger.Answer.Started;
import io.okrsync.sync.SyncTrigger.Answer.UnknownSource;
import io.okrsync.sync.Trigger;
import io.okrsync.web.RunView.Hold;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The pages of teams, each made from what the site says now. */
final class Pages {
  private static final int SPARKLINE_READINGS = 60;
  private static final int CHART_READINGS = 5_000;
  private static final int LISTED_RUNS = 60;
  private static final int LISTED_CHECK_INS = 20;
  private static final int LISTED_DIFFERENCES = 100;
  private static final int LISTED_REMOVALS = 10;
  private static final int EXPLAINED_RECORDS = 20;

  private final Site site;
  private final Layout layout;

  Pages(Site site, Layout layout) {
    this.site = site;
    this.layout = layout;
  }

  List<Endpoint> endpoints() {
    return List.of(
        get("/", request -> objectives()),
        get("/cascade", request -> cascade()),
        get("/key-results/:id", this::keyResult),
        post("/key-results/:id/check-ins", this::checkIn),
        post("/key-results/:id/statements", this::state),
        get("/runs", this::runs),
        get("/runs/:id", this::run),
        post("/runs/:id/release", request -> decide(request, HeldRuns::release)),
        post("/runs/:id/discard", request -> decide(request, HeldRuns::discard)),
        post("/sources/:name/runs", this::sync));
  }

  private Answer objectives() {
    Instant now = site.now();
    var view = ObjectivesView.of(site.objectives(), now, standing -> card(standing, now));
    return layout.page(200, "objectives", "Objectives", "objectives", view);
  }

  private Answer cascade() {
    return layout.page(200, "cascade", "Cascade", "objectives", CascadeView.of(site.objectives()));
  }

  private KeyResultCard card(Standing standing, Instant now) {
    var readings = site.history(standing.keyResult().id(), SPARKLINE_READINGS);
    return KeyResultCard.of(
        standing,
        readings,
        site.checkIns(standing.keyResult().id(), 1),
        new Moments(now, standing.keyResult().cycle().zone()));
  }

  private Answer keyResult(RoutingContext request) {
    String id = request.pathParam("id");
    return site.keyResult(id)
        .map(detail -> keyResult(request, detail, id))
        .orElseGet(() -> layout.missing("No key result is called '" + id + "'."));
  }

  private Answer keyResult(RoutingContext request, KeyResultDetail detail, String id) {
    ExplanationAsked asked =
        ExplanationAsked.of(request, detail.standing().keyResult().cycle().zone(), site.now());
    if (asked.problem() != null) {
      return refused(400, "Nothing can be explained: " + asked.problem() + ".");
    }
    var view =
        KeyResultView.of(
            detail,
            site.sources(),
            site.audit().explain(id, asked.from(), asked.to(), EXPLAINED_RECORDS).orElse(null),
            site.history(id, CHART_READINGS),
            site.checkIns(id, LISTED_CHECK_INS),
            site.removals(id, LISTED_REMOVALS),
            site.statements(id, LISTED_CHECK_INS),
            site.audit().restatement(detail.standing().keyResult()),
            site.now());
    return layout.page(
        200, "key-result", detail.standing().keyResult().title(), "objectives", view);
  }

  private Answer state(RoutingContext request) {
    String id = request.pathParam("id");
    Optional<KeyResultDetail> found = site.keyResult(id);
    if (found.isEmpty()) {
      return layout.missing("No key result is called '" + id + "'.");
    }
    try {
      KeyResult keyResult = found.get().standing().keyResult();
      site.state(StatementForm.of(keyResult, site.now(), request.request()::getFormAttribute));
      return Answer.seeOther(Addresses.keyResult(id) + "#statements");
    } catch (IllegalArgumentException e) {
      String why = "Nothing was noted: " + e.getMessage() + ".";
      return layout.page(400, "notice", "Not noted", "", new Notice("Not noted", why));
    }
  }

  private Answer checkIn(RoutingContext request) {
    String id = request.pathParam("id");
    if (site.keyResult(id).isEmpty()) {
      return layout.missing("No key result is called '" + id + "'.");
    }
    try {
      site.checkIn(CheckInForm.ofForm(request, id, site.now()));
      return Answer.seeOther(Addresses.keyResult(id) + "#check-ins");
    } catch (IllegalArgumentException e) {
      String why = "Nothing was noted: " + e.getMessage() + ".";
      return layout.page(400, "notice", "Not noted", "", new Notice("Not noted", why));
    }
  }

  private Answer runs(RoutingContext request) {
    RunsAsked asked = RunsAsked.of(request);
    if (asked.problem() != null) {
      String why = "These runs cannot be listed: " + asked.problem() + ".";
      return layout.page(400, "notice", "Not listed", "runs", new Notice("Not listed", why));
    }
    String unknown = asked.unknownSource(site);
    if (unknown != null) {
      return layout.missing(
          Sentences.unknownSource(unknown, RunsAsked.nearestSource(unknown, site)));
    }
    RunsView view = RunsView.of(asked.filter(), site, LISTED_RUNS);
    return layout.page(200, "runs", view.title(), "runs", view);
  }

  private Answer run(RoutingContext request) {
    String id = request.pathParam("id");
    return RunId.of(id)
        .flatMap(site::run)
        .map(this::run)
        .orElseGet(() -> layout.missing("No run is numbered '" + id + "'."));
  }

  private Answer run(SyncRun run) {
    Moments moments = layout.moments().ofEvidence();
    Differences found = site.differences(run.id(), LISTED_DIFFERENCES);
    Instant heldAt =
        site.audit().entries(EntryFilter.ofRun(run.id()).and(Action.RUN_HELD), 1).stream()
            .map(it -> it.entry().at())
            .findFirst()
            .orElse(null);
    SourceRow source =
        site.sources().stream()
            .filter(row -> row.name().equals(run.source()))
            .findFirst()
            .orElse(null);
    Hold hold = run.outcome() == Outcome.HELD ? Hold.of(run, site.held()) : null;
    RunView view = RunView.of(run, moved(run), found, heldAt, hold, source, moments);
    return layout.page(200, "run", "Run " + run.id(), "runs", view);
  }

  /** What it moved, called as the key results are called now. */
  private List<MoveRow> moved(SyncRun run) {
    List<KeyResultReading> readings = site.readingsOf(run.id(), RunView.LISTED);
    Map<String, KeyResult> known =
        readings.isEmpty()
            ? Map.of()
            : site.objectives().stream()
                .flatMap(it -> it.keyResults().stream())
                .map(Standing::keyResult)
                .collect(Collectors.toMap(KeyResult::id, it -> it));
    return readings.stream().map(it -> MoveRow.of(it, known.get(it.keyResult()))).toList();
  }

  private Answer sync(RoutingContext request) {
    String source = request.pathParam("name");
    try {
      return begun(
          source, site.trigger().trigger(source, AskedForm.ofForm(request, site), Trigger.MANUAL));
    } catch (IllegalArgumentException wrong) {
      return refused(400, "Nothing was begun: " + wrong.getMessage() + ".");
    }
  }

  private Answer begun(String source, SyncTrigger.Answer asked) {
    if (asked instanceof Started started) {
      return Answer.seeOther(Addresses.run(started.run()));
    }
    if (asked instanceof AlreadyRunning running) {
      return Answer.seeOther(Addresses.run(running.run()));
    }
    if (asked instanceof Held held) {
      return Answer.seeOther(Addresses.run(held.run()));
    }
    if (asked instanceof SyncTrigger.Answer.Refused refused) {
      return refused(409, refused.why() + ".");
    }
    return layout.missing(Sentences.unknownSource(source, ((UnknownSource) asked).nearest()));
  }

  private Answer decide(RoutingContext request, Api.Deciding deciding) {
    String id = request.pathParam("id");
    Optional<SyncRun> run = RunId.of(id).flatMap(site::run);
    if (run.isEmpty()) {
      return layout.missing("No run is numbered '" + id + "'.");
    }
    try {
      Decision decision = HoldForm.ofPage(request);
      var answer = deciding.decide(site.held(), run.get().id(), decision);
      return answer instanceof HeldRuns.Answer.Ended
          ? Answer.seeOther(Addresses.run(run.get().id()))
          : refused(409, HoldForm.refusal(answer));
    } catch (IllegalArgumentException wrong) {
      return refused(400, "Nothing was done: " + wrong.getMessage() + ".");
    }
  }

  private Answer refused(int status, String text) {
    return layout.page(status, "notice", "Not done", "runs", new Notice("Not done", text));
  }
}
