package io.okrsync.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.connector.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A folder config/ that is all right until a test changes it. */
final class Folder {
  static final String SOURCES =
      """
      sources:
        crm:
          connector: pipedrive-deals
          with:
            apiToken: "{{env:CRM_TOKEN}}"
          every: 15m
      """;

  static final String MEASURES =
      """
      measures:
        deals_won:  { from: crm, where: status == 'won',  at: wonAt,  count: true }
        deals_lost: { from: crm, where: status == 'lost', at: lostAt, count: true }
      """;

  static final String OKRS =
      """
      cycle: { id: 2026-Q4, from: 2026-10-01, to: 2026-12-31 }
      objectives:
        - id: close-better-deals
          title: Close more of the right deals
          owner: sales
          keyResults:
            - id: win-rate
              title: Raise the win rate from 18% to 25%
              formula: 100.0 * deals_won / (deals_won + deals_lost)
              baseline: 18
              target: 25
              unit: "%"
      """;

  final Path path;
  private final Map<String, String> environment = new HashMap<>(Map.of("CRM_TOKEN", "t0p-secret"));

  Folder(Path temporary) {
    this.path = temporary.resolve("config");
    sources(SOURCES).measures(MEASURES).okrs(OKRS);
  }

  Folder sources(String text) {
    return file("sources.yaml", text);
  }

  Folder measures(String text) {
    return file("measures.yaml", text);
  }

  Folder okrs(String text) {
    return file("okrs/q4.yaml", text);
  }

  Folder file(String name, String text) {
    return file(name, text.getBytes(StandardCharsets.UTF_8));
  }

  Folder file(String name, byte[] bytes) {
    try {
      Path file = path.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Folder delete(String name) {
    try {
      Files.delete(path.resolve(name));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Folder variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  ConfigurationFolder folder() {
    return new ConfigurationFolder(path, environment::get);
  }

  Loaded load() {
    return folder().load(SampleConnectors.KNOWN);
  }

  Configuration accepted() {
    Loaded loaded = load();
    assertThat(loaded).as(() -> text(loaded)).isInstanceOf(Loaded.Accepted.class);
    return ((Loaded.Accepted) loaded).configuration();
  }

  Source source(String name) {
    return requireNonNull(accepted().sources().get(name));
  }

  /** What is printed, with the folder as somebody would name it. */
  String refused() {
    Loaded loaded = load();
    assertThat(loaded).isInstanceOf(Loaded.Refused.class);
    return text(loaded);
  }

  /** The only problem. */
  String problem() {
    Loaded loaded = load();
    assertThat(loaded).isInstanceOf(Loaded.Refused.class);
    List<Problem> problems = ((Loaded.Refused) loaded).problems();
    assertThat(problems).as(() -> text(loaded)).hasSize(1);
    return shown(problems.get(0).toString());
  }

  private String text(Loaded loaded) {
    return loaded instanceof Loaded.Refused refused ? shown(Problems.text(refused.problems())) : "";
  }

  private String shown(String text) {
    return text.replace(path.toString().replace('\\', '/'), "config");
  }
}
