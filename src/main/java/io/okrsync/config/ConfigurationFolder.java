package io.okrsync.config;

import io.okrsync.connector.KnownConnectors;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A folder {@code config/}. Loading it changes nothing and never throws because of what it holds.
 */
public final class ConfigurationFolder {
  private static final String STRANGER =
      "read are sources.yaml, measures.yaml, lint.yaml and files in okrs/ that end in .yaml";

  private final FolderFiles files;
  private final Path folder;
  private final UnaryOperator<@Nullable String> environment;
  private final Clock clock;

  /** The files that references named when the folder was last loaded. */
  private volatile Set<Path> referenced = Set.of();

  /**
   * @param environment the value of an environment variable; null where it is not set
   */
  public ConfigurationFolder(Path folder, UnaryOperator<@Nullable String> environment) {
    this(folder, environment, Clock.systemUTC());
  }

  /**
   * @param environment the value of an environment variable; null where it is not set
   * @param clock tells whether a schedule comes again
   */
  public ConfigurationFolder(
      Path folder, UnaryOperator<@Nullable String> environment, Clock clock) {
    this.files = new FolderFiles(folder);
    this.folder = folder;
    this.environment = environment;
    this.clock = clock;
  }

  /**
   * A configuration that was loaded once, as it is stored, for computing its values again. What its
   * references stood for then is not stored: a variable has its value of today, or a stand-in where
   * there is none, as has each file; no value depends on them.
   *
   * @param stored texts by name
   * @throws IOException when no temporary folder can be made
   */
  public static Loaded loadStored(
      Map<String, String> stored,
      UnaryOperator<@Nullable String> environment,
      KnownConnectors connectors)
      throws IOException {
    try (TemporaryFolder folder = TemporaryFolder.holding(stored)) {
      ConfigurationFolder configuration = new ConfigurationFolder(folder.path(), environment);
      return configuration.load(new Context(new Problems(), new StandIns(environment)), connectors);
    }
  }

  /** Something that is wrong with the folder as a whole. */
  public Problem problem(String message, String hint) {
    return files.place("").problem(message, hint);
  }

  /** The value of an environment variable; null where it is not set. */
  public UnaryOperator<@Nullable String> environment() {
    return environment;
  }

  /** SHA-256 over the names and texts of the files: {@link Configuration#digest()}. */
  public static String digest(Map<String, String> files) {
    return FolderFiles.digest(files);
  }

  /**
   * Changes whenever a file comes, goes or is written, also one that a {@code {{file:PATH}}} named
   * when the folder was last loaded; cheap enough to ask every two seconds.
   */
  public String fingerprint() {
    return files.fingerprint(referenced);
  }

  /**
   * These texts instead of those of the folder, where secrets are not; problems name the files as
   * they were given.
   *
   * @throws IOException when no temporary folder can be made, or a name is none of a configuration
   */
  public Loaded loadTexts(Map<String, String> texts, KnownConnectors connectors)
      throws IOException {
    try (TemporaryFolder temporary = TemporaryFolder.holding(texts)) {
      Loaded loaded =
          new ConfigurationFolder(temporary.path(), environment, clock)
              .loadWithoutSecrets(connectors);
      String prefix = temporary.path() + "/";
      return loaded instanceof Loaded.Refused refused
          ? new Loaded.Refused(refused.problems().stream().map(it -> it.within(prefix)).toList())
          : loaded;
    }
  }

  /**
   * The same where secrets are not: only what values depend on matters, and that is written in the
   * files. What references stand for is looked up in the environment, or stood in for.
   */
  public Loaded loadWithoutSecrets(KnownConnectors connectors) {
    return load(new StandIns(environment), connectors);
  }

  /**
   * Reads and checks all files.
   *
   * @param connectors what sources may be read with
   */
  public Loaded load(KnownConnectors connectors) {
    Set<Path> reading = new TreeSet<>();
    try {
      References references = new LookedUpReferences(folder, environment, reading::add);
      return load(references, connectors);
    } finally {
      referenced = Set.copyOf(reading);
    }
  }

  private Loaded load(References references, KnownConnectors connectors) {
    Problems problems = new Problems();
    if (!files.exists()) {
      problems.add(files.place(""), "there is no such folder", "name another with --config");
      return new Loaded.Refused(problems.sorted());
    }
    try {
      return load(new Context(problems, references, clock.instant()), connectors);
    } catch (IOException e) {
      problems.add(files.place(""), "could not be read: " + e.getMessage());
      return new Loaded.Refused(problems.sorted());
    }
  }

  private Loaded load(Context looking, KnownConnectors connectors) throws IOException {
    Problems problems = looking.problems();
    Map<String, String> texts = new TreeMap<>();
    for (String name : files.strangers()) {
      problems.add(files.place(name), "is not read", STRANGER);
    }
    Context plain = new Context(problems, References.NONE);
    Sources sources =
        new Sources(
            read(FolderFiles.SOURCES, SourceKeys.FILE, looking, texts), looking, connectors);
    Measures measures =
        new Measures(read(FolderFiles.MEASURES, MeasureKeys.FILE, plain, texts), sources, plain);
    Objectives objectives = new Objectives(measures, plain);
    for (String name : okrs(problems)) {
      read(name, OkrKeys.FILE, plain, texts).ifPresent(objectives::add);
    }
    objectives.checkTogether();
    Optional<Section> lint =
        files.has(FolderFiles.LINT)
            ? read(FolderFiles.LINT, LintKeys.FILE, plain, texts)
            : Optional.empty();
    List<Remark> remarks = new ArrayList<>(sources.remarks());
    remarks.addAll(measures.remarks());
    remarks.addAll(new Remarks(lint, plain).about(objectives));
    remarks.sort((one, other) -> Problems.BY_PLACE.compare(one.problem(), other.problem()));
    if (!problems.isEmpty()) {
      return new Loaded.Refused(problems.sorted());
    }
    return new Loaded.Accepted(
        new Configuration(
            FolderFiles.digest(texts),
            texts,
            sources.all(),
            sources.schedules(),
            sources.comparisons(),
            sources.guards(),
            sources.kept(),
            measures.definitions(),
            measures.all(),
            objectives.all(),
            objectives.formulas()),
        remarks);
  }

  private List<String> okrs(Problems problems) throws IOException {
    List<String> names = files.okrs();
    if (names.isEmpty()) {
      problems.add(files.place(FolderFiles.OKRS), "holds no file that ends in .yaml", STRANGER);
    }
    return names;
  }

  private Optional<Section> read(
      String name, Shape shape, Context context, Map<String, String> texts) {
    Optional<ConfigurationFile> file = files.read(name, context.problems());
    file.ifPresent(one -> texts.put(name, one.text()));
    return file.flatMap(one -> document(one, shape, context));
  }

  private static Optional<Section> document(ConfigurationFile file, Shape shape, Context context) {
    int before = context.problems().count();
    Optional<Node> node = YamlText.read(file, context.problems());
    if (node.isEmpty() && context.problems().count() == before) {
      context.problems().add(Place.of(file), "is empty; it must be " + shape.holds());
    }
    return node.flatMap(one -> shape.read(one, context));
  }
}
