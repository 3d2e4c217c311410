package io.okrsync.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.connector.ConnectorFile.Read.Usable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules for files in {@code routes/}, one a method; a new file is held to them by being there.
 */
class RoutesFolderTest {
  private static final Path ROUTES = Path.of("routes");
  private static final Path FIXTURES = Path.of("src/test/resources/connectors");

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(ROUTES)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void is_called_after_its_system_and_what_it_reads(Path file) {
    assertThat(file.getFileName().toString())
        .matches("[a-z0-9]+(-[a-z0-9]+)+-(action|source|sink)\\.kamelet\\.yaml");
  }

  @ParameterizedTest
  @MethodSource("files")
  void is_usable(Path file) throws IOException {
    assertThat(ConnectorFile.read(file, Files.readString(file))).isInstanceOf(Usable.class);
  }

  @ParameterizedTest
  @MethodSource("files")
  void says_what_it_is_in_a_title_and_a_sentence(Path file) throws IOException {
    Connector connector = usable(file).connector();

    assertThat(connector.title()).isNotEqualTo(connector.name());
    assertThat(connector.description()).endsWith(".");
  }

  @ParameterizedTest
  @MethodSource("files")
  void each_setting_has_a_title_a_type_and_a_sentence(Path file) throws IOException {
    eachSetting(
        file,
        (name, setting) -> {
          assertThat(setting.at("title").text()).as(name).isPresent();
          assertThat(setting.at("type").text().orElse(""))
              .as(name)
              .isIn("string", "integer", "number", "boolean", "object");
          assertThat(setting.at("description").text().orElse("")).as(name).endsWith(".");
        });
  }

  @ParameterizedTest
  @MethodSource("files")
  void each_setting_has_a_default_or_an_example(Path file) throws IOException {
    eachSetting(
        file,
        (name, setting) ->
            assertThat(setting.at("default").exists() || setting.at("example").exists())
                .as(name)
                .isTrue());
  }

  @ParameterizedTest
  @MethodSource("files")
  void a_required_setting_has_no_default(Path file) throws IOException {
    assertThat(usable(file).connector().properties())
        .filteredOn(ConnectorProperty::required)
        .allSatisfy(setting -> assertThat(setting.defaultValue()).as(setting.name()).isNull());
  }

  @ParameterizedTest
  @MethodSource("files")
  void what_sounds_like_a_secret_is_declared_as_one(Path file) throws IOException {
    assertThat(usable(file).connector().properties())
        .filteredOn(setting -> setting.name().matches("(?i).*(token|secret|password|key)$"))
        .allMatch(ConnectorProperty::secret);
  }

  /** Where the admin chooses the kind, the admin says as well which field is the link. */
  @ParameterizedTest
  @MethodSource("files")
  void its_records_link_to_their_pages_or_it_says_why_not(Path file) throws IOException {
    boolean isOfOneTool =
        usable(file).connector().properties().stream().noneMatch(it -> it.name().equals("kind"));
    if (isOfOneTool) {
      assertThat(Files.readString(file)).containsPattern(" url: .*@uri|have no link");
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void a_secret_is_used_by_okr_page_alone(Path file) throws IOException {
    Set<String> secrets = new TreeSet<>();
    usable(file).connector().properties().stream()
        .filter(ConnectorProperty::secret)
        .forEach(setting -> secrets.add("{{" + setting.name() + "}}"));
    YamlPlace.root(Files.readString(file))
        .at("spec", "template")
        .walk(
            place ->
                place.each(
                    (key, value) ->
                        assertThat(
                                key.equals("secret")
                                    || secrets.stream()
                                        .noneMatch(value.text().orElse("")::contains))
                            .as(key)
                            .isTrue()));
  }

  @ParameterizedTest
  @MethodSource("files")
  void allows_no_setting_it_does_not_declare(Path file) throws IOException {
    assertThat(
            YamlPlace.root(Files.readString(file))
                .at("spec", "definition", "additionalProperties")
                .text())
        .contains("false");
  }

  @ParameterizedTest
  @MethodSource("files")
  void uses_each_setting_it_declares(Path file) throws IOException {
    String template = Files.readString(file).split("\n  template:\n", 2)[1];
    Set<String> used = new TreeSet<>(Set.of("kind", "pageSize"));
    Matcher matcher = Pattern.compile("\\{\\{(\\w+)}}|\\$with\\.(\\w+)").matcher(template);
    while (matcher.find()) {
      used.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    for (String program : usable(file).jqSettings()) {
      if (Pattern.compile("\\b" + program + "\\b").matcher(template).find()) {
        used.add(program);
      }
    }
    assertThat(usable(file).connector().properties())
        .extracting(ConnectorProperty::name)
        .isSubsetOf(used);
  }

  @ParameterizedTest
  @MethodSource("files")
  void says_how_deletes_are_seen(Path file) throws IOException {
    YamlPlace annotations = YamlPlace.root(Files.readString(file)).at("metadata", "annotations");
    assertThat(annotations.at("okrsync.io/deletes").text()).isPresent();
    Connector connector = usable(file).connector();
    if (connector.deletes() == Deletes.FULL) {
      assertThat(connector.incrementalField()).as("a full read reads everything").isNull();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void offers_the_kinds_there_are_where_each_source_chooses(Path file) throws IOException {
    usable(file)
        .connector()
        .property("kind")
        .ifPresent(
            kind -> assertThat(kind.allowed()).containsExactlyElementsOf(RecordKind.labels()));
  }

  @ParameterizedTest
  @MethodSource("files")
  void takes_the_base_url_where_it_speaks_http(Path file) throws IOException {
    if (Files.readString(file).contains("uri: okr:page")) {
      assertThat(usable(file).connector().property("baseUrl")).isPresent();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void has_replies_and_expected_records_for_its_test(Path file) throws IOException {
    if (Files.readString(file).contains("uri: okr:page")) {
      assertThat(FIXTURES.resolve(usable(file).connector().name()).resolve("conformance.json"))
          .exists();
      assertThat(testOf(usable(file).connector().name())).exists();
    }
  }

  private static Path testOf(String connector) {
    StringBuilder name = new StringBuilder();
    for (String word : connector.split("-")) {
      name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
    }
    return Path.of("src/test/java/io/okrsync/connector/" + name + "Test.java");
  }

  private static Usable usable(Path file) throws IOException {
    return (Usable) ConnectorFile.read(file, Files.readString(file));
  }

  private static void eachSetting(Path file, BiConsumer<String, YamlPlace> check)
      throws IOException {
    Map<String, YamlPlace> settings = new TreeMap<>();
    YamlPlace.root(Files.readString(file))
        .at("spec", "definition", "properties")
        .each(settings::put);
    assertThat(settings).isNotEmpty();
    settings.forEach(check);
  }
}
