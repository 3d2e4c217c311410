package io.okrsync.store;

import static java.util.stream.Collectors.toMap;

import io.okrsync.okr.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.hibernate.StatelessSession;

/** What people stated about key results: appended, never changed. */
final class Statements {
  private final StatelessSession session;

  Statements(StatelessSession session) {
    this.session = session;
  }

  void append(Statement said) {
    session.insert(new StoredStatement(said));
  }

  List<Statement> newest(String keyResult, int limit) {
    return session
        .createNativeQuery(
            "select * from statement where key_result = :keyResult order by id desc",
            StoredStatement.class)
        .setParameter("keyResult", keyResult)
        .setMaxResults(limit)
        .getResultStream()
        .map(StoredStatement::asStatement)
        .toList();
  }

  /** All, in order. */
  List<Statement> all() {
    return session
        .createNativeQuery("select * from statement order by id", StoredStatement.class)
        .getResultStream()
        .map(StoredStatement::asStatement)
        .toList();
  }

  /** The next after this one, in order. */
  List<StatementRow> after(long id, int limit) {
    return session
        .createNativeQuery(
            "select * from statement where id > :after order by id", StoredStatement.class)
        .setParameter("after", id)
        .setMaxResults(limit)
        .getResultStream()
        .map(StoredStatement::asRow)
        .toList();
  }

  /** The latest override of each of these key results that has one, ended or not, by its id. */
  Map<String, Statement> overrides(Collection<String> keyResults) {
    return session
        .createNativeQuery(
            """
            select * from statement where id in (
              select max(id) from statement
              where kind = 'OVERRIDE' and key_result = any (cast(:keyResults as varchar array))
              group by key_result)
            """,
            StoredStatement.class)
        .setParameter("keyResults", keyResults.toArray(String[]::new))
        .getResultStream()
        .map(StoredStatement::asStatement)
        .collect(toMap(Statement::keyResult, it -> it));
  }
}
