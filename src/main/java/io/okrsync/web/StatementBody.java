package io.okrsync.web;

import io.okrsync.okr.Statement;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a person stated about a key result, as the API gives it.
 *
 * @param value null of a learning, and where an override ends before its time
 * @param link empty where none was given
 * @param until the first moment at which an override does not hold any more; null where there is
 *     none
 */
public record StatementBody(
    String at,
    String by,
    String kind,
    @Nullable BigDecimal value,
    String reason,
    String link,
    @Nullable String until) {
  /** As it is. */
  public static StatementBody of(Statement said) {
    return new StatementBody(
        said.at().toString(),
        said.by(),
        said.kind().label(),
        said.value(),
        said.reason(),
        said.link(),
        Json.time(said.until()));
  }
}
