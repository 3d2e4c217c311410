package io.okrsync.store;

import static java.util.stream.Collectors.toMap;

import io.okrsync.measure.Decimals;
import io.okrsync.okr.KeyResultChange;
import io.okrsync.okr.ValueAt;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * The readings of key results: appended, never changed. Questions about many key results are asked
 * once, and each looks up the end of their histories: H2 takes that from the index only if the
 * order names its columns from the first on.
 */
final class KeyResultHistory {
  private static final String LATEST =
      """
      (select latest.id from reading latest where latest.key_result = asked.id%s
       order by latest.key_result desc, latest.id desc fetch first 1 row only)
      """;

  private static final String ASKED = "unnest(cast(:keyResults as varchar array)) as asked (id)";

  private final StatelessSession session;
  private final Sql sql;

  KeyResultHistory(StatelessSession session, Sql sql) {
    this.session = session;
    this.sql = sql;
  }

  /** See {@link Store#readingOfOthers}. */
  Optional<Long> ofOthers(long version) throws SQLException {
    return sql
        .list(
            """
            select r.id from reading r
            join config_version theirs on theirs.id = r.config_version
            join config_version own on own.id = ?
            where r.id = (select max(id) from reading)
              and own.id = (select max(id) from config_version)
              and theirs.digest <> own.digest
            """,
            row -> row.getLong(1),
            version)
        .stream()
        .findFirst();
  }

  /** In their order, and in one batch. */
  void append(List<KeyResultChange> changes, @Nullable Long run, long configVersion)
      throws SQLException {
    sql.batch(
        """
        insert into reading
          (key_result, new_value, previous_value, reason, cause, at, run, config_version, inputs)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        changes.stream().map(it -> row(it, run, configVersion)).toList());
  }

  private static @Nullable Object[] row(
      KeyResultChange change, @Nullable Long run, long configVersion) {
    return Sql.row(
        change.keyResult(),
        change.to(),
        change.from(),
        change.reason(),
        change.cause().name(),
        change.at(),
        run,
        configVersion,
        InputsAsJson.write(change.inputs()));
  }

  List<KeyResultReading> newest(String keyResult, int limit) {
    return session
        .createNativeQuery(
            """
            select * from reading where key_result = :keyResult
            order by key_result desc, id desc
            """,
            StoredReading.class)
        .setParameter("keyResult", keyResult)
        .setMaxResults(limit)
        .getResultStream()
        .map(StoredReading::asRow)
        .toList();
  }

  /** What a run moved, in order. */
  List<KeyResultReading> ofRun(long run, int limit) {
    return session
        .createNativeQuery(
            "select * from reading where run = :run order by run, id", StoredReading.class)
        .setParameter("run", run)
        .setMaxResults(limit)
        .getResultStream()
        .map(StoredReading::asRow)
        .toList();
  }

  /** The values that were read from a moment on, oldest first. */
  List<ValueAt> course(String keyResult, Instant from) throws SQLException {
    return sql.list(
        """
        select at, new_value from reading
        where key_result = ? and at >= ? and new_value is not null
        order by key_result, id
        """,
        row ->
            new ValueAt(
                Objects.requireNonNull(Sql.instant(row, 1), "a reading is dated"),
                Decimals.rounded(row.getBigDecimal(2))),
        keyResult,
        from);
  }

  /** Those between two moments, in order, and before them the one that was current at the first. */
  List<KeyResultReading> between(String keyResult, Instant from, Instant to) {
    return session
        .createNativeQuery(
            """
            select * from reading
            where key_result = :keyResult and at <= :to and id >= coalesce(
              (select id from reading
               where key_result = :keyResult and at <= :from and reason is null
               order by key_result desc, id desc fetch first 1 row only), 0)
            order by id
            """,
            StoredReading.class)
        .setParameter("keyResult", keyResult)
        .setParameter("from", from)
        .setParameter("to", to)
        .getResultStream()
        .map(StoredReading::asRow)
        .toList();
  }

  /** The last one up to each of these moments, without those that an earlier moment has. */
  List<KeyResultReading> lastOfEach(String keyResult, NavigableSet<Instant> moments)
      throws SQLException {
    Map<Instant, Long> last = new HashMap<>();
    sql.each(
        "select id, at from reading where key_result = ? and at <= ? order by key_result, id",
        row ->
            last.put(
                moments.ceiling(Objects.requireNonNull(Sql.instant(row, 2), "a reading is dated")),
                row.getLong(1)),
        keyResult,
        moments.last());
    return session
        .createNativeQuery(
            "select * from reading where id = any (cast(:ids as bigint array)) order by id",
            StoredReading.class)
        .setParameter("ids", last.values().toArray(Long[]::new))
        .getResultStream()
        .map(StoredReading::asRow)
        .toList();
  }

  /** The next readings after this one, of all key results, in order. */
  List<KeyResultReading> after(long id, int limit) {
    return session
        .createNativeQuery(
            "select * from reading where id > :after order by id", StoredReading.class)
        .setParameter("after", id)
        .setMaxResults(limit)
        .getResultStream()
        .map(StoredReading::asRow)
        .toList();
  }

  /** Since when each of these whose latest reading has a reason could not be read, by its id. */
  Map<String, Instant> unreadableSince(Collection<String> keyResults) {
    return session
        .createNativeQuery(
            "select r.key_result, min(r.at) as since from "
                + ASKED
                + " join reading r on r.key_result = asked.id and r.id > coalesce("
                + LATEST.formatted(" and latest.reason is null")
                + ", 0) group by r.key_result",
            Object[].class)
        .addScalar("key_result", String.class)
        .addScalar("since", Instant.class)
        .setParameter("keyResults", keyResults.toArray(String[]::new))
        .getResultStream()
        .collect(toMap(row -> (String) row[0], row -> (Instant) row[1]));
  }

  /** The latest reading of each of these that has one, by its id. */
  Map<String, KeyResultReading> latest(Collection<String> keyResults) {
    return session
        .createNativeQuery(
            "select r.* from (select "
                + LATEST.formatted("")
                + " as id from "
                + ASKED
                + ") newest join reading r on r.id = newest.id",
            StoredReading.class)
        .setParameter("keyResults", keyResults.toArray(String[]::new))
        .getResultStream()
        .map(StoredReading::asRow)
        .collect(toMap(KeyResultReading::keyResult, reading -> reading));
  }
}
