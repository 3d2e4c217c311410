package io.okrsync.store;

import io.okrsync.audit.AuditEntry;
import io.okrsync.audit.EntryFilter;
import io.okrsync.audit.SealedEntry;
import io.okrsync.connector.Page;
import io.okrsync.connector.Source;
import io.okrsync.connector.SourceMemory;
import io.okrsync.measure.Measure;
import io.okrsync.measure.Window;
import io.okrsync.okr.CheckIn;
import io.okrsync.okr.KeyResultChange;
import io.okrsync.okr.Statement;
import io.okrsync.okr.ValueAt;
import io.okrsync.sync.Asked;
import io.okrsync.sync.Decision;
import io.okrsync.sync.Difference;
import io.okrsync.sync.Differences;
import io.okrsync.sync.RunFilter;
import io.okrsync.sync.RunKind;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept. Each method that changes what is seen does so in one transaction: it holds as a
 * whole, or it never happened. What a run stores is seen by nobody until the run is published.
 */
public final class Store implements AutoCloseable {
  private final Database database;
  private final SourceLocks locks = new SourceLocks();
  private final SourceMemory memory;
  private final Presence presence;

  private Store(Database database) {
    this.database = database;
    this.memory = new StoredMemory(database);
    this.presence = database.presence();
  }

  /**
   * Opens the database, makes it when it is missing, and brings its tables up to date.
   *
   * @throws StoreMissing when it is missing and the settings ask for one that {@linkplain
   *     StoreSettings#existing is there}
   * @throws StoreUnavailable when it cannot be used; the message says what to do
   */
  public static Store open(StoreSettings settings) {
    return new Store(Opening.open(settings));
  }

  /**
   * Closes it before anything was put into it; a file that was made by opening it is removed, so
   * that a service that could not begin leaves nothing behind.
   */
  public void abandon() {
    if (database.isNew()) {
      database.deleteFiles();
    }
    close();
  }

  /**
   * A configuration is in force from now on.
   *
   * @param digest of its files; the same as last time changes nothing
   * @param files the text of each file by its name
   * @param defined what they came to, as canonical JSON
   * @return the version under which readings name it
   */
  public long configurationLoaded(
      String digest, Map<String, String> files, String defined, Instant at) {
    return database.change(
        work -> {
          work.audit().lock();
          Optional<StoredConfiguration> latest = work.configurations().latest();
          if (latest.isPresent() && latest.get().has(digest)) {
            return latest.get().id();
          }
          long id =
              work.configurations()
                  .add(new StoredConfiguration(digest, files, defined, micros(at)));
          work.audit().configurationLoaded(id, digest, new TreeSet<>(files.keySet()), defined, at);
          return id;
        });
  }

  /**
   * Begins a run, or lets the unfinished one go on under its id, with its place and its counts.
   * That one goes on if the source is defined as it was and the page that led to its place came 26
   * hours ago at most; otherwise all it stored is discarded.
   *
   * @param definition a digest of all that decides what the source returns; another one means that
   *     everything is read again
   * @param incremental whether the source can be asked for what changed only
   * @throws AtWorkElsewhere when another process is reading it
   */
  public SyncRun begin(
      Source source, String definition, Trigger trigger, boolean incremental, Instant now) {
    return begin(source, definition, trigger, Asked.SYNC, incremental, now);
  }

  /**
   * The same, for what is asked. A run that was cut off goes on whatever is asked; one that is no
   * live run also when its place is lost: from the start.
   */
  public SyncRun begin(
      Source source,
      String definition,
      Trigger trigger,
      Asked asked,
      boolean incremental,
      Instant now) {
    database.announce();
    return locks.holding(
        source.name(),
        () ->
            database.change(
                work ->
                    new RunStarter(work, presence)
                        .begin(source, definition, trigger, asked, incremental, micros(now))));
  }

  /**
   * Begins a run of what a source has sent by itself; one that was cut off is discarded, since its
   * sender was not told that it arrived and sends again.
   *
   * @param complete whether what it sent is all there is
   * @param request names the request; when the same one came before, its run is returned as it
   *     ended, and nothing happens
   */
  public PushedRun beginPushed(
      Source source, String definition, boolean complete, String request, Instant now) {
    database.announce();
    return locks.holding(
        source.name(),
        () ->
            database.change(
                work ->
                    new RunStarter(work, presence)
                        .push(source, definition, complete, request, micros(now))));
  }

