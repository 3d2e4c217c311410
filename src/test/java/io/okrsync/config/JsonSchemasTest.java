package io.okrsync.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

class JsonSchemasTest {
  private static final Path CONFIG = Path.of("config");

  static Stream<String> schemas() {
    return JsonSchemas.all().keySet().stream();
  }

  /** To write them anew: {@code mvn test -Dtest=JsonSchemasTest -Dokrsync.write=true}. */
  @ParameterizedTest
  @MethodSource("schemas")
  void the_shipped_schema_says_what_is_read(String name) {
    Path shipped = CONFIG.resolve("schemas").resolve(name);
    String generated = JsonSchemas.all().getOrDefault(name, "");
    if (Boolean.getBoolean("okrsync.write")) {
      write(shipped, generated);
    }

    assertThat(shipped).hasContent(generated);
  }

  @Test
  void the_shipped_files_are_right_by_their_schemas() throws IOException {
    assertThat(errors("sources", text(CONFIG.resolve("sources.yaml")))).isEmpty();
    assertThat(errors("measures", text(CONFIG.resolve("measures.yaml")))).isEmpty();
    try (Stream<Path> files = Files.list(CONFIG.resolve("okrs"))) {
      assertThat(files).allSatisfy(file -> assertThat(errors("okrs", text(file))).isEmpty());
    }
    try (Stream<Path> files = Files.list(CONFIG.resolve("tests"))) {
      assertThat(files).allSatisfy(file -> assertThat(errors("cases", text(file))).isEmpty());
    }
  }

  @Test
  void each_shipped_file_names_its_schema() throws IOException {
    try (Stream<Path> files = Files.walk(CONFIG)) {
      List<Path> yaml = files.filter(file -> file.toString().endsWith(".yaml")).toList();
      assertThat(yaml)
          .hasSizeGreaterThan(2)
          .allSatisfy(
              file -> {
                String first = text(file).lines().findFirst().orElse("");
                assertThat(first).startsWith("# yaml-language-server: $schema=");
                assertThat(file.resolveSibling(first.substring(first.indexOf('=') + 1))).exists();
              });
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sources  | every: 15m | evry: 15m | evry",
        "sources  | every: 15m | every: 15 min | every",
        "sources  | connector: pipedrive-deals | zone: UTC | connector",
        "sources  | every: 15m | cron: 0 0 6 * * ? | freshness",
        "measures | count: true | count: false | count",
        "measures | count: true | sum: value, count: true | one and only one",
        "measures | count: true | sum: value, in: USD | currency",
        "measures | from: crm | form: crm | form",
        "measures | deals_won: | deals-won: | deals-won",
        "okrs     | target: 25 | target: '25' | target",
        "okrs     | weight: 2 | wieght: 2 | wieght",
        "okrs     | to: 2026-12-31 | to: 31.12.2026 | to",
        "okrs     | owner: sales | '' | owner"
      })
  void a_typical_mistake_is_refused_by_the_schema(
      String schema, String right, String wrong, String named) {
    String text = SAMPLES.getOrDefault(schema, "");
    assertThat(text).contains(right);
    assertThat(errors(schema, text)).isEmpty();

    assertThat(errors(schema, text.replaceFirst(java.util.regex.Pattern.quote(right), wrong)))
        .anySatisfy(error -> assertThat(error.toString()).contains(named));
  }

  private static final Map<String, String> SAMPLES =
      Map.of(
          "sources",
          Folder.SOURCES,
          "measures",
          Folder.MEASURES,
          "okrs",
          Folder.OKRS.replace("unit: \"%\"", "weight: 2"));

  private static List<Error> errors(String schema, String yaml) {
    String text = JsonSchemas.all().getOrDefault(schema + ".schema.json", "");
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(text)
        .validate(json(yaml), InputFormat.JSON);
  }

  private static String json(String yaml) {
    LoadSettings core = LoadSettings.builder().setSchema(new CoreSchema()).build();
    Object value = Objects.requireNonNull(new Load(core).loadFromString(yaml));
    return new ObjectMapper().valueToTree(value).toString();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
