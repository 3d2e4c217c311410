package io.okrsync;

import io.okrsync.connector.Connector;
import io.okrsync.connector.ConnectorProperty;
import io.okrsync.connector.Connectors;
import io.okrsync.web.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
                Map.of(
                    "items",
                    connectors.all().stream().map(ConnectorsCommand::json).toList(),
                    "problems",
                    connectors.problems().stream().map(Object::toString).toList())));
      } else {
        connectors.all().forEach(it -> print(it, out));
      }
      connectors.problems().forEach(problem -> spec.commandLine().getErr().println(problem));
      return connectors.problems().isEmpty() ? Main.OK : Main.REFUSED;
    }
  }

  private static void print(Connector connector, PrintWriter out) {
    out.printf("%s: %s%n", connector.name(), connector.title());
    out.printf("  %s%n", oneLine(connector.description()));
    out.printf(
        "  Its records are %s.%n",
        connector.kind() == null
            ? "of the kind that a source says"
            : "of kind " + connector.kind().label());
    for (ConnectorProperty property : connector.properties()) {
      out.printf("  %-16s %s%s%n", property.name(), property.title(), note(property));
      if (!property.description().isBlank()) {
        out.printf("  %-16s   %s%n", "", oneLine(property.description()));
      }
    }
    connector.traps().forEach(trap -> out.printf("  ! %s%n", trap));
    out.println();
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  private static String note(ConnectorProperty property) {
    List<String> notes = new ArrayList<>();
    if (property.required()) {
      notes.add("required");
    }
    if (property.secret()) {
      notes.add("secret");
    }
    if (!property.allowed().isEmpty()) {
      notes.add("one of " + String.join(", ", property.allowed()));
    }
    if (property.defaultValue() != null && !property.defaultValue().isEmpty()) {
      notes.add("default: " + property.defaultValue());
    } else if (property.example() != null) {
      notes.add("such as " + oneLine(property.example()));
    }
    return notes.isEmpty() ? "" : " (" + String.join("; ", notes) + ")";
  }

  private static Map<String, Object> json(Connector connector) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("name", connector.name());
    shown.put("title", connector.title());
    shown.put("description", connector.description());
    shown.put("kind", connector.kind() == null ? "" : connector.kind().label());
    shown.put("version", connector.version());
    shown.put("properties", connector.properties().stream().map(ConnectorsCommand::json).toList());
    shown.put("traps", connector.traps());
    return shown;
  }

  private static Map<String, @Nullable Object> json(ConnectorProperty property) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    shown.put("name", property.name());
    shown.put("title", property.title());
    shown.put("description", property.description());
    shown.put("type", property.type());
    shown.put("required", property.required());
    shown.put("secret", property.secret());
    shown.put("format", property.format());
    shown.put("defaultValue", property.defaultValue());
    shown.put("example", property.example());
    shown.put("allowed", property.allowed());
    return shown;
  }
}
