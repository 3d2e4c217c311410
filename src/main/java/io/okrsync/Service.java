package io.okrsync;

import io.okrsync.config.Configuration;
import io.okrsync.config.ConfigurationFolder;
import io.okrsync.config.Loaded;
import io.okrsync.config.Problem;
import io.okrsync.config.Problems;
import io.okrsync.connector.Connectors;
import io.okrsync.connector.Source;
import io.okrsync.okr.Cause;
import io.okrsync.schedule.Concerns;
import io.okrsync.schedule.Schedule;
import io.okrsync.store.NotDerived;
import io.okrsync.store.SourceState;
import io.okrsync.store.Store;
import io.okrsync.store.StoreSettings;
import io.okrsync.store.StoreUnavailable;
import io.okrsync.sync.Concern;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.UtcTime;
import io.okrsync.web.Planned;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything wired, in the order of the flow. It begins with a configuration that is right, and
 * keeps to it when a later one is not.
 */
final class Service implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);

  /** An evaluation is tried so often while another process changes what can be read. */
  private static final int TRIES = 3;

  private static final String OTHER_FILES =
      "another process with the same database loaded other files at %s, and each computes values by"
          + " its own, so they may go to and fro; give all processes the same files";

  private final Clock clock;
  private final Instant opened;
  private final Connectors connectors;
  private final ConfigurationFolder folder;
  private final Store store;
  private final Asking asking;
  private final Runs runs;
  private final Holds held;
  private final Pushes pushes;
  private final Standings standings;
  private final DayTurns dayTurns;
  private final Retention retention;
  private final InForce inForce = new InForce();
  private final ReentrantLock planning = new ReentrantLock();
  private volatile List<Problem> problems = List.of();

  /** When another process loaded other files, as it was seen last. */
  private volatile Optional<Instant> otherFiles = Optional.empty();

  /** The last reading by other files that all are read again since. */
  private volatile long takenBack;

  private Service(
      Clock clock,
      Connectors connectors,
      ConfigurationFolder folder,
      Store store,
      Consumer<SyncRun> progress,
      Consumer<SyncRun> ended) {
    this.clock = clock;
    this.opened = clock.instant();
    this.connectors = connectors;
    this.folder = folder;
    this.store = store;
    this.asking = new Asking(connectors, store, inForce, clock);
    Endings endings = new Endings(store, clock, ended);
    SyncPipeline pipeline =
        new SyncPipeline(connectors, store, inForce, asking, endings, clock, progress);
    this.runs = new Runs(pipeline, asking, endings, inForce, ended);
    this.held = new Holds(store, inForce, asking::definition, clock, ended);
    this.pushes = new Pushes(runs, pipeline, endings, inForce, connectors, clock, ended);
    this.standings = new Standings(store, inForce, clock);
    this.dayTurns = new DayTurns(store, inForce);
    StoredSetups setups = new StoredSetups(store.evidence(), connectors, folder.environment());
    this.retention = new Retention(store, setups, inForce);
  }

  /**
   * Opens everything; the database is opened while the connectors and the configuration are read,
   * since it takes as long.
   *
   * @param progress told after each stored page
   * @param ended told when a run has ended
   * @throws ConfigurationRefused when the configuration has problems; the tables of a database that
   *     was there may then have been brought up to date, and nothing else is written
   * @throws io.okrsync.store.StoreUnavailable when the database cannot be opened
   */
  static Service open(
      Folders folders,
      StoreSettings database,
      UnaryOperator<@Nullable String> environment,
      Clock clock,
      Consumer<SyncRun> progress,
      Consumer<SyncRun> ended) {
    Connectors connectors = new Connectors(folders.routes, clock);
    connectors.sealTokens(folders.tokenKey());
    ConfigurationFolder folder = new ConfigurationFolder(folders.config, environment, clock);
    return open(connectors, folder, database, clock, progress, ended);
  }

  /** The same with these connectors, which are not started yet and are closed with the service. */
  static Service open(
      Connectors connectors,
      ConfigurationFolder folder,
      StoreSettings database,
      Clock clock,
      Consumer<SyncRun> progress,
      Consumer<SyncRun> ended) {
    CompletableFuture<Store> opening = CompletableFuture.supplyAsync(() -> Store.open(database));
    try {
      connectors.start();
      Configuration configuration = load(folder, connectors);
      Store store = opened(opening);
      connectors.remember(store.memory());
      Service service = new Service(clock, connectors, folder, store, progress, ended);
      store.interruptedRuns(service.now());
      service.put(configuration);
      return service;
    } catch (RuntimeException failure) {
      connectors.close();
      opening.thenAccept(Store::abandon).exceptionally(alsoFailed -> null).join();
      throw failure;
    }
  }

  private static Store opened(CompletableFuture<Store> opening) {
    try {
      return opening.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }

  /** The configuration in force. */
  Setup setup() {
    return inForce.get();
  }

  Store store() {
    return store;
  }

  Runs runs() {
    return runs;
  }

  Asking asking() {
    return asking;
  }

  Holds held() {
    return held;
  }

  Pushes pushes() {
    return pushes;
  }

  Connectors connectors() {
    return connectors;
  }

  Standings standings() {
    return standings;
  }

  /**
   * What is wrong with the files now, while the last good configuration stays in force; empty when
   * all is well.
   */
  List<Problem> problems() {
    return problems;
  }

  /**
   * When this source was last asked for; empty when it never was. A run that is to go on counts
   * from when it began, since nothing was asked for while it waited.
   */
  Optional<Instant> lastAsked(String source) {
    return store.runs(source, Concerns.RUNS).stream()
        .filter(run -> run.kind().isLive())
        .findFirst()
        .map(
            run ->
                run.finishedAt() == null || run.outcome() == Outcome.PARTIAL
                    ? run.startedAt()
                    : run.finishedAt());
  }

  /**
   * Whether its last run was cut off, or it is owed a second look, and it need not be left alone
   * any more.
   */
  boolean isToGoOn(String source) {
    Optional<SyncRun> last = store.lastBegun(source).filter(run -> !run.waits(now()));
    boolean isCutOff = last.filter(run -> run.outcome() == Outcome.PARTIAL).isPresent();
    return isCutOff || last.isPresent() && store.owesLook(source).isPresent();
  }

  /**
   * Whether its credentials were refused and have been read again since, so that there may be
   * others: from the environment at a start, from files when the configuration is loaded.
   */
  boolean hasOtherCredentials(Source source) {
    return store.lastBegun(source.name()).filter(SyncRun::needsAuthorisation).isPresent()
        && runs.waiting(source).isEmpty();
  }

  /**
   * What is the matter with a source, by its schedule and the runs that are stored, and by the
   * files of other processes.
   */
  List<Concern> concerns(String source, @Nullable Schedule schedule, @Nullable SourceState state) {
    long records = state == null ? 0 : state.records();
    @Nullable Instant readAt = state == null ? null : state.readAt();
    @Nullable SyncRun incomplete = state == null ? null : state.incomplete();
    List<SyncRun> begun = store.begun(source, Concerns.RUNS);
    List<Concern> found =
        new ArrayList<>(Concerns.of(schedule, begun, readAt, records, incomplete, opened, now()));
    inForce
        .unlessExchanged(setup -> store.otherLoadedAt(setup.version()))
        .ifPresent(at -> otherFiles = at);
    otherFiles
        .map(
            at ->
                new Concern(
                    Concern.Kind.OTHER_CONFIGURATION, OTHER_FILES.formatted(UtcTime.inWords(at))))
        .ifPresent(found::add);
    return found;
  }

  /**
   * Reads again what moves with time, if a day has ended since, and what another process has read
   * by files of before.
   *
   * @return whether anything moved
   */
  boolean lookAtTheDay() {
    boolean takesBack = inForce.during(this::takeBack);
    return dayTurns.look(now()) || takesBack;
  }

  /** A process that still goes by files of before must not have the last word. */
  private boolean takeBack(Setup setup) {
    Optional<Long> other = store.readingOfOthers(setup.version()).filter(it -> it != takenBack);
    if (other.isEmpty()) {
      return false;
    }
    LOG.warn("another process published values by other files; all are read by these again");
    boolean moved = evaluate(setup);
    takenBack = other.get();
    return moved;
  }

  /** Prunes what the configuration keeps no longer; says how many bodies, by source. */
  Map<String, Long> prune(String actor) {
    return retention.prune(actor, now());
  }

  /** Changes when a file of the configuration does. */
  String fingerprint() {
    return folder.fingerprint();
  }

  /**
   * Loads the files again; a configuration with problems, or one that makes loading fail, changes
   * nothing but what {@link #problems()} says.
   *
   * @throws StoreUnavailable where it is to be tried again
   */
  void reload() {
    try {
      Configuration configuration = load(folder, connectors);
      put(configuration);
      problems = List.of();
      LOG.info("configuration {} is in force", configuration.digest().substring(0, 12));
    } catch (ConfigurationRefused refused) {
      problems = refused.problems();
      LOG.warn(
          "the changed configuration is refused, the one before stays in force\n{}",
          refused.getMessage());
    } catch (StoreUnavailable gone) {
      throw gone; // it may pass without a change of the files
    } catch (RuntimeException failure) {
      // Not the failure's own words: they may hold anything, and problems are shown on pages.
      problems =
          List.of(
              folder.problem(
                  "the changed files could not be taken up, the ones before stay in force",
                  "the log says what failed; undo the last change"));
      LOG.error("the changed files could not be taken up, the ones before stay in force", failure);
    }
  }

  @Override
  public void close() {
    runs.close();
    connectors.close();
    store.close();
  }

  private void put(Configuration configuration) {
    inForce.exchange(
        () -> {
          Instant at = now();
          long version =
              store.configurationLoaded(
                  configuration.digest(), configuration.files(), Defined.by(configuration), at);
          Setup next = new Setup(configuration, version);
          Optional<Long> ofOthers = store.readingOfOthers(version);
          evaluate(next);
          ofOthers.ifPresent(it -> takenBack = it);
          dayTurns.evaluated(at);
          return next;
        });
  }

  /**
   * Evaluates all key results; again where another process with other files meanwhile let measures
   * rest that are read.
   *
   * @return whether any of them moved
   */
  private boolean evaluate(Setup setup) {
    for (int tries = 1; ; tries++) {
      try {
        return evaluateOnce(setup);
      } catch (NotDerived meanwhile) {
        if (tries == TRIES) {
          throw meanwhile;
        }
      }
    }
  }

  private boolean evaluateOnce(Setup setup) {
    setup.measuresFrom(setup.configuration().sources().keySet()).forEach(store::derive);
    return !store
        .publishConfiguration(
            setup.version(),
            readings ->
                new Movements(setup, Cause.CONFIGURATION, now()).of(setup.keyResults(), readings))
        .isEmpty();
  }

  /** What a configuration of these files would change; changes nothing. One at a time. */
  Planned plan(Map<String, String> files) {
    if (!planning.tryLock()) {
      return new Planned.Busy();
    }
    try {
      Loaded loaded = folder.loadTexts(files, connectors);
      if (loaded instanceof Loaded.Refused refused) {
        return new Planned.Refused(Problems.text(refused.problems()));
      }
      Configuration planned = ((Loaded.Accepted) loaded).configuration();
      return new Planned.Made(
          new Planning(store, folder.environment(), connectors, clock).plan(planned));
    } catch (IOException failure) {
      return new Planned.Refused("The files cannot be used: " + failure.getMessage());
    } finally {
      planning.unlock();
    }
  }

  /** Only reads the configuration; opens no database and asks no source. */
  static Configuration load(
      Folders folders, UnaryOperator<@Nullable String> environment, Clock clock) {
    try (Connectors connectors = new Connectors(folders.routes, clock)) {
      connectors.start();
      return load(new ConfigurationFolder(folders.config, environment, clock), connectors);
    }
  }

  private static Configuration load(ConfigurationFolder folder, Connectors connectors) {
    Loaded loaded = folder.load(connectors);
    if (loaded instanceof Loaded.Refused refused) {
      throw new ConfigurationRefused(refused.problems());
    }
    return ((Loaded.Accepted) loaded).configuration();
  }

  /** To the microsecond, as it is stored. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
