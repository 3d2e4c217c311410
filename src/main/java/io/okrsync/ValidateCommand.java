package io.okrsync;

import io.okrsync.config.Configuration;
import io.okrsync.config.ConfigurationFolder;
import io.okrsync.config.Loaded;
import io.okrsync.config.Problem;
import io.okrsync.config.Problems;
import io.okrsync.config.Remark;
import io.okrsync.connector.Connectors;
import io.okrsync.okr.Counted;
import io.okrsync.web.Json;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code validate}: says all that is wrong with the configuration and the connectors, without
 * touching anything.
 */
@Command(
    name = "validate",
    description = "Checks the configuration and the connectors; changes nothing.")
final class ValidateCommand implements Callable<Integer> {
  @Mixin Folders folders = new Folders();
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Connectors connectors = new Connectors(folders.routes, Main.clock())) {
      connectors.start();
      List<String> broken = connectors.problems().stream().map(Object::toString).toList();
      Loaded loaded = new ConfigurationFolder(folders.config, System::getenv).load(connectors);
      List<Problem> problems =
          loaded instanceof Loaded.Refused refused ? refused.problems() : List.of();
      List<Remark> remarks =
          loaded instanceof Loaded.Accepted accepted ? accepted.remarks() : List.of();
      if (folders.json) {
        out.println(
            Json.write(
                Map.of(
                    "remarks",
                    remarks.stream().map(ValidateCommand::json).toList(),
                    "valid",
                    problems.isEmpty() && broken.isEmpty(),
                    "problems",
                    problems.stream().map(ValidateCommand::json).toList(),
                    "connectorProblems",
                    broken)));
      } else {
        broken.forEach(out::println);
        remarks.forEach(out::println);
        out.println(
            loaded instanceof Loaded.Accepted accepted
                ? found(accepted.configuration()) + refused(broken.size()) + advice(remarks.size())
                : Problems.text(problems));
      }
      return problems.isEmpty() && broken.isEmpty() ? Main.OK : Main.REFUSED;
    }
  }

  private static String refused(int connectors) {
    return connectors == 0
        ? ""
        : "\n%s in the connector files, told above; none of these sources needs what is refused."
            .formatted(Counted.of(connectors, "problems"));
  }

  private static String advice(int remarks) {
    String count = Counted.of(remarks, "remarks");
    return remarks == 0
        ? ""
        : "\n%s, told above; they change nothing. Those on wording and numbers can be switched in lint.yaml."
            .formatted(count);
  }

  private static Map<String, Object> json(Remark remark) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("check", remark.check());
    json.put("level", remark.level().label());
    json.putAll(place(remark.problem()));
    json.put("message", remark.problem().message());
    json.put("reason", String.valueOf(remark.problem().hint()));
    return json;
  }

  private static Map<String, @Nullable Object> json(Problem problem) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>(place(problem));
    json.put("message", problem.message());
    json.put("hint", problem.hint());
    json.put("excerpt", problem.excerpt());
    return json;
  }

  /** What is wrong with a file as a whole has no line. */
  private static Map<String, Object> place(Problem problem) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", problem.file());
    json.put("path", problem.path());
    if (problem.line() > 0) {
      json.put("line", problem.line());
      json.put("column", problem.column());
    }
    return json;
  }

  private static String found(Configuration configuration) {
    return "The configuration is valid: %s, %s, %s, %s."
        .formatted(
            Counted.of(configuration.sources().size(), "sources"),
            Counted.of(configuration.measures().size(), "measures"),
            Counted.of(configuration.objectives().size(), "objectives"),
            Counted.of(
                configuration.objectives().stream().mapToInt(it -> it.keyResults().size()).sum(),
                "key results"));
  }
}
