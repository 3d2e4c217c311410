package io.okrsync.web;

import io.okrsync.okr.Statement;
import io.okrsync.okr.Statement.Kind;

/**
 * What a person stated about a key result, on a page.
 *
 * @param what such as {@code override, 24%, until 1 Dec 2026}
 * @param link empty where there is none
 */
public record StatementRow(Moment at, String by, String what, String reason, String link) {

  static StatementRow of(Statement said, String unit, Moments moments) {
    String value =
        said.value() == null
            ? said.kind() == Kind.OVERRIDE ? " ends" : ""
            : ", " + Figures.exactWithUnit(said.value(), unit);
    String until = said.until() == null ? "" : ", until " + moments.at(said.until()).text();
    return new StatementRow(
        moments.relative(said.at()),
        said.by(),
        said.kind().label() + value + until,
        said.reason(),
        said.link());
  }
}
