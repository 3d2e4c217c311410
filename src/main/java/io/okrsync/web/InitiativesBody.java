package io.okrsync.web;

import io.okrsync.okr.Initiative;
import io.okrsync.okr.Initiatives;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The issues that are linked to a key result, as the API gives them.
 *
 * @param measure what selects them
 * @param run the run that read them; null while their source was never read
 */
record InitiativesBody(
    String measure,
    @Nullable Long run,
    long open,
    long overdue,
    long blocked,
    long done,
    List<InitiativeBody> items) {

  static InitiativesBody of(Initiatives initiatives) {
    return new InitiativesBody(
        initiatives.measure(),
        initiatives.run(),
        initiatives.open(),
        initiatives.overdue(),
        initiatives.blocked(),
        initiatives.done(),
        initiatives.all().stream().map(it -> InitiativeBody.of(it, initiatives.now())).toList());
  }

  /** One issue. */
  record InitiativeBody(
      String source,
      String id,
      @Nullable String title,
      @Nullable String url,
      String status,
      String assignee,
      @Nullable String due,
      boolean done,
      boolean overdue,
      boolean blocked) {
    static InitiativeBody of(Initiative it, Instant now) {
      return new InitiativeBody(
          it.source(),
          it.id(),
          it.title(),
          it.url(),
          it.status(),
          it.assignee(),
          Json.time(it.due()),
          it.done(),
          it.isOverdue(now),
          it.blocked());
    }
  }
}
