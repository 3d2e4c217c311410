package io.okrsync;

import io.okrsync.measure.NearestName;
import io.okrsync.okr.Cycle;
import io.okrsync.okr.ObjectiveStanding;
import io.okrsync.okr.Statement;
import io.okrsync.store.Store;
import io.okrsync.web.Json;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code next-cycle}: a draft of the objectives of the next cycle, from those of one. */
@Command(
    name = "next-cycle",
    description =
        "Writes a draft of the next cycle from one: final values become baselines, targets are left"
            + " to be decided, learnings are noted. Never writes over a file.")
final class NextCycleCommand implements Callable<Integer> {
  private static final int LEARNINGS = 1000;

  @Parameters(paramLabel = "CYCLE", description = "the id of the cycle to begin from")
  String cycle = "";

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "of the next cycle (default: what follows 2026-Q4, 2026-H2, 2026-12 or 2026)")
  @Nullable String id;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description = "a file that is not there yet (default: okrs/ID.yaml.draft beside the others)")
  @Nullable Path to;

  @Mixin Folders folders = new Folders();
  @Mixin Database database = new Database();
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    Setup setup = new Setup(Service.load(folders, System::getenv, Main.clock()), 0);
    try (Store store = Store.open(database.existing(folders.dataOr("data")))) {
      List<ObjectiveStanding> ended =
          new Standings(store, () -> setup, Main.clock())
              .now().stream().filter(it -> it.objective().cycle().id().equals(cycle)).toList();
      if (ended.isEmpty()) {
        throw unknown(setup);
      }
      Cycle last = ended.get(0).objective().cycle();
      Cycle next = next(last);
      String text = new NextCycle(last, next, ended, it -> learnings(store, it)).text();
      return write(file(next), text);
    }
  }

  private ParameterException unknown(Setup setup) {
    List<String> cycles =
        setup.configuration().objectives().stream()
            .map(it -> it.cycle().id())
            .distinct()
            .sorted()
            .toList();
    String near = NearestName.to(cycle, cycles).map("did you mean '%s'? "::formatted).orElse("");
    return new ParameterException(
        spec.commandLine(),
        "No objective has the cycle '%s'; %sknown here: %s"
            .formatted(cycle, near, String.join(", ", cycles)));
  }

  private Cycle next(Cycle last) {
    String name = id != null ? id : last.nextId().orElse(null);
    if (name == null) {
      throw new ParameterException(
          spec.commandLine(),
          "What follows '%s' is not known; name it with --id".formatted(last.id()));
    }
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,29}") || name.equals(last.id())) {
      throw new ParameterException(
          spec.commandLine(),
          "--id must be another id than '%s', of letters, digits, _ and -, at most 30: '%s'"
              .formatted(last.id(), name));
    }
    return last.next(name);
  }

  private Path file(Cycle next) {
    String name = next.id().toLowerCase(Locale.ROOT) + ".yaml.draft";
    return to != null ? to : folders.config.resolve("okrs").resolve(name);
  }

  private static List<Statement> learnings(Store store, String keyResult) {
    List<Statement> oldestFirst = new ArrayList<>(store.statements(keyResult, LEARNINGS));
    oldestFirst.removeIf(it -> it.kind() != Statement.Kind.LEARNING);
    Collections.reverse(oldestFirst);
    return oldestFirst;
  }

  private int write(Path file, String text) {
    long open = Pattern.compile(": " + NextCycle.OPEN + "\\b").matcher(text).results().count();
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException exists) {
      return refuse("%s is there already; name another file with --to".formatted(file));
    } catch (IOException failure) {
      return refuse("%s could not be written: %s".formatted(file, failure.getMessage()));
    }
    spec.commandLine()
        .getOut()
        .println(
            folders.json
                ? Json.write(Map.of("file", file.toString(), "toDecide", open))
                : "%s is written. Decide what stands as %s there (%d), see the titles, and give it a name that ends in .yaml; okr-sync validate tells what is still open."
                    .formatted(file, NextCycle.OPEN, open));
    return Main.OK;
  }

  private int refuse(String message) {
    spec.commandLine().getErr().println(message);
    if (folders.json) {
      spec.commandLine().getOut().println(Json.write(Map.of("error", message)));
    }
    return Main.REFUSED;
  }
}
