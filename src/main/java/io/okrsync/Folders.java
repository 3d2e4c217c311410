package io.okrsync;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where things are: the options that every command has. */
final class Folders {
  @Option(
      names = "--config",
      paramLabel = "FOLDER",
      defaultValue = "config",
      description = "the folder with sources, measures and OKRs (default: ${DEFAULT-VALUE})")
  Path config = Path.of("config");

  @Option(
      names = "--routes",
      paramLabel = "FOLDER",
      defaultValue = "routes",
      description = "the folder with the connectors (default: ${DEFAULT-VALUE})")
  Path routes = Path.of("routes");

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "the folder with the database (default: data; demo: a new one each time)")
  @Nullable Path data;

  @Option(
      names = "--token-key",
      paramLabel = "FILE",
      defaultValue = "${OKRSYNC_TOKEN_KEY}",
      description = {
        "the key that encrypts kept OAuth2 tokens; made when it is missing, readable by its owner"
            + " only",
        "(default: token.key in --data, or OKRSYNC_TOKEN_KEY)"
      })
  @Nullable Path tokenKey;

  @Option(names = "--json", description = "answer in JSON")
  boolean json;

  Path tokenKey() {
    Path given = tokenKey;
    return given == null || given.toString().isBlank()
        ? dataOr("data").resolve("token.key")
        : given;
  }

  Path dataOr(String other) {
    return data == null ? Path.of(other) : data;
  }
}
