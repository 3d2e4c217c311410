package io.okrsync;

import io.okrsync.config.Configuration;
import io.okrsync.config.ConfigurationFolder;
import io.okrsync.config.Loaded;
import io.okrsync.config.TestCase;
import io.okrsync.config.TestCases;
import io.okrsync.connector.Connectors;
import io.okrsync.web.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code test}: runs cases through the whole engine; needs no secrets and touches nothing. */
@Command(
    name = "test",
    description = "Checks cases: given records and a time, what key results must come to.")
final class TestCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "files with cases, or folders of them (default: tests/ in the configuration)")
  List<Path> paths = new ArrayList<>();

  @Mixin Folders folders = new Folders();
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Connectors connectors = new Connectors(folders.routes, Main.clock())) {
      connectors.start();
      Configuration configuration = configuration(connectors);
      List<CaseRun> runs = new ArrayList<>();
      for (TestCase each : cases(configuration)) {
        runs.add(CaseRun.of(each, configuration, connectors));
      }
      CaseReport report = new CaseReport(runs);
      out.println(folders.json ? Json.write(report.json()) : report.text());
      return report.failed() == 0 ? Main.OK : Main.FAILED;
    }
  }

  private Configuration configuration(Connectors connectors) {
    Loaded loaded =
        new ConfigurationFolder(folders.config, System::getenv).loadWithoutSecrets(connectors);
    if (loaded instanceof Loaded.Refused refused) {
      throw new ConfigurationRefused(refused.problems());
    }
    return ((Loaded.Accepted) loaded).configuration();
  }

  private List<TestCase> cases(Configuration configuration) {
    TestCases.Read read = TestCases.read(files(), configuration);
    if (read instanceof TestCases.Read.Refused refused) {
      throw new ConfigurationRefused(refused.problems());
    }
    return ((TestCases.Read.Accepted) read).cases();
  }

  private List<Path> files() {
    List<Path> asked = paths.isEmpty() ? List.of(folders.config.resolve("tests")) : paths;
    List<Path> files = asked.stream().flatMap(TestCommand::files).toList();
    if (files.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "there are no cases: %s holds no file that ends in .yaml".formatted(asked.get(0)));
    }
    return files;
  }

  private static Stream<Path> files(Path path) {
    if (!Files.isDirectory(path)) {
      return path.getFileName().toString().endsWith(".yaml") ? Stream.of(path) : Stream.of();
    }
    try (Stream<Path> all = Files.list(path)) {
      return all.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
