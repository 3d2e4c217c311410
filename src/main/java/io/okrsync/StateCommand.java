package io.okrsync;

import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Statement;
import io.okrsync.web.Json;
import io.okrsync.web.StatementBody;
import io.okrsync.web.StatementForm;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code state}: notes a typed value, an override or a learning, with its reason. */
@Command(
    name = "state",
    description =
        "Types a value that no source tells, overrides one that is read, or notes what was"
            + " learned.")
final class StateCommand implements Callable<Integer> {
  @Parameters(paramLabel = "KEYRESULT", description = "its id")
  String keyResult = "";

  @ArgGroup(multiplicity = "1")
  What what = new What();

  @Option(
      names = "--until",
      paramLabel = "DAY",
      description = "the last day of an override, such as 2026-12-01")
  @Nullable String until;

  @Option(names = "--reason", description = "why; needed but for --learned")
  @Nullable String reason;

  @Option(names = "--link", description = "where the evidence is")
  @Nullable String link;

  @Option(
      names = "--by",
      paramLabel = "PERSON",
      defaultValue = "${sys:user.name}",
      description = "who says so (default: ${DEFAULT-VALUE})")
  String by = "";

  @Mixin Folders folders = new Folders();
  @Mixin Database database = new Database();
  @Spec CommandSpec spec;

  /** One of them. */
  static final class What {
    @Option(names = "--value", paramLabel = "NUMBER", description = "the value, as it is now")
    @Nullable String value;

    @Option(
        names = "--override",
        paramLabel = "NUMBER",
        description = "the value that holds instead of the one that is read")
    @Nullable String override;

    @Option(names = "--end-override", description = "the value that is read holds again")
    boolean end;

    @Option(names = "--learned", paramLabel = "TEXT", description = "what worked or not, and why")
    @Nullable String learned;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Service service =
        Service.open(
            folders,
            database.existing(folders.dataOr("data")),
            System::getenv,
            Main.clock(),
            run -> {},
            run -> {})) {
      Setup setup = service.setup();
      KeyResults.known(keyResult, setup, spec);
      Statement said = said(setup.keyResult(keyResult).orElseThrow(), service);
      service.store().state(said, setup.version());
      out.println(
          folders.json
              ? Json.write(StatementBody.of(said))
              : "%s: %s is noted, by %s.".formatted(keyResult, noted(said), said.by()));
      return Main.OK;
    }
  }

  private static String noted(Statement said) {
    return said.kind() == Statement.Kind.OVERRIDE && said.value() == null
        ? "the end of the override"
        : said.kind().label();
  }

  private Statement said(KeyResult about, Service service) {
    Map<String, @Nullable String> fields = new HashMap<>();
    fields.put(
        "kind", what.value != null ? "value" : what.learned != null ? "learning" : "override");
    fields.put("value", what.value != null ? what.value : what.override);
    fields.put("reason", what.learned != null ? what.learned : reason);
    fields.put("link", link);
    fields.put("until", until);
    fields.put("by", by);
    return Typed.read(spec, () -> StatementForm.of(about, service.now(), fields::get));
  }
}
