package io.okrsync.store;

import static java.util.stream.Collectors.toMap;

import io.okrsync.sync.Outcome;
import io.okrsync.sync.RunFilter;
import io.okrsync.sync.RunKind;
import io.okrsync.sync.SyncRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** The runs that are stored. */
final class Runs {
  private final StatelessSession session;
  private final int process;

  /**
   * @param process who asks
   */
  Runs(StatelessSession session, int process) {
    this.session = session;
    this.process = process;
  }

  StoredRun add(StoredRun run) {
    session.insert(run);
    return run;
  }

  void update(StoredRun run) {
    session.update(run);
  }

  Optional<StoredRun> stored(long id) {
    return Optional.ofNullable(session.get(StoredRun.class, id));
  }

  /**
   * The same, locked until the transaction ends: whoever changes a run reads it so, or what another
   * process has stored of it meanwhile would be undone. A transaction that also needs the source
   * locks that first, always.
   */
  Optional<StoredRun> locked(long id) {
    return Optional.ofNullable(session.get(StoredRun.class, id, LockMode.PESSIMISTIC_WRITE));
  }

  /**
   * The run as it is stored, {@linkplain #locked locked}.
   *
   * @throws IllegalStateException when it is not at work
   * @throws AtWorkElsewhere when another process has taken it over, or ended it, as it may where
   *     this one seemed to be gone
   */
  StoredRun atWork(SyncRun run) {
    StoredRun stored =
        locked(run.id())
            .orElseThrow(() -> new IllegalStateException("there is no run " + run.id()));
    if (!stored.isOf(process)) {
      throw new AtWorkElsewhere(stored.asRun());
    }
    if (!stored.isRunning()) {
      throw new IllegalStateException(
          "run %d has ended: %s".formatted(run.id(), stored.asRun().outcome()));
    }
    return stored;
  }

  /** The runs at work; there are few sources, and many runs. */
  List<StoredRun> allAtWork() {
    return session
        .createNativeQuery(
            """
            select run.* from source_state state join sync_run run on run.id = state.unfinished_run
            where run.outcome = :outcome order by run.id
            """,
            StoredRun.class)
        .setParameter("outcome", Outcome.RUNNING.name())
        .getResultList();
  }

  /** The latest of the runs that are wanted, newest first. */
  List<SyncRun> latest(RunFilter filter, int limit) {
    Map<String, Object> wanted = new LinkedHashMap<>();
    if (filter.source() != null) {
      wanted.put("source = :source", filter.source());
    }
    if (filter.outcome() != null) {
      wanted.put("outcome = :outcome", filter.outcome().name());
    }
    if (filter.before() != null) {
      wanted.put("id < :before", filter.before());
    }
    String where = wanted.isEmpty() ? "" : " where " + String.join(" and ", wanted.keySet());
    // H2 reads sync_run_by_source from its end, instead of sorting all, only when told its columns
    String order = filter.source() == null ? "id desc" : "source desc, id desc";
    var query =
        session.createNativeQuery(
            "select * from sync_run" + where + " order by " + order, StoredRun.class);
    wanted.forEach(
        (condition, value) ->
            query.setParameter(condition.substring(condition.indexOf(':') + 1), value));
    return query.setMaxResults(limit).getResultStream().map(StoredRun::asRun).toList();
  }

  /** The next runs after this one, in order. */
  List<RunRow> after(long id, int limit) {
    return session
        .createNativeQuery("select * from sync_run where id > :after order by id", StoredRun.class)
        .setParameter("after", id)
        .setMaxResults(limit)
        .getResultStream()
        .map(StoredRun::asRow)
        .toList();
  }

  /** The last run of these kinds that was to read everything, or all ids, however it ended. */
  Optional<SyncRun> lastOfEverything(String source, Set<RunKind> kinds) {
    return session
        .createNativeQuery(
            """
            select * from sync_run
            where source = :source and since_at is null
              and outcome <> 'SKIPPED' and kind in (:kinds)
            order by source desc, id desc
            """,
            StoredRun.class)
        .setParameter("source", source)
        .setParameterList("kinds", kinds.stream().map(Enum::name).toList())
        .setMaxResults(1)
        .getResultStream()
        .map(StoredRun::asRun)
        .findFirst();
  }

  /** What has been told of the source before this run. */
  LooksBefore looksBefore(StoredSource source, StoredRun run) {
    @Nullable StoredRun last =
        Optional.ofNullable(source.lookedRun()).flatMap(this::stored).orElse(null);
    if (last == null) {
      return new LooksBefore(null, false, null);
    }
    Long all = published("max(id)", "since_at is null", source, run, last.id());
    Long otherwise = published("max(id)", "definition <> :definition", source, run, last.id());
    return new LooksBefore(last, all != null && all == last.id(), otherwise);
  }

  /** The first published run after that one, and before this, that read the source as this does. */
  @Nullable Long firstAlike(StoredSource source, StoredRun run, long after) {
    return published("min(id)", "definition = :definition", source, run, after + 1);
  }

  private @Nullable Long published(
      String which, String where, StoredSource source, StoredRun run, long from) {
    var query =
        session
            .createNativeQuery(
                """
                select %s from sync_run where source = :source and id >= :from and id < :run
                  and outcome in ('OK', 'OK_EMPTY') and %s
                """
                    .formatted(which, where),
                Long.class)
            .setParameter("source", source.source())
            .setParameter("from", from)
            .setParameter("run", run.id());
    if (where.contains(":definition")) {
      query.setParameter("definition", run.definition());
    }
    return query.getSingleResultOrNull();
  }

  /** The latest runs of the source other than skipped ones, newest first. */
  List<SyncRun> begun(String source, int limit) {
    return session
        .createNativeQuery(
            """
            select * from sync_run where source = :source and outcome <> 'SKIPPED'
            order by source desc, id desc
            """,
            StoredRun.class)
        .setParameter("source", source)
        .setMaxResults(limit)
        .getResultStream()
        .map(StoredRun::asRun)
        .toList();
  }

  /** The last run of each source, other than skipped ones, by the source's name. */
  Map<String, SyncRun> lastOfEach() {
    return session
        .createNativeQuery(
            """
            select * from sync_run
            where id in (select max(id) from sync_run where outcome <> 'SKIPPED' group by source)
            """,
            StoredRun.class)
        .getResultStream()
        .map(StoredRun::asRun)
        .collect(toMap(SyncRun::source, run -> run));
  }
}
