package io.okrsync.store;

import static java.util.Objects.requireNonNull;

import io.okrsync.audit.Action;
import io.okrsync.audit.Pruning;
import io.okrsync.audit.SealedEntry;
import io.okrsync.audit.Wording;
import io.okrsync.okr.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * All that is kept, row by row and in small transactions, so that a check of millions of rows holds
 * nobody up. Changes nothing.
 */
public final class Evidence {
  private final Database database;
  private final RowByRow rows;

  Evidence(Database database) {
    this.database = database;
    this.rows = new RowByRow(database);
  }

  /**
   * What is noted of which versions runs ended, or should be, where the versions say otherwise; of
   * runs that are not published, too, since what they ended is opened again by it.
   *
   * @param told how many versions say that they ended, as far as is known
   */
  public List<EndedVersion> wrongEnds(String source, long told) {
    return database.get(
        work -> {
          EndedVersions ended = work.ended(source);
          List<EndedVersion> wrong = new ArrayList<>(ended.untold());
          if (!wrong.isEmpty() || ended.count() != told) {
            wrong.addAll(ended.missing());
          }
          return wrong;
        });
  }

  /** What was counted, as of any run. */
  public Populations populations() {
    return new Populations(database);
  }

  /** The end of the chain as it is noted beside it; empty where somebody took that note away. */
  public Optional<AuditHead> head() {
    return database.get(
        work ->
            work
                .sql()
                .list(
                    "select sequence, hash from audit_head where id = 1",
                    row -> new AuditHead(row.getLong(1), row.getString(2)))
                .stream()
                .findFirst());
  }

  /** The audit entries up to this one, in order. */
  public void entries(long last, Consumer<SealedEntry> to) {
    entriesAfter(
        Long.MIN_VALUE,
        entry -> {
          if (entry.sequence() <= last) {
            to.accept(entry);
          }
        });
  }

  /** The audit entries after this one, in order, as many as there are by then. */
  public void entriesAfter(long sequence, Consumer<SealedEntry> to) {
    rows.each(
        sequence,
        (work, after) -> work.audit().after(after, RowByRow.AT_ONCE),
        SealedEntry::sequence,
        to);
  }

  /** All audit entries with this action, in order. */
  public List<SealedEntry> entries(String action) {
    return database.get(
        work ->
            work.sql()
                .list(
                    """
                    select sequence, at, actor, action, subject, detail, previous_hash, hash
                    from audit_entry where action = ? order by action, sequence
                    """,
                    StoredEntry::sealed,
                    action));
  }

  /** All bodies of record versions that were pruned, by the log. */
  public List<Pruning> prunings() {
    return entries(Action.RECORDS_PRUNED.label()).stream()
        .flatMap(it -> Pruning.of(it).stream())
        .toList();
  }

  /** Who has done what, by the log. */
  public List<ActorRow> actors() {
    return database.get(
        work ->
            work.sql()
                .list(
                    """
                    select actor, action, min(at), max(at), count(*) from audit_entry
                    group by actor, action order by actor, action
                    """,
                    row ->
                        new ActorRow(
                            row.getString(1),
                            row.getString(2),
                            requireNonNull(Sql.instant(row, 3)),
                            requireNonNull(Sql.instant(row, 4)),
                            row.getLong(5))));
  }

  /** All readings of key results, in order. */
  public void readings(Consumer<KeyResultReading> to) {
    rows.each(
        Long.MIN_VALUE,
        (work, after) -> work.history().after(after, RowByRow.AT_ONCE),
        KeyResultReading::id,
        to);
  }

  /** The same; told of one that cannot even be read, the next follows. */
  public void readings(
      Consumer<KeyResultReading> to, BiConsumer<Long, RuntimeException> unreadable) {
    rows.readable(
        "reading",
        (work, after, many) -> work.history().after(after, many),
        KeyResultReading::id,
        to,
        unreadable);
  }

  /** All that people stated, in order; told of one that cannot even be read, the next follows. */
  public void statements(Consumer<StatementRow> to, BiConsumer<Long, RuntimeException> unreadable) {
    rows.readable(
        "statement",
        (work, after, many) -> work.statements().after(after, many),
        StatementRow::id,
        to,
        unreadable);
  }

  /** All that people stated, in order. */
  public List<Statement> statements() {
    return database.get(work -> work.statements().all());
  }

  /** All check-ins, in order. */
  public void checkIns(Consumer<CheckInRow> to) {
    rows.each(
        Long.MIN_VALUE,
        (work, after) -> work.checkIns().after(after, RowByRow.AT_ONCE),
        CheckInRow::id,
        to);
  }

  public Optional<KeyResultReading> reading(long id) {
    return database.get(work -> work.history().after(id - 1, 1)).stream()
        .filter(it -> it.id() == id)
        .findFirst();
  }

