package io.okrsync.connector;

import static io.okrsync.connector.SourceFailure.Remedy.ASK_ADMIN;

import com.fasterxml.jackson.databind.JsonNode;
import io.okrsync.connector.ConnectorFile.Read;
import io.okrsync.connector.ConnectorFile.Read.Refused;
import io.okrsync.connector.ConnectorFile.Read.Usable;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All connectors of a folder, and the way to read a source with one. A file that appears, changes
 * or goes is noticed by {@link #refresh}; one that is broken is refused with its problems, and what
 * was there under its name stays usable.
 */
public final class Connectors implements KnownConnectors, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Connectors.class);
  private static final ReadingPlace BEGINNING = new ReadingPlace(null, null);

  private final Path path;
  private final RoutesFolder folder;
  private final Kamelets kamelets;
  private final Gate.All gates = new Gate.All();
  private final List<Consumer<Waiting>> listeners = new CopyOnWriteArrayList<>();
  private final Map<Path, List<ConnectorProblem>> problems = new TreeMap<>();
  private final ExecutorService fetching =
      Executors.newCachedThreadPool(Connectors::fetchingThread);
  private RoutesFolder.Look seen = new RoutesFolder.Look(Map.of(), List.of());

  private volatile SourceMemory memory = SourceMemory.ofThisProcess();
  private volatile TokenSeal seal = new TokenSeal(null);

  /** Exchanged as a whole, so that a run that reads meanwhile sees the one or the other. */
  private volatile Map<String, Usable> usable = Map.of();

  /**
   * @param routesFolder where the connector files are; it may be missing, which is a problem that
   *     {@link #problems} tells
   */
  public Connectors(Path routesFolder, Clock clock) {
    this(routesFolder, clock, Pause.REAL);
  }

  Connectors(Path routesFolder, Clock clock, Pause pause) {
    this.path = routesFolder;
    this.folder = new RoutesFolder(routesFolder);
    this.kamelets =
        new Kamelets(
            clock, new Patience(clock, pause, this::waiting), () -> memory, () -> seal, gates);
  }

  /** Starts Camel and loads the folder for the first time. */
  public void start() {
    kamelets.start();
    refresh();
    log.info("{} connectors in {}", usable.size(), path);
  }

  /** All usable connectors by name. */
  public List<Connector> all() {
    return usable.values().stream().map(Usable::connector).toList();
  }

  @Override
  public List<String> names() {
    return List.copyOf(usable.keySet());
  }

  @Override
  public List<ConnectorProblem> refusals(String name) {
    return problems().stream().filter(it -> RoutesFolder.nameOf(it.file()).equals(name)).toList();
  }

  @Override
  public Optional<Connector> named(String name) {
    return Optional.ofNullable(usable.get(name)).map(Usable::connector);
  }

  /** What is wrong in the folder now, file by file. */
  public synchronized List<ConnectorProblem> problems() {
    return Stream.concat(seen.problems().stream(), problems.values().stream().flatMap(List::stream))
        .toList();
  }

  /** From now on this remembers what must be known beyond the process. */
  public void remember(SourceMemory by) {
    memory = by;
  }

  /**
   * From now on tokens are encrypted with the key in this file, before anything remembers them.
   *
   * @param keyFile made when a token is first kept and it is missing
   */
  public void sealTokens(Path keyFile) {
    seal = new TokenSeal(keyFile);
  }

  /** A person wants this source asked, though it was to be left alone for a while. */
  public void askAnyway(Source source) {
    gates.of(source).breaker().close();
  }

  /** Tells each time a source is made to wait. */
  public void onWaiting(Consumer<Waiting> listener) {
    listeners.add(listener);
  }

  private void waiting(Waiting waiting) {
    listeners.forEach(listener -> listener.accept(waiting));
  }

  /**
   * Reads one page.
   *
   * @throws SourceFailure when there is none to be had, with what to do about it
   */
  public Page page(Source source, ReadingPlace place) {
    Usable file = usable(source);
    PageCall call = new PageCall(file.connector(), file.jqSettings(), source, place);
    try {
      return new RecordReader(call).page(kamelets.call(file, call));
    } catch (Exception e) {
      throw Failures.of(e, call);
    }
  }

  /**
   * What a push for a source that {@link Connector#isPushed} holds.
   *
   * @throws SourceFailure when it cannot be used, saying what is wrong with it
   */
  public Pushed pushed(Source source, byte[] body) {
    Usable file = usable(source);
    JsonNode sent = PushBody.read(body, source);
    PageCall call = new PageCall(file.connector(), file.jqSettings(), source, BEGINNING, sent);
    try {
      Page page = new RecordReader(call).page(kamelets.call(file, call));
      return new Pushed(PushBody.requireUsable(page, source), PushBody.isComplete(sent, source));
    } catch (Exception e) {
      throw Failures.of(e, call);
    }
  }

  /**
   * The page that these records make, which are given in the canonical shape and not fetched; its
   * rejections say which are none.
   *
   * @param records a list of objects of fields
   */
  public Page given(Source source, JsonNode records) {
    PageCall call = new PageCall(usable(source).connector(), Set.of(), source, BEGINNING);
    return new RecordReader(call).page(Json.NODES.objectNode().set("records", records));
  }

  /**
   * The pages of a source from a place on, each fetched while the one before it is used; to be
   * closed. A cursor that comes back, or pages without end, is a {@link SourceFailure}; so is an
   * interruption, between two pages.
   */
  public Pages pages(Source source, ReadingPlace from) {
    PageAhead ahead = new PageAhead(fetching);
    return new Pages(place -> page(source, place), ahead, source.name(), from);
  }

  private Usable usable(Source source) {
    Usable file = usable.get(source.connector());
    if (file == null) {
      throw new SourceFailure(
          ASK_ADMIN,
          "Source '%s' uses connector '%s', which is not usable; see the problems of %s, or choose one of: %s"
              .formatted(
                  source.name(), source.connector(), path, String.join(", ", usable.keySet())),
          null,
          null);
    }
    return file;
  }

  /**
   * Looks at the folder again.
   *
   * @return whether a connector or a problem came, changed or went
   */
  public synchronized boolean refresh() {
    RoutesFolder.Look before = seen;
    seen = folder.look(before.texts());
    before.texts().keySet().stream()
        .filter(file -> !seen.texts().containsKey(file))
        .forEach(this::forget);
    seen.texts()
        .forEach(
            (file, text) -> {
              if (!text.equals(before.texts().get(file))) {
                load(file, text);
              }
            });
    return !seen.equals(before);
  }

  private void load(Path file, String text) {
    Read read = ConnectorFile.read(file, text);
    if (read instanceof Refused refused) {
      refuse(file, refused.problems());
      return;
    }
    Usable connector = (Usable) read;
    try {
      kamelets.load(connector);
      Map<String, Usable> with = new TreeMap<>(usable);
      with.put(connector.connector().name(), connector);
      usable = with;
      problems.remove(file);
      log.debug("connector {} loaded", connector.connector().name());
    } catch (Exception e) {
      refuse(
          file, List.of(RoutesFolder.problem(file, "is refused by Camel: " + Failures.reason(e))));
    }
  }

  private void refuse(Path file, List<ConnectorProblem> found) {
    problems.put(file, found);
    boolean older = usable.containsKey(RoutesFolder.nameOf(file));
    found.forEach(problem -> log.warn("{}{}", problem, older ? "; the version before stays" : ""));
  }

  private void forget(Path file) {
    problems.remove(file);
    Usable gone = usable.get(RoutesFolder.nameOf(file));
    if (gone == null) {
      return;
    }
    Map<String, Usable> without = new TreeMap<>(usable);
    without.remove(RoutesFolder.nameOf(file));
    usable = without;
    try {
      kamelets.unload(gone);
    } catch (Exception e) {
      log.warn(
          "connector {} could not be unloaded: {}", RoutesFolder.nameOf(file), Failures.reason(e));
    }
  }

  /** One that does not keep a process from ending whose runs have ended. */
  private static Thread fetchingThread(Runnable work) {
    Thread thread = new Thread(work, "fetching");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    fetching.shutdownNow();
    kamelets.close();
  }
}
