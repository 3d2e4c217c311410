package io.okrsync.config;

import io.okrsync.connector.Connector;
import io.okrsync.connector.ConnectorProblem;
import io.okrsync.connector.ConnectorProperty;
import io.okrsync.connector.Deletes;
import io.okrsync.connector.KnownConnectors;
import io.okrsync.connector.RecordKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Connectors as their files would declare them. */
final class SampleConnectors {
  static final Connector PIPEDRIVE =
      connector(
          "pipedrive-deals",
          RecordKind.DEAL,
          setting("baseUrl", "string", false),
          secret("apiToken"),
          setting("pageSize", "integer", false),
          setting("archived", "boolean", false),
          choice("region", "eu", "us"));

  static final Connector MAILCHIMP =
      connector(
          "mailchimp-campaigns",
          RecordKind.CAMPAIGN,
          setting("baseUrl", "string", true),
          secret("apiKey"));

  static final Connector JIRA =
      connector(
          "jira-issues",
          RecordKind.ISSUE,
          setting("baseUrl", "string", true),
          setting("email", "string", true),
          secret("apiToken"));

  /** Reads any kind, as its source says. */
  static final Connector ANYTHING =
      connector(
          "http-records",
          null,
          setting("kind", "string", true),
          setting("ratio", "number", false),
          setting("query", "object", false),
          jq("items", "string", false),
          jq("fields", "object", true));

  /** Reads files, each time all of them. */
  static final Connector CSV =
      connector(
          "csv-records",
          null,
          setting("kind", "string", true),
          setting("path", "string", true),
          new ConnectorProperty(
              "columns",
              "c",
              "Columns.",
              "object",
              false,
              null,
              true,
              null,
              null,
              null,
              List.of()));

  static final List<Connector> ALL = List.of(PIPEDRIVE, MAILCHIMP, JIRA, ANYTHING, CSV);

  /** All of them, and the file of one that is refused. */
  static final KnownConnectors KNOWN =
      new KnownConnectors() {
        @Override
        public Optional<Connector> named(String name) {
          return ALL.stream().filter(connector -> connector.name().equals(name)).findFirst();
        }

        @Override
        public List<String> names() {
          return ALL.stream().map(Connector::name).toList();
        }

        @Override
        public List<ConnectorProblem> refusals(String name) {
          Path file = Path.of("routes/hub-deals-action.kamelet.yaml");
          return name.equals("hub-deals")
              ? List.of(
                  new ConnectorProblem(file, 2, 7, "kind must be Kamelet"),
                  new ConnectorProblem(file, 9, 5, "unknown annotation 'x'"))
              : List.of();
        }
      };

  private SampleConnectors() {}

  private static Connector connector(
      String name, @Nullable RecordKind kind, ConnectorProperty... properties) {
    return new Connector(
        name,
        name,
        "Reads records.",
        kind,
        name.equals("csv-records") ? null : "updatedAt",
        Deletes.FLAGGED,
        null,
        false,
        Duration.ofMinutes(5),
        100,
        List.of(),
        List.of(properties),
        Path.of("routes", name + "-action.kamelet.yaml"),
        "0123456789ab");
  }

  private static ConnectorProperty setting(String name, String type, boolean required) {
    return new ConnectorProperty(
        name,
        name,
        "The setting " + name + ".",
        type,
        required,
        format(name),
        false,
        null,
        name.equals("baseUrl") ? "https://api.example.org" : null,
        type.equals("integer") ? 1L : null,
        List.of());
  }

  private static @Nullable String format(String name) {
    return switch (name) {
      case "baseUrl" -> "uri";
      case "path" -> "path";
      default -> null;
    };
  }

  private static ConnectorProperty jq(String name, String type, boolean byField) {
    return new ConnectorProperty(
        name, name, "As jq.", type, false, "jq", byField, null, ".x", null, List.of());
  }

  private static ConnectorProperty secret(String name) {
    return new ConnectorProperty(
        name,
        name,
        "The key to the system.",
        "string",
        true,
        "password",
        false,
        null,
        null,
        null,
        List.of());
  }

  private static ConnectorProperty choice(String name, String... allowed) {
    return new ConnectorProperty(
        name,
        name,
        "One of some.",
        "string",
        false,
        null,
        false,
        null,
        null,
        null,
        List.of(allowed));
  }
}
