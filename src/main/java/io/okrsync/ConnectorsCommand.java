package io.okrsync;

import io.okrsync.connector.Connector;
import io.okrsync.connector.ConnectorProperty;
import io.okrsync.connector.Connectors;
import io.okrsync.web.Json;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code connectors}: what can be read from, and with which settings. */
@Command(name = "connectors", description = "Lists the connectors and their settings.")
final class ConnectorsCommand implements Callable<Integer> {
  @Mixin Folders folders = new Folders();
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Connectors connectors = new Connectors(folders.routes, Main.clock())) {
      connectors.start();
      if (folders.json) {
        out.println(
            Json.write(
                Map.of("items", connectors.all().stream().map(ConnectorsCommand::json).toList())));
      } else {
        connectors.all().forEach(it -> print(it, out));
      }
      connectors.problems().forEach(problem -> spec.commandLine().getErr().println(problem));
      return connectors.problems().isEmpty() ? Main.OK : Main.REFUSED;
    }
  }

  private static void print(Connector connector, PrintWriter out) {
    out.printf("%s: %s%n", connector.name(), connector.title());
    out.printf("  %s%n", connector.description().strip().replaceAll("\\s+", " "));
    for (ConnectorProperty property : connector.properties()) {
      out.printf("  %-16s %s%s%n", property.name(), property.title(), note(property));
    }
    connector.traps().forEach(trap -> out.printf("  ! %s%n", trap));
    out.println();
  }

  private static String note(ConnectorProperty property) {
    if (property.required()) {
      return property.secret() ? " (required, secret)" : " (required)";
    }
    return property.defaultValue() == null ? "" : " (default: " + property.defaultValue() + ")";
  }

  private static Map<String, Object> json(Connector connector) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("name", connector.name());
    shown.put("title", connector.title());
    shown.put("description", connector.description());
    shown.put("kind", connector.kind() == null ? "" : connector.kind().label());
    shown.put("version", connector.version());
    shown.put("properties", List.copyOf(connector.properties()));
    shown.put("traps", connector.traps());
    return shown;
  }
}