  /** Whether a key result has a reading of this moment that was added after this one. */
  public boolean hasReadingAfter(long id, String keyResult, Instant at) {
    return database.get(
        work ->
            !work.sql()
                .list(
                    "select id from reading where key_result = ? and id > ? and at = ?",
                    row -> row.getLong(1),
                    keyResult,
                    id,
                    at)
                .isEmpty());
  }

  public Optional<RunRow> run(long id) {
    return database.get(work -> work.runs().stored(id).map(StoredRun::asRow));
  }

  /** All runs, in order. */
  public void runs(Consumer<RunRow> to) {
    rows.each(
        Long.MIN_VALUE,
        (work, after) -> work.runs().after(after, RowByRow.AT_ONCE),
        RunRow::id,
        to);
  }

  /** The same; told of one that cannot even be read, the next follows. */
  public void runs(Consumer<RunRow> to, BiConsumer<Long, RuntimeException> unreadable) {
    rows.readable(
        "sync_run",
        (work, after, many) -> work.runs().after(after, many),
        RunRow::id,
        to,
        unreadable);
  }

  /** Rows that belong to nothing that is there. */
  public List<Strays.Stray> strays() {
    return new Strays(database).all();
  }

  /** The seal of all that a run found that its counts alone do not tell. */
  public String foundSeal(long run) {
    return database.get(work -> work.differences().seal(run));
  }

  /** The runs that found something. */
  public List<Long> foundBy() {
    return database.get(
        work ->
            work.sql()
                .list("select distinct run from difference order by run", row -> row.getLong(1)));
  }

  /** When the last published run of a source began that moves on what is known of it. */
  public Optional<Instant> lastLiveRead(String source) {
    return database
        .get(
            work ->
                work.sql()
                    .list(
                        """
                        select started_at from sync_run
                        where source = ? and kind in ('SYNC', 'RECONCILE') and outcome in ('OK', 'OK_EMPTY')
                        order by source desc, id desc fetch first 1 row only
                        """,
                        row -> requireNonNull(Sql.instant(row, 1)),
                        source))
        .stream()
        .findFirst();
  }

  /** As of when a source is said to be known; empty where nothing is said. */
  public Optional<Instant> readAt(String source) {
    return database.get(work -> work.sources().stored(source).map(StoredSource::readAt));
  }

  /** The numbers of all stored configurations. */
  public List<Long> configurationVersions() {
    return database.get(
        work ->
            work.sql().list("select id from config_version order by id", row -> row.getLong(1)));
  }

  public Optional<ConfigurationText> configuration(long version) {
    return database.get(work -> work.configurations().stored(version));
  }

  /** The sources of which records are stored. */
  public List<String> sources() {
    return database.get(
        work ->
            work.sql()
                .list("select source from source_state order by source", row -> row.getString(1)));
  }

  /** The sources of which a run was published. */
  public List<String> publishedSources() {
    return database.get(
        work ->
            work.sql()
                .list(
                    "select distinct source from sync_run where outcome in ('OK', 'OK_EMPTY') order"
                        + " by source",
                    row -> row.getString(1)));
  }

  /** Whether there is a run of a source. */
  public boolean hasRun(String source) {
    return database.get(
        work ->
            !work.sql()
                .list(
                    "select 1 from sync_run where source = ? fetch first 1 row only",
                    row -> 1,
                    source)
                .isEmpty());
  }

  /** The last run of a source that says that it is published; 0 where there is none. */
  public long lastPublished(String source) {
    return database.get(
        work ->
            work.sql()
                .list(
                    "select coalesce(max(id), 0) from sync_run where source = ? and outcome in"
                        + " ('OK', 'OK_EMPTY')",
                    row -> row.getLong(1),
                    source)
                .get(0));
  }

  /** How many records a source is said to have; 0 where nothing is said. */
  public long recordCount(String source) {
    return database.get(
        work -> work.sources().stored(source).map(StoredSource::records).orElse(0L));
  }

  /** The last published run of a source; empty where there is none. */
  public Optional<Long> publishedRun(String source) {
    return database.get(work -> work.sources().stored(source).map(StoredSource::publishedRun));
  }

  /** The run that may have stored what nobody sees yet; empty where there is none. */
  public Optional<Long> unfinishedRun(String source) {
    return database.get(work -> work.sources().stored(source).map(StoredSource::unfinishedRun));
  }

  /** Those of these records that were there at a run, as they were then. */
  public List<RecordVersion> recordsAt(String source, Collection<String> ids, long run) {
    return database.get(work -> work.records(source).trueAt(ids, run));
  }

  /** All versions of all records of a source, record by record. */
  public void records(String source, Consumer<List<RecordVersion>> to) {
    rows.inOrder(
        "",
        (work, after) -> work.records(source).versionsAfter(after),
        RecordVersion::recordId,
        to);
  }

