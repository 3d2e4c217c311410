package io.okrsync.connector;

import static java.util.stream.Collectors.toCollection;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * One file of {@code routes/}, read and checked before Camel sees it, so that each problem has a
 * line and says what to do.
 */
final class ConnectorFile {
  static final String ENDING = "-action.kamelet.yaml";
  private static final String PREFIX = "okrsync.io/";
  private static final List<String> ANNOTATIONS =
      List.of("kind", "incremental", "deletes", "ids", "total", "overlap", "page-maximum", "traps");

  private final Path file;
  private final String name;
  private final String text;
  private final YamlPlace root;
  private final List<ConnectorProblem> problems = new ArrayList<>();

  private ConnectorFile(Path file, String text, YamlPlace root) {
    this.file = file;
    this.name = file.getFileName().toString().replace(ENDING, "");
    this.text = text;
    this.root = root;
  }

  /** What came of reading a file. */
  sealed interface Read {
    /**
     * @param jqSettings the settings whose text is jq
     * @param text the file's text, for Camel
     */
    record Usable(Connector connector, Set<String> jqSettings, String text) implements Read {
      /** The name Camel knows it by. */
      String template() {
        return connector.name() + "-action";
      }
    }

    record Refused(List<ConnectorProblem> problems) implements Read {}
  }

