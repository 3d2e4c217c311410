package io.okrsync.store;

import static java.util.stream.Collectors.toMap;

import io.okrsync.okr.KeyResultChange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** The readings of key results: appended, never changed. */
final class KeyResultHistory {
  private final StatelessSession session;

  KeyResultHistory(StatelessSession session) {
    this.session = session;
  }

  void append(KeyResultChange change, @Nullable Long run, long configVersion) {
    session.insert(new StoredReading(change, run, configVersion));
  }

  Optional<KeyResultReading> latest(String keyResult) {
    return newest(keyResult, 1).stream().findFirst();
  }

  List<KeyResultReading> newest(String keyResult, int limit) {
    return session
        .createNativeQuery(
            "select * from reading where key_result = :keyResult order by id desc",
            StoredReading.class)
        .setParameter("keyResult", keyResult)
        .setMaxResults(limit)
        .getResultStream()
        .map(StoredReading::asRow)
        .toList();
  }

  /** Since when each key result whose latest reading has a reason could not be read, by its id. */
  Map<String, Instant> unreadableSince() {
    return session
        .createNativeQuery(
            """
            select key_result, min(at) as since from reading r
            where reason is not null and id > coalesce(
              (select max(good.id) from reading good
               where good.key_result = r.key_result and good.reason is null), 0)
            group by key_result
            """,
            Object[].class)
        .addScalar("key_result", String.class)
        .addScalar("since", Instant.class)
        .getResultStream()
        .collect(toMap(row -> (String) row[0], row -> (Instant) row[1]));
  }

  /** The latest reading of each key result, by its id. */
  Map<String, KeyResultReading> latestOfEach() {
    return session
        .createNativeQuery(
            "select * from reading where id in (select max(id) from reading group by key_result)",
            StoredReading.class)
        .getResultStream()
        .map(StoredReading::asRow)
        .collect(toMap(KeyResultReading::keyResult, reading -> reading));
  }
}
