package io.okrsync.store;

import io.okrsync.measure.Decimals;
import io.okrsync.okr.Statement;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A statement. It is born when a person says it, and nothing changes it. */
@Entity
@Table(name = "statement")
final class StoredStatement {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private @Nullable Long id;

  private String keyResult;

  @Enumerated(EnumType.STRING)
  private Statement.Kind kind;

  private Instant at;
  private String person;
  private @Nullable BigDecimal stated;
  private String reason;
  private String link;
  private @Nullable Instant until;

  @SuppressWarnings("NullAway.Init")
  StoredStatement() {}

  StoredStatement(Statement said) {
    this.keyResult = said.keyResult();
    this.kind = said.kind();
    this.at = said.at();
    this.person = said.by();
    this.stated = said.value();
    this.reason = said.reason();
    this.link = said.link();
    this.until = said.until();
  }

  /**
   * As it is stored.
   *
   * @throws IllegalStateException where its words are none that a statement has: blanks at their
   *     ends, say, which nobody would see
   */
  StatementRow asRow() {
    long number = Objects.requireNonNull(id, "a statement has an id once it is stored");
    Statement read = asStatement();
    if (!(read.by().equals(person) && read.reason().equals(reason) && read.link().equals(link))) {
      throw new IllegalStateException(
          "its words were changed: blanks or invisible characters, which are not kept, were added");
    }
    return new StatementRow(number, read);
  }

  Statement asStatement() {
    return new Statement(
        keyResult,
        kind,
        at,
        person,
        stated == null ? null : Decimals.rounded(stated),
        reason,
        link,
        until);
  }
}