  static Read read(Path file, String text) {
    try {
      YamlPlace root = YamlPlace.root(text);
      return new ConnectorFile(file, text, root).read();
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> mark = e.getProblemMark();
      return refused(
          file,
          mark.map(m -> m.getLine() + 1).orElse(1),
          mark.map(m -> m.getColumn() + 1).orElse(1),
          "is not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      return refused(file, 1, 1, "is not YAML: " + ErrorText.clean(String.valueOf(e.getMessage())));
    }
  }

  private static Read refused(Path file, int line, int column, String message) {
    return new Read.Refused(List.of(new ConnectorProblem(file, line, column, message)));
  }

  private Read read() {
    if (!root.isMapping()) {
      return refused(
          file, 1, 1, "is empty, or half written; it is looked at again when it changes");
    }
    checkHead();
    List<ConnectorProperty> properties = properties();
    Set<String> jqSettings =
        properties.stream()
            .filter(ConnectorProperty::jq)
            .map(ConnectorProperty::name)
            .collect(toCollection(LinkedHashSet::new));
    new StepsCheck(root.at("spec", "template"), properties, jqSettings, this::problem).check();
    Connector connector = connector(properties);
    return problems.isEmpty()
        ? new Read.Usable(connector, jqSettings, text)
        : new Read.Refused(List.copyOf(problems));
  }

  private void checkHead() {
    YamlPlace kind = root.at("kind");
    if (!kind.text().equals(Optional.of("Kamelet"))) {
      problem(kind, "kind must be Kamelet");
    }
    YamlPlace inside = root.at("metadata", "name");
    String expected = name + "-action";
    if (!inside.text().equals(Optional.of(expected))) {
      problem(inside, "metadata.name must be '%s', as the file is called".formatted(expected));
    }
    YamlPlace from = root.at("spec", "template", "from", "uri");
    if (!from.text().equals(Optional.of("kamelet:source"))) {
      problem(from, "spec.template.from.uri must be kamelet:source");
    }
    root.at("metadata", "annotations").each(this::checkAnnotation);
  }

  private void checkAnnotation(String key, YamlPlace value) {
    if (key.startsWith(PREFIX) && !ANNOTATIONS.contains(key.substring(PREFIX.length()))) {
      problem(
          value,
          "unknown annotation '%s'; known here: %s%s"
              .formatted(key, PREFIX, String.join(", " + PREFIX, ANNOTATIONS)));
    }
  }

  private Connector connector(List<ConnectorProperty> properties) {
    YamlPlace definition = root.at("spec", "definition");
    return new Connector(
        name,
        definition.at("title").text().orElse(name),
        definition.at("description").text().orElse(""),
        kind(properties),
        annotation("incremental").text().orElse(null),
        deletes(),
        ids(properties),
        annotation("total").text().orElse("false").equals("true"),
        overlap(),
        pageMaximum(),
        annotation("traps").text().stream()
            .flatMap(String::lines)
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .toList(),
        properties,
        file,
        digest());
  }

  private @Nullable RecordKind kind(List<ConnectorProperty> properties) {
    YamlPlace place = annotation("kind");
    if (!place.exists() && properties.stream().anyMatch(each -> each.name().equals("kind"))) {
      return null;
    }
    Optional<RecordKind> kind = place.text().flatMap(RecordKind::labelled);
    if (kind.isEmpty()) {
      problem(
          place,
          "annotation okrsync.io/kind must be one of %s; or declare a property 'kind'"
              .formatted(String.join(", ", RecordKind.labels())));
    }
    return kind.orElse(null);
  }

  private Deletes deletes() {
    YamlPlace place = annotation("deletes");
    String label = place.text().orElse("none");
    for (Deletes deletes : Deletes.values()) {
      if (deletes.name().toLowerCase(Locale.ROOT).equals(label)) {
        return deletes;
      }
    }
    problem(place, "annotation okrsync.io/deletes must be flagged, census, full or none");
    return Deletes.NONE;
  }

  /** What is annotated and what the steps do must agree, or a census would be believed wrongly. */
  private @Nullable String ids(List<ConnectorProperty> properties) {
    YamlPlace place = annotation("ids");
    String ids = place.text().orElse(null);
    boolean setting = properties.stream().anyMatch(each -> each.name().equals(ids));
    if (ids != null && !ids.equals(Connector.ALWAYS) && !setting) {
      problem(place, "annotation okrsync.io/ids must be 'true', or the name of a property");
    }
    boolean[] differs = {false};
    root.at("spec", "template")
        .walk(
            step ->
                step.at("parameters")
                    .each((name, value) -> differs[0] |= name.startsWith(PageOptions.IDS)));
    if (differs[0] != (ids != null)) {
      problem(
          place,
          "annotation okrsync.io/ids and options of okr:page that begin with ids. need each other");
    }
    return ids;
  }

  private int pageMaximum() {
    YamlPlace place = annotation("page-maximum");
    String number = place.text().orElse("100");
    if (number.matches("[1-9]\\d{0,6}")) {
      return Integer.parseInt(number);
    }
    problem(place, "annotation okrsync.io/page-maximum must be a whole number, such as '100'");
    return 100;
  }

  private Duration overlap() {
    YamlPlace place = annotation("overlap");
    String written = place.text().orElse("0s");
    try {
      String iso = written.toUpperCase(Locale.ROOT);
      return Duration.parse((iso.endsWith("D") ? "P" : "PT") + iso);
    } catch (DateTimeParseException e) {
      problem(place, "annotation okrsync.io/overlap must be a duration such as 10m, 2h or 1d");
      return Duration.ZERO;
    }
  }

  private YamlPlace annotation(String key) {
    return root.at("metadata", "annotations", PREFIX + key);
  }

  private List<ConnectorProperty> properties() {
    YamlPlace definition = root.at("spec", "definition");
    List<String> required = definition.at("required").texts();
    List<ConnectorProperty> properties = new ArrayList<>();
    definition
        .at("properties")
        .each((property, place) -> properties.add(property(property, place, required)));
    for (String each : required) {
      if (properties.stream().noneMatch(property -> property.name().equals(each))) {
        problem(definition.at("required"), "requires '%s', which is no property".formatted(each));
      }
    }
    return List.copyOf(properties);
  }

  private ConnectorProperty property(String name, YamlPlace place, List<String> required) {
    return new ConnectorProperty(
        name,
        place.at("title").text().orElse(name),
        place.at("description").text().orElse(""),
        place.at("type").text().orElse("string"),
        required.contains(name),
        place.at("format").text().orElse(null),
        place.at("propertyNames", "format").text().equals(Optional.of("field")),
        place.at("default").value().orElse(null),
        place.at("example").value().orElse(null),
        minimum(place.at("minimum")),
        place.at("enum").texts());
  }

  private @Nullable Long minimum(YamlPlace place) {
    Optional<String> written = place.text();
    if (written.isPresent() && !written.get().matches("-?\\d{1,18}")) {
      problem(place, "minimum must be a whole number");
      return null;
    }
    return written.map(Long::valueOf).orElse(null);
  }

  private String digest() {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(Arrays.copyOf(digest, 6));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private void problem(YamlPlace place, String message) {
    problems.add(new ConnectorProblem(file, place.line(), place.column(), message));
  }
}
