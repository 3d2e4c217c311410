package io.okrsync.connector;

import static io.okrsync.connector.SourceFailure.Remedy.ASK_ADMIN;

import io.okrsync.connector.ConnectorFile.Read;
import io.okrsync.connector.ConnectorFile.Read.Refused;
import io.okrsync.connector.ConnectorFile.Read.Usable;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All connectors of a folder, and the way to read a source with one. A file that appears, changes
 * or goes is noticed by {@link #refresh}; one that is broken is refused with its problems, and what
 * was there under its name stays usable.
 */
public final class Connectors implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Connectors.class);

  private final Path folder;
  private final Kamelets kamelets;
  private final List<Consumer<Waiting>> listeners = new CopyOnWriteArrayList<>();
  private final Map<Path, String> seen = new TreeMap<>();
  private final Map<Path, List<ConnectorProblem>> problems = new TreeMap<>();
  private volatile Map<String, Usable> usable = Map.of();

  /**
   * @param routesFolder where the connector files are; it may be missing, which is a problem that
   *     {@link #problems} tells
   */
  public Connectors(Path routesFolder, Clock clock) {
    this(routesFolder, clock, Pause.REAL);
  }

  Connectors(Path routesFolder, Clock clock, Pause pause) {
    this.folder = routesFolder;
    this.kamelets = new Kamelets(clock, pause, this::waiting);
  }

  /** Starts Camel and loads the folder for the first time. */
  public void start() {
    kamelets.start();
    refresh();
    log.info("{} connectors in {}", usable.size(), folder);
  }

  /** All usable connectors by name. */
  public List<Connector> all() {
    return usable.values().stream().map(Usable::connector).toList();
  }

  /** The usable connector with this name, if there is one. */
  public Optional<Connector> named(String name) {
    return Optional.ofNullable(usable.get(name)).map(Usable::connector);
  }

  /** What is wrong in the folder now, file by file. */
  public synchronized List<ConnectorProblem> problems() {
    return problems.values().stream().flatMap(List::stream).toList();
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
    Usable file = usable.get(source.connector());
    if (file == null) {
      throw new SourceFailure(
          ASK_ADMIN,
          "Source '%s' uses connector '%s', which is not usable; see the problems of %s, or choose one of: %s"
              .formatted(
                  source.name(), source.connector(), folder, String.join(", ", usable.keySet())),
          null,
          null);
    }
    PageCall call = new PageCall(file.connector(), file.jqSettings(), source, place);
    try {
      return new RecordReader(call).page(kamelets.call(file, call));
    } catch (Exception e) {
      throw Failures.of(e, call);
    }
  }

  /**
   * The pages of a source from a place on, each read when it is asked for. A cursor that comes
   * back, or pages without end, is a {@link SourceFailure}; so is an interruption, between two
   * pages.
   */
  public Iterable<Page> pages(Source source, ReadingPlace from) {
    return () -> new Pages(place -> page(source, place), source.name(), from);
  }

  /**
   * Looks at the folder again.
   *
   * @return whether a connector or a problem came, changed or went
   */
  public synchronized boolean refresh() {
    Map<Path, String> now = new TreeMap<>();
    boolean changed = list(now);
    for (Path gone : seen.keySet().stream().filter(file -> !now.containsKey(file)).toList()) {
      forget(gone);
      changed = true;
    }
    for (Map.Entry<Path, String> file : now.entrySet()) {
      if (!file.getValue().equals(seen.put(file.getKey(), file.getValue()))) {
        load(file.getKey(), file.getValue());
        changed = true;
      }
    }
    return changed;
  }

  /** The files to load with their texts; true when the problems of the folder itself changed. */
  private boolean list(Map<Path, String> files) {
    List<ConnectorProblem> found = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.filter(Connectors::isYaml).sorted().toList()) {
        read(file, files, found);
      }
    } catch (IOException e) {
      found.add(problem(folder, "cannot be listed; make it a folder this user may read"));
    }
    List<ConnectorProblem> before = problems.put(folder, List.copyOf(found));
    return before == null ? !found.isEmpty() : !before.equals(found);
  }

  private static boolean isYaml(Path file) {
    String name = file.getFileName().toString();
    return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml"));
  }

  private void read(Path file, Map<Path, String> files, List<ConnectorProblem> found) {
    String name = file.getFileName().toString();
    if (name.endsWith("-source.kamelet.yaml") || name.endsWith("-sink.kamelet.yaml")) {
      return;
    }
    if (!name.endsWith(ConnectorFile.ENDING)) {
      found.add(problem(file, "must be called <system>-<what>" + ConnectorFile.ENDING));
      return;
    }
    try {
      files.put(file, Files.readString(file));
    } catch (CharacterCodingException e) {
      keep(file, files, found, "is not UTF-8; save it as UTF-8");
    } catch (IOException e) {
      keep(file, files, found, "cannot be read; let this user read it");
    }
  }

  /** What cannot be read just now counts as it was. */
  private void keep(
      Path file, Map<Path, String> files, List<ConnectorProblem> found, String message) {
    found.add(problem(file, message));
    String before = seen.get(file);
    if (before != null) {
      files.put(file, before);
    }
  }

  private static ConnectorProblem problem(Path file, String message) {
    return new ConnectorProblem(file, 1, 1, message);
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
      usable = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(with));
      problems.remove(file);
      log.debug("connector {} loaded", connector.connector().name());
    } catch (Exception e) {
      refuse(file, List.of(problem(file, "is refused by Camel: " + Failures.reason(e))));
    }
  }

  private void refuse(Path file, List<ConnectorProblem> found) {
    problems.put(file, found);
    boolean older = usable.containsKey(nameOf(file));
    found.forEach(problem -> log.warn("{}{}", problem, older ? "; the version before stays" : ""));
  }

  private void forget(Path file) {
    seen.remove(file);
    problems.remove(file);
    Usable gone = usable.get(nameOf(file));
    if (gone == null) {
      return;
    }
    Map<String, Usable> without = new TreeMap<>(usable);
    without.remove(nameOf(file));
    usable = java.util.Collections.unmodifiableMap(without);
    try {
      kamelets.unload(gone);
    } catch (Exception e) {
      log.warn("connector {} could not be unloaded: {}", nameOf(file), Failures.reason(e));
    }
  }

  private static @Nullable String nameOf(Path file) {
    return file.getFileName().toString().replace(ConnectorFile.ENDING, "");
  }

  @Override
  public void close() {
    kamelets.close();
  }
}