  /**
   * Stores a page: the versions of its records that are new, what they add to the measures, and the
   * place to read on from.
   *
   * @param run as this store returned it last; it may have been given a reason
   * @param measures all measures of the source, as told to {@link #derive}
   * @param now when the page came: its place is good for 26 hours from then
   * @return the run after the page
   * @throws IllegalStateException when the run is not at work or not at this page
   * @throws NotDerived when the measures are not those told to {@link #derive}
   * @throws AtWorkElsewhere when another process has taken the run over
   * @throws RepeatedPage when the run reads everything and has read all records of the page
   *     already; then nothing is stored
   */
  public SyncRun append(SyncRun run, Page page, List<Measure> measures, Instant now) {
    database.announce();
    return locks.holding(
        run.source(),
        () ->
            database.change(
                work -> new PageAppender(work, micros(now)).append(run, page, measures)));
  }

  /** The run stops here and goes on later from its place. */
  public SyncRun interrupt(SyncRun run, String reason, Instant now) {
    return database.change(work -> new RunEnder(work).interrupt(run, reason, micros(now)));
  }

  /** The same, and its source is to be left alone until then. */
  public SyncRun interrupt(SyncRun run, String reason, Instant until, Instant now) {
    return database.change(
        work -> new RunEnder(work).interrupt(run, reason, micros(until), micros(now)));
  }

  /**
   * The run has failed because the source refused the credentials, and its source is to be left
   * alone until then.
   *
   * @param keepsPlace whether the next run may go on from here; otherwise it begins anew
   */
  public SyncRun refuse(
      SyncRun run, String reason, boolean keepsPlace, Instant until, Instant now) {
    return database.change(
        work -> new RunEnder(work).refuse(run, reason, keepsPlace, micros(until), micros(now)));
  }

  /**
   * The run has failed.
   *
   * @param keepsPlace whether the next run may go on from here; otherwise it begins anew
   */
  public SyncRun fail(SyncRun run, String reason, boolean keepsPlace, Instant now) {
    return database.change(work -> new RunEnder(work).fail(run, reason, keepsPlace, micros(now)));
  }

  /** A run that was asked for and not begun. */
  public SyncRun skipped(String source, Trigger trigger, Asked asked, String reason, Instant now) {
    return database.change(
        work -> new RunEnder(work).skip(source, trigger, asked, reason, micros(now)));
  }

  /**
   * To be called when the process has started: each run that was at work was cut off, but for those
   * that another process on the same PostgreSQL is reading now.
   */
  public void interruptedRuns(Instant now) {
    for (SyncRun run : notElsewhere()) {
      database.run(work -> new RunEnder(work).interruptStopped(run, presence, micros(now)));
    }
  }

  /**
   * Tells other processes on the same PostgreSQL that this one is at work. {@link #begin} and
   * {@link #append} do so too; to be called now and then while pages are long in coming.
   */
  public void announce() {
    database.announce();
  }

  /**
   * The runs that have not ended, as far as it is stored, and that this process has begun, or one
   * that is gone.
   */
  public List<SyncRun> notElsewhere() {
    return database.get(work -> new RunEnder(work).notElsewhere(presence));
  }

  /**
   * Ends a run that this process has begun, or one that is gone, and that nobody works on any more;
   * it goes on later from its place.
   *
   * @param isAtWork whether somebody here works on its source after all
   * @param until when its source is asked again; null where the schedule alone decides
   * @return the run as it ended; empty when it is at work, has ended, or is another process's by
   *     now, and then nothing happens
   */
  public Optional<SyncRun> interruptLeft(
      SyncRun run, BooleanSupplier isAtWork, @Nullable Instant until, Instant now) {
    @Nullable Instant soon = until == null ? null : micros(until);
    return database.change(
        work -> new RunEnder(work).interruptLeft(run, presence, isAtWork, soon, micros(now)));
  }

  /**
   * Makes visible what a run has stored, and moves key results with it, in one transaction. Of a
   * run that read everything, records that neither it nor the look before has seen are gone from
   * now on; they are ended before, in as many transactions as it takes, and seen until the run is
   * published.
   *
   * @param moves what moves, given readings that see this run
   * @throws IllegalStateException when the run is not at work or its counts do not balance
   */
  public Publication publish(
      SyncRun run,
      long configVersion,
      Function<Readings, List<KeyResultChange>> moves,
      Instant now) {
    return publish(run, configVersion, moves, publication -> {}, now);
  }

