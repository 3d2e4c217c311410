package io.okrsync.web;

import static io.okrsync.web.Endpoint.get;
import static io.okrsync.web.Endpoint.post;

import io.okrsync.okr.AsOf;
import io.okrsync.okr.Statement;
import io.okrsync.store.KeyResultReading;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The pages on which a number is checked: the log, receipts, and what was believed. */
final class AuditPages {
  private static final int LISTED_ENTRIES = 100;

  private final Site site;
  private final Layout layout;

  AuditPages(Site site, Layout layout) {
    this.site = site;
    this.layout = layout;
  }

  List<Endpoint> endpoints() {
    return List.of(
        get("/readings/:id", this::reading),
        get("/as-of", this::asOf),
        get("/audit", this::audit),
        post("/audit/check", request -> check()));
  }

  private Answer reading(RoutingContext request) {
    String id = request.pathParam("id");
    return RunId.of(id)
        .flatMap(site.audit()::reading)
        .map(
            found ->
                LineageView.of(found, holding(found.reading()), layout.moments(found.keyResult())))
        .map(view -> layout.page(200, "reading", "Receipt of reading " + id, "audit", view))
        .orElseGet(() -> layout.missing("No reading is numbered '" + id + "'."));
  }

  /** The override that holds over a reading now: over the newest one, where there is one. */
  private @Nullable Statement holding(KeyResultReading reading) {
    return site.history(reading.keyResult(), 1).stream()
        .filter(it -> it.id() == reading.id())
        .flatMap(it -> site.keyResult(it.keyResult()).stream())
        .map(it -> it.standing().marks().override())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private Answer asOf(RoutingContext request) {
    String asked = String.join(" ", request.queryParam("at")).strip();
    Unknown unknown = KnownParameters.unknown(request, List.of("at"));
    if (unknown != null) {
      return asOf(400, AsOfView.refused(asked, unknown.detail()));
    }
    try {
      AsOf at = asked.isEmpty() ? new AsOf("at", null, site.now()) : AsOf.of("at", asked);
      return asOf(200, AsOfView.of(asked, site.audit().beliefs(at), layout.moments()));
    } catch (IllegalArgumentException wrong) {
      return asOf(400, AsOfView.refused(asked, String.valueOf(wrong.getMessage())));
    } catch (IllegalStateException lost) {
      return asOf(409, AsOfView.refused(asked, String.valueOf(lost.getMessage())));
    }
  }

  private Answer asOf(int status, AsOfView view) {
    return layout.page(status, "as-of", "What was believed", "audit", view);
  }

  private Answer audit(RoutingContext request) {
    AuditView view =
        AuditView.of(EntriesAsked.ofPage(request), site, layout.moments(), LISTED_ENTRIES);
    return layout.page(view.status(), "audit", "Audit log", "audit", view);
  }

  private Answer check() {
    site.audit().check();
    return Answer.seeOther("/audit");
  }
}
