package io.okrsync.store;

import io.okrsync.sync.SyncRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** How far each source has been read. */
final class Sources {
  private final StatelessSession session;
  private final boolean isShared;

  /**
   * @param isShared whether other processes may use the database at the same time
   */
  Sources(StatelessSession session, boolean isShared) {
    this.session = session;
    this.isShared = isShared;
  }

  /**
   * The source, locked until the transaction ends. A transaction that also needs the head of the
   * audit chain locks the source first, always.
   */
  StoredSource locked(String source) {
    StoredSource stored = session.get(StoredSource.class, source, LockMode.PESSIMISTIC_WRITE);
    if (stored != null) {
      return stored;
    }
    insert(source);
    return session.get(StoredSource.class, source, LockMode.PESSIMISTIC_WRITE);
  }

  /** Or leaves it to another process that does so at the same moment. */
  private void insert(String source) {
    session
        .createNativeMutationQuery(
            "insert into source_state (source, records, looks_owed) values (:source, 0, 0)"
                + (isShared ? " on conflict do nothing" : ""))
        .setParameter("source", source)
        .executeUpdate();
  }

  Optional<StoredSource> stored(String source) {
    return Optional.ofNullable(session.get(StoredSource.class, source));
  }

  void update(StoredSource source) {
    session.update(source);
  }

  /** Every source that ever had a run, by name. */
  Map<String, SourceState> states(Map<String, SyncRun> lastRuns) {
    Map<String, SourceState> states = new LinkedHashMap<>();
    lastRuns.forEach(
        (source, run) -> states.put(source, new StoredSource(source).asRow(null, run)));
    List<StoredSource> stored =
        session
            .createNativeQuery("select * from source_state order by source", StoredSource.class)
            .getResultList();
    stored.forEach(
        it -> states.put(it.source(), it.asRow(incomplete(it), lastRuns.get(it.source()))));
    return states;
  }

  private @Nullable SyncRun incomplete(StoredSource source) {
    Long run = source.incompleteRun();
    return run == null ? null : session.get(StoredRun.class, run).asRun();
  }
}