  /**
   * The same, unless the guard throws an exception: then it never happened.
   *
   * @param guard told of what would be published, before it is
   */
  public Publication publish(
      SyncRun run,
      long configVersion,
      Function<Readings, List<KeyResultChange>> moves,
      Consumer<Publication> guard,
      Instant now) {
    return locks.holding(
        run.source(),
        () -> {
          new UnseenRecords(database, run).end();
          return database.change(
              work -> {
                Publication publication =
                    new Publisher(work).publish(run, configVersion, moves, micros(now));
                guard.accept(publication);
                return publication;
              });
        });
  }

  /**
   * The run is complete and stored, and waits for a person; until then no other one begins. It is
   * what {@link #publish} would have published, whose guard broke that off.
   */
  public SyncRun hold(SyncRun run, String reason, Instant now) {
    return database.change(work -> new RunEnder(work).hold(run, reason, micros(now)));
  }

  /** The run of this source that waits for a person; empty where none does. */
  public Optional<SyncRun> held(String source) {
    return database.get(work -> new HeldRun(work).of(source));
  }

  /** Whether the run read its source as it is defined now. */
  public boolean wasDefinedAs(SyncRun run, String definition) {
    return database.get(
        work ->
            work.runs()
                .stored(run.id())
                .map(it -> it.definition().equals(definition))
                .orElse(false));
  }

  /** Whether a live run of the source was published that read it as it is defined so. */
  public boolean isReadAs(String source, String definition) {
    return database.get(
        work -> work.sources().stored(source).map(it -> it.isReadAs(definition)).orElse(false));
  }

  /**
   * Publishes a held run as {@link #publish} does, in the same one transaction that ends the hold.
   *
   * @return empty when it is not held, or not any more; then nothing happens
   */
  public Optional<Publication> release(
      SyncRun run,
      long configVersion,
      Function<Readings, List<KeyResultChange>> moves,
      Decision decision,
      Instant now) {
    return locks.holding(
        run.source(),
        () ->
            database.change(
                work ->
                    new HeldRun(work).release(run, configVersion, moves, decision, micros(now))));
  }

  /**
   * Undoes what a held run stored; its reason says what follows.
   *
   * @return the run as it ended; empty when it is not held, or not any more
   */
  public Optional<SyncRun> discard(SyncRun run, Decision decision, Instant now) {
    return locks.holding(
        run.source(),
        () -> database.change(work -> new HeldRun(work).discard(run, decision, micros(now))));
  }

  /** Moves key results because a configuration was loaded or a day ended, in one transaction. */
  public List<KeyResultChange> publishConfiguration(
      long configVersion, Function<Readings, List<KeyResultChange>> moves) {
    return database.change(work -> new Publisher(work).publish(configVersion, moves));
  }

  /**
   * Sees to it that exactly these measures are kept up to date for the source. One that is new is
   * built from all that is stored; one that is wanted no more rests as it is.
   */
  public void derive(String source, List<Measure> measures) {
    if (database.get(work -> work.measures().areUpToDate(source, measures))) {
      return; // mostly, and nobody need wait for that
    }
    locks.holding(
        source,
        () -> {
          new Derivation(database, source).derive(measures);
          return true;
        });
  }

  /** The latest runs, newest first; of all sources when none is named. */
  public List<SyncRun> runs(@Nullable String source, int limit) {
    return runs(RunFilter.ofSource(source), limit);
  }

  /** The latest of the runs that are wanted, newest first. */
  public List<SyncRun> runs(RunFilter filter, int limit) {
    return database.get(work -> work.runs().latest(filter, limit));
  }

  /** The last run of the source that began; empty when none ever did. */
  public Optional<SyncRun> lastBegun(String source) {
    return begun(source, 1).stream().findFirst();
  }

  /** The latest runs of the source that began, newest first. */
  public List<SyncRun> begun(String source, int limit) {
    return database.get(work -> work.runs().begun(source, limit));
  }

  public Optional<SyncRun> run(long id) {
    return database.get(work -> work.runs().stored(id).map(StoredRun::asRun));
  }

  /** The readings of a key result, newest first. */
  public List<KeyResultReading> history(String keyResult, int limit) {
    return database.get(work -> work.history().newest(keyResult, limit));
  }

