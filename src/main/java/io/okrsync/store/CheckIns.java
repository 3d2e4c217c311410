package io.okrsync.store;

import io.okrsync.okr.CheckIn;
import java.util.List;
import org.hibernate.StatelessSession;

/** What people said about key results: appended, never changed. */
final class CheckIns {
  private final StatelessSession session;

  CheckIns(StatelessSession session) {
    this.session = session;
  }

  void append(CheckIn said) {
    session.insert(new StoredCheckIn(said));
  }

  /** The next after this one, in order. */
  List<CheckInRow> after(long id, int limit) {
    return session
        .createNativeQuery(
            "select * from check_in where id > :after order by id", StoredCheckIn.class)
        .setParameter("after", id)
        .setMaxResults(limit)
        .getResultStream()
        .map(StoredCheckIn::asRow)
        .toList();
  }

  List<CheckIn> newest(String keyResult, int limit) {
    return session
        .createNativeQuery(
            "select * from check_in where key_result = :keyResult order by id desc",
            StoredCheckIn.class)
        .setParameter("keyResult", keyResult)
        .setMaxResults(limit)
        .getResultStream()
        .map(StoredCheckIn::asCheckIn)
        .toList();
  }
}