  /** The published runs of a source up to this one, in order. */
  public void sealedVersions(String source, long last, Consumer<SealedVersions> to) {
    rows.each(
        Long.MIN_VALUE,
        (work, after) ->
            work.sql()
                .list(
                    """
                    select id, versions from sync_run
                    where source = ? and id > ? and id <= ? and outcome in ('OK', 'OK_EMPTY')
                    order by source, id fetch first ? rows only
                    """,
                    row -> new SealedVersions(row.getLong(1), row.getString(2)),
                    source,
                    after,
                    last,
                    RowByRow.AT_ONCE),
        SealedVersions::run,
        to);
  }

  /**
   * The number of the audit entry that tells of a reading; empty where there is none. Of several of
   * the same moment it is the one that says what the reading is.
   */
  public Optional<Long> entryOf(KeyResultReading reading) {
    List<Told> told =
        database.get(
            work ->
                work.sql()
                    .list(
                        """
                        select sequence, detail from audit_entry
                        where subject = ? and at = ?
                          and action in
                            ('key-result.moved', 'key-result.recounted', 'key-result.missing')
                        order by sequence
                        """,
                        row -> new Told(row.getLong(1), row.getString(2)),
                        reading.keyResult(),
                        reading.at()));
    return told.stream()
        .filter(it -> it.tellsOf(reading))
        .findFirst()
        .or(() -> told.stream().findFirst())
        .map(Told::sequence);
  }

  private record Told(long sequence, String detail) {
    boolean tellsOf(KeyResultReading it) {
      return Wording.tells(detail, it.asChange(), it.run(), it.configVersion());
    }
  }

  /** Those of these records that the source did not have any more as of a run. */
  public Set<String> gone(String source, Collection<String> records, long run) {
    Set<String> gone = new TreeSet<>(records);
    gone.removeAll(
        database.get(
            work ->
                work.sql()
                    .list(
                        "select v.record_id"
                            + work.sql().among("record_version", "v")
                            + "v.source = ? and v.since_run <= ?"
                            + " and (v.until_run is null or v.until_run > ?)",
                        row -> row.getString(1),
                        records,
                        source,
                        run,
                        run)));
    return gone;
  }

  /** The run that read each of these records first; what became of it since does not matter. */
  public Map<String, Long> firstRuns(String source, Collection<String> records) {
    Map<String, Long> first = new HashMap<>();
    database
        .get(
            work ->
                work.sql()
                    .list(
                        "select v.record_id, min(v.since_run)"
                            + work.sql().among("record_version", "v")
                            + "v.source = ? group by v.record_id",
                        row -> Map.entry(row.getString(1), row.getLong(2)),
                        records,
                        source))
        .forEach(it -> first.put(it.getKey(), it.getValue()));
    return first;
  }

  /** The last version of a record up to a run, whether it was still true then or not. */
  public Optional<RecordVersion> record(String source, String id, long run) {
    return database.get(work -> work.records(source).versionAt(id, run));
  }

  /** When the last run of a source before this one began that was published. */
  public Optional<Instant> publishedBefore(String source, long run) {
    return database
        .get(
            work ->
                work.sql()
                    .list(
                        """
                        select started_at from sync_run
                        where source = ? and id < ? and outcome in ('OK', 'OK_EMPTY')
                        order by source desc, id desc fetch first 1 row only
                        """,
                        row -> Objects.requireNonNull(Sql.instant(row, 1)),
                        source,
                        run))
        .stream()
        .findFirst();
  }

  /**
   * The readings of a key result between two moments, in order, and before them the one that was
   * current at the first.
   */
  public List<KeyResultReading> readings(String keyResult, Instant from, Instant to) {
    return database.get(work -> work.history().between(keyResult, from, to));
  }

  /**
   * The last reading of a key result up to each of these moments, in order, without those that an
   * earlier moment has.
   */
  public List<KeyResultReading> lastOfEach(String keyResult, NavigableSet<Instant> moments) {
    return database.get(work -> work.history().lastOfEach(keyResult, moments));
  }

  /** The latest reading of each of these that has one, by its id. */
  public Map<String, KeyResultReading> latest(Collection<String> keyResults) {
    return database.get(work -> work.history().latest(keyResults));
  }

  /** When the value of a key result changed last; empty where it never did. */
  public Optional<Instant> lastChange(String keyResult) {
    return database
        .get(
            work ->
                work.sql()
                    .list(
                        """
                        select at from reading
                        where key_result = ? and new_value <> previous_value
                        order by key_result desc, id desc fetch first 1 row only
                        """,
                        row -> Objects.requireNonNull(Sql.instant(row, 1)),
                        keyResult))
        .stream()
        .findFirst();
  }

  /** The configurations that were in force between two moments, the one at the first included. */
  public List<ConfigurationText> configurations(Instant from, Instant to) {
    return database
        .get(
            work ->
                work.sql()
                    .list(
                        """
                        select id from config_version where loaded_at <= ? and id >= coalesce(
                          (select max(id) from config_version where loaded_at <= ?), 0)
                        order by id
                        """,
                        row -> row.getLong(1),
                        to,
                        from))
        .stream()
        .flatMap(it -> configuration(it).stream())
        .toList();
  }
}