  /** The readings that a run published, in their order. */
  public List<KeyResultReading> readingsOf(long run, int limit) {
    return database.get(work -> work.history().ofRun(run, limit));
  }

  /** The values of a key result that were read from a moment on, oldest first. */
  public List<ValueAt> course(String keyResult, Instant from) {
    return database.get(work -> work.history().course(keyResult, micros(from)));
  }

  /** The latest reading of each of these key results that has one, by its id. */
  public Map<String, KeyResultReading> latestReadings(Collection<String> keyResults) {
    return database.get(work -> work.history().latest(keyResults));
  }

  /** How far each source has been read that ever had a run, by its name. */
  public Map<String, SourceState> sourceStates() {
    return database.get(work -> work.sources().states(work.runs().lastOfEach()));
  }

  /** Since when each of these key results that cannot be read now could not be, by its id. */
  public Map<String, Instant> unreadableSince(Collection<String> keyResults) {
    return database.get(work -> work.history().unreadableSince(keyResults));
  }

  /**
   * The last run of these kinds that was to read everything, or all ids, however it ended; empty
   * where none did.
   */
  public Optional<SyncRun> lastOfEverything(String source, Set<RunKind> kinds) {
    return database.get(work -> work.runs().lastOfEverything(source, kinds));
  }

  /**
   * Why a record that did not come in this run, which reads everything, may be there all the same;
   * empty where there is no doubt.
   */
  public Optional<String> doubt(SyncRun run) {
    return database.get(work -> Optional.ofNullable(work.runs().atWork(run).doubt()));
  }

  /**
   * The last published look of the source, which would have brought any record there is, where
   * another one is to follow and has not yet.
   */
  public Optional<Long> owesLook(String source) {
    return database.get(
        work ->
            work.sources()
                .stored(source)
                .filter(StoredSource::owesLook)
                .map(StoredSource::lookedRun));
  }

  /** Whether a run left out something that no run comes to which asks for what changed. */
  public boolean leavesBehind(Source source) {
    return database.get(
        work ->
            work.sources()
                .stored(source.name())
                .map(it -> it.leavesBehind(source.overlap()))
                .orElse(false));
  }

  /** Whether this census saw ids of records that were taken for gone, and that no run brought. */
  public boolean sawReturned(SyncRun census) {
    return database.get(
        work -> work.runs().stored(census.id()).filter(it -> it.returned() > 0).isPresent());
  }

  /**
   * A field that the source tells no more, as far as what this run has stored shows; mostly empty.
   *
   * @param measures all measures of the source, as told to {@link #derive}
   */
  public Optional<LostField> lostField(SyncRun run, List<Measure> measures) {
    return database.get(
        work -> {
          StoredSource source = work.sources().locked(run.source());
          StoredRun stored = work.runs().atWork(run);
          return new LostFields(
                  work.sql(), work.measures().byId(run.source(), measures), stored, source)
              .found();
        });
  }

  /** What a run found that its counts alone do not tell. */
  public Differences differences(long run, int limit) {
    return database.get(work -> work.differences().of(run, limit));
  }

  /**
   * The latest records that counted in a measure until they were removed, newest first.
   *
   * @param window when they counted
   */
  public List<Difference> removals(Measure measure, Window window, int limit) {
    String source = measure.definition().from();
    return database.get(
        work -> {
          Optional<StoredMeasure> stored = work.measures().version(source, measure.version());
          long seenUpTo = work.sources().stored(source).map(StoredSource::seenUpTo).orElse(0L);
          return stored.isEmpty()
              ? List.of()
              : work.differences().thatCounted(stored.get().id(), source, window, seenUpTo, limit);
        });
  }

  /**
   * The last reading, where this version is the last that was loaded, and another process published
   * that reading by other files; mostly empty.
   */
  public Optional<Long> readingOfOthers(long version) {
    return database.get(work -> work.history().ofOthers(version));
  }

  /** When a process loaded other files than those of this version last; mostly empty. */
  public Optional<Instant> otherLoadedAt(long version) {
    return database.get(work -> work.configurations().otherLoadedAt(version));
  }

  /** When the first configuration was loaded; empty in a new database. */
  public Optional<Instant> firstLoadedAt() {
    return database.get(work -> work.configurations().firstLoadedAt());
  }

