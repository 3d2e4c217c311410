package io.okrsync;

import io.okrsync.okr.CheckIn;
import io.okrsync.okr.Standing;
import io.okrsync.store.Store;
import io.okrsync.web.Json;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code check-in}: notes a person's confidence in a key result, beside what is computed. */
@Command(
    name = "check-in",
    description = "Notes how sure a person is of a key result; changes no value and no status.")
final class CheckInCommand implements Callable<Integer> {
  @Parameters(paramLabel = "KEYRESULT", description = "its id")
  String keyResult = "";

  @Option(
      names = "--confidence",
      required = true,
      paramLabel = "1..5",
      description = "from 1, it will not be reached, to 5; or red, yellow, green")
  String confidence = "";

  @Option(names = "--wins", description = "what went well")
  String wins = "";

  @Option(names = "--blockers", description = "what is in the way")
  String blockers = "";

  @Option(
      names = "--by",
      paramLabel = "PERSON",
      defaultValue = "${sys:user.name}",
      description = "who says so (default: ${DEFAULT-VALUE})")
  String by = "";

  @Mixin Folders folders = new Folders();
  @Mixin Database database = new Database();
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Setup setup = new Setup(Service.load(folders, System::getenv, Main.clock()), 0);
    KeyResults.known(keyResult, setup, spec);
    CheckIn said = said(Main.clock().instant().truncatedTo(ChronoUnit.MICROS));
    try (Store store = Store.open(database.existing(folders.dataOr("data")))) {
      store.checkIn(said);
      Standing standing = standing(new Standings(store, () -> setup, Main.clock()));
      Optional<String> disagreement = said.disagreement(standing.status());
      if (folders.json) {
        out.println(Json.write(json(said, standing, disagreement.orElse(null))));
        return Main.OK;
      }
      out.printf(
          "%s: confidence %s, by %s; the computed status is %s.%n",
          keyResult, said.inWords(), said.by(), standing.status().label());
      disagreement.ifPresent(out::println);
      return Main.OK;
    }
  }

  private CheckIn said(Instant at) {
    return Typed.read(
        spec, () -> new CheckIn(keyResult, at, by, CheckIn.confidence(confidence), wins, blockers));
  }

  private Standing standing(Standings standings) {
    return standings.now().stream()
        .flatMap(it -> it.keyResults().stream())
        .filter(it -> it.keyResult().id().equals(keyResult))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, @Nullable Object> json(
      CheckIn said, Standing standing, @Nullable String disagreement) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("keyResult", said.keyResult());
    json.put("at", said.at().toString());
    json.put("by", said.by());
    json.put("confidence", said.confidence());
    json.put("light", said.light().label());
    json.put("status", standing.status().label());
    json.put("disagreement", disagreement);
    return json;
  }
}
