package io.okrsync.store;

import static java.util.stream.Collectors.toMap;

import io.okrsync.okr.KeyResultChange;
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
        .createSelectionQuery(
            "from StoredReading where keyResult = :keyResult order by id desc", StoredReading.class)
        .setParameter("keyResult", keyResult)
        .setMaxResults(limit)
        .getResultStream()
        .map(StoredReading::asRow)
        .toList();
  }

  /** The latest reading of each key result, by its id. */
  Map<String, KeyResultReading> latestOfEach() {
    return session
        .createSelectionQuery(
            "from StoredReading where id in (select max(id) from StoredReading group by keyResult)",
            StoredReading.class)
        .getResultStream()
        .map(StoredReading::asRow)
        .collect(toMap(KeyResultReading::keyResult, reading -> reading));
  }
}