  /** Whether any run of the source was ever published. */
  public boolean isPublished(String source) {
    return database.get(
        work -> work.sources().stored(source).map(it -> it.publishedRun() != null).orElse(false));
  }

  /**
   * Some of the records that are there and changed in this span.
   *
   * @param until null: until now
   */
  public List<String> changedIn(String source, Instant since, @Nullable Instant until, int limit) {
    return database.get(work -> work.records(source).changedIn(since, until, limit));
  }

  /** Whether any record of the source is there now. */
  public boolean knows(String source) {
    return records(source) > 0;
  }

  /** How many records of the source are there now. */
  public long records(String source) {
    return database.get(
        work -> work.sources().stored(source).map(StoredSource::records).orElse(0L));
  }

  /** A person has said how sure they are of a key result; the audit tells of it as well. */
  public void checkIn(CheckIn said) {
    database.run(
        work -> {
          work.audit().lock(); // so that check-ins are numbered in the order of their entries
          work.checkIns().append(said);
          work.audit().checkedIn(said);
        });
  }

  /**
   * Something is written out for others.
   *
   * @param release makes it theirs; where that fails, no entry tells of it
   * @return false where nobody may write to this database; then nothing was done
   */
  public boolean exported(AuditEntry entry, Runnable release) {
    try {
      database.run(
          work -> {
            work.audit().exported(entry);
            release.run();
          });
      return true;
    } catch (RuntimeException failure) {
      if (Complaint.isReadOnly(failure)) {
        return false;
      }
      throw failure;
    }
  }

  /** What people said about a key result, newest first. */
  public List<CheckIn> checkIns(String keyResult, int limit) {
    return database.get(work -> work.checkIns().newest(keyResult, limit));
  }

  /**
   * A person has stated something about a key result; the audit tells of it as well. A typed value
   * is a reading from then on.
   *
   * @param configVersion the configuration in force
   */
  public void state(Statement said, long configVersion) {
    database.run(
        work -> {
          work.audit().lock();
          work.statements().append(said);
          work.audit().stated(said);
          if (said.kind() == Statement.Kind.VALUE) {
            new Publisher(work).type(said, configVersion);
          }
        });
  }

  /** What people stated about a key result, newest first. */
  public List<Statement> statements(String keyResult, int limit) {
    return database.get(work -> work.statements().newest(keyResult, limit));
  }

  /** The latest override of each of these key results that has one, ended or not, by its id. */
  public Map<String, Statement> overrides(Collection<String> keyResults) {
    return database.get(work -> work.statements().overrides(keyResults));
  }

  /** The latest of the audit entries that are wanted, newest first. */
  public List<SealedEntry> entries(EntryFilter filter, int limit) {
    return database.get(work -> new EntryQuery(work.sql(), filter).newest(limit));
  }

  /** The last run of a source that was published before a moment; empty where none was. */
  public Optional<Long> publishedBefore(String source, Instant before) {
    return database
        .get(
            work ->
                work.sql()
                    .list(
                        """
                        select id from sync_run
                        where source = ? and outcome in ('OK', 'OK_EMPTY') and finished_at < ?
                        order by source desc, id desc fetch first 1 row only
                        """,
                        row -> row.getLong(1),
                        source,
                        before))
        .stream()
        .findFirst();
  }

  /**
   * Takes the bodies from some versions of records, in one transaction with the audit entry that
   * tells of it; their hashes and what they add to measures stay.
   *
   * @param run none that was true after it is among them
   * @param after of the records after this one
   * @return empty when there are none left
   */
  public Optional<Pruned> prune(String source, long run, String after, String actor, Instant now) {
    return locks.holding(
        source, () -> new Pruner(database, source, run).after(after, actor, micros(now)));
  }

  /** What connectors must know of a source beyond one process. */
  public SourceMemory memory() {
    return memory;
  }

  /**
   * Why nothing can be stored, as far as anyone has found out by trying; empty where something can.
   * What was stored may be there to be read all the same.
   */
  public Optional<String> problem() {
    return database.problem();
  }

  /** Whether only a restart of the service helps. */
  public boolean isStuck() {
    return database.isStuck();
  }

  /** All that is kept, row by row, for those who check it. */
  public Evidence evidence() {
    return new Evidence(database);
  }

  @Override
  public void close() {
    database.close();
  }

  private static Instant micros(Instant at) {
    return at.truncatedTo(ChronoUnit.MICROS);
  }
}
