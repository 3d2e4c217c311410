package io.okrsync.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads files with cases, and checks that what they name is in the configuration. */
public final class TestCases {
  private static final int MOST_BYTES = 1024 * 1024;

  private final Configuration configuration;
  private final Problems problems = new Problems();
  private final Context context = new Context(problems, References.NONE);
  private final List<TestCase> cases = new ArrayList<>();

  private TestCases(Configuration configuration) {
    this.configuration = configuration;
  }

  /** What came of reading the files. */
  public sealed interface Read {
    /** All is right: the cases in the order of the files. */
    record Accepted(List<TestCase> cases) implements Read {
      public Accepted {
        cases = List.copyOf(cases);
      }
    }

    /** At least one problem, by file and from top to bottom. */
    record Refused(List<Problem> problems) implements Read {
      public Refused {
        problems = List.copyOf(problems);
      }
    }
  }

  /** All cases of these files, or all that is wrong with them. */
  public static Read read(List<Path> files, Configuration configuration) {
    TestCases reading = new TestCases(configuration);
    files.forEach(reading::read);
    return reading.problems.isEmpty()
        ? new Read.Accepted(reading.cases)
        : new Read.Refused(reading.problems.sorted());
  }

  private void read(Path path) {
    TextFile read = TextFile.read(path, MOST_BYTES);
    String text = read instanceof TextFile.Text found ? found.text() : "";
    String shown = path.toString().replace('\\', '/');
    ConfigurationFile file = new ConfigurationFile(shown, shown, text, true);
    if (read instanceof TextFile.Unreadable unreadable) {
      problems.add(Place.of(file), unreadable.why());
      return;
    }
    int before = problems.count();
    Optional<Node> node = YamlText.read(file, problems);
    if (node.isEmpty() && problems.count() == before) {
      problems.add(Place.of(file), "is empty; it must be " + CaseKeys.FILE.holds());
    }
    node.flatMap(one -> CaseKeys.FILE.read(one, context)).ifPresent(one -> add(shown, one));
  }

  private void add(String file, Section section) {
    Instant now = section.get(CaseKeys.NOW).orElse(Instant.EPOCH);
    section
        .get(CaseKeys.CASES)
        .ifPresent(
            all -> all.forEach(one -> add(file, one, one.get(CaseKeys.CASE_NOW).orElse(now))));
  }

  private void add(String file, Section section, Instant now) {
    Map<String, List<Node>> given = section.get(CaseKeys.RECORDS).orElse(Map.of());
    Map<String, Expectation> expected = section.get(CaseKeys.EXPECT).orElse(Map.of());
    requireKnown(section, CaseKeys.RECORDS, "source", configuration.sources().keySet());
    requireKnown(section, CaseKeys.EXPECT, "key result", configuration.formulas().keySet());
    Map<String, ArrayNode> records = new LinkedHashMap<>();
    given.forEach((source, nodes) -> records.put(source, records(nodes)));
    if (section.sound()) {
      int line = section.node().place().line();
      cases.add(new TestCase(file, line, section.need(CaseKeys.NAME), now, records, expected));
    }
  }

  private ArrayNode records(List<Node> nodes) {
    ArrayNode records = JsonNodeFactory.instance.arrayNode();
    nodes.forEach(node -> NestedSettings.json(node, context).ifPresent(records::add));
    return records;
  }

  private void requireKnown(Section section, Key<?> key, String what, Collection<String> known) {
    Node.Entry entry = section.node().entries().get(key.name());
    if (entry == null || !(entry.value() instanceof Node.Mapping mapping)) {
      return;
    }
    mapping
        .entries()
        .forEach(
            (name, named) -> {
              if (!known.contains(name)) {
                problems.add(
                    named.key(), "unknown %s '%s'".formatted(what, name), Names.hint(name, known));
              }
            });
  }
}
