package io.okrsync;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.okrsync.audit.Explanation;
import io.okrsync.audit.Explanation.Part;
import io.okrsync.audit.Explanation.RecordPart;
import io.okrsync.okr.AsOf;
import io.okrsync.okr.Frozen;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Objective;
import io.okrsync.store.Evidence;
import io.okrsync.store.KeyResultReading;
import io.okrsync.web.Json;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code explain}: why a value changed between two moments, from what is stored. */
@Command(
    name = "explain",
    description =
        "Says why a key result changed between two moments: by which records and configurations,"
            + " with amounts that add up to the change.")
final class ExplainCommand implements Callable<Integer> {
  @Parameters(paramLabel = "KEYRESULT", description = "its id")
  String keyResult = "";

  @Option(
      names = "--from",
      paramLabel = "MOMENT",
      description = {
        "a day of the key result's cycle, which means its end, or a moment such as"
            + " 2026-11-21T03:00:00Z",
        "(default: right before the value changed last)"
      })
  @Nullable String from;

  @Option(names = "--to", paramLabel = "MOMENT", description = "the same (default: now)")
  @Nullable String to;

  @Option(
      names = "--limit",
      defaultValue = "20",
      description =
          "how many records of each cause are listed; all are added up (default: ${DEFAULT-VALUE})")
  int limit = 20;

  @Mixin Folders folders = new Folders();
  @Mixin Database database = new Database();
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    try (OpenedLedger ledger = OpenedLedger.open(folders, database)) {
      Evidence evidence = ledger.evidence();
      StoredSetups setups = ledger.setups();
      ZoneId zone = zone(evidence, setups);
      Explanations explanations = new Explanations(evidence, setups);
      Instant now = Main.clock().instant().truncatedTo(ChronoUnit.MICROS);
      Instant until = to == null ? now : moment("--to", to, zone, now);
      Instant since =
          from != null
              ? moment("--from", from, zone, now)
              : explanations
                  .lastChange(keyResult, until)
                  .filter(it -> it.isBefore(until))
                  .orElse(until);
      if (since.isAfter(until)) {
        throw new ParameterException(spec.commandLine(), "--from must not be after --to");
      }
      Optional<Explanation> explained = explanations.of(keyResult, since, until, limit);
      return explained.isEmpty() && rollsUp(evidence, setups)
          ? Main.FAILED
          : say(explained, until, evidence);
    }
  }

  /** Of the cycle that the key result belongs to by the last configuration that has it. */
  private ZoneId zone(Evidence evidence, StoredSetups setups) {
    List<Long> versions = evidence.configurationVersions();
    for (int i = versions.size() - 1; i >= 0; i--) {
      Optional<KeyResult> found = setups.version(versions.get(i)).keyResult(keyResult);
      if (found.isPresent()) {
        return found.get().cycle().zone();
      }
    }
    throw new ParameterException(
        spec.commandLine(),
        "no stored configuration has a key result '%s'; 'status --json' lists those there are"
            .formatted(keyResult));
  }

  /** Says so, and what to explain instead, where the value is the score of an objective. */
  private boolean rollsUp(Evidence evidence, StoredSetups setups) {
    List<Long> versions = evidence.configurationVersions();
    @Nullable Setup last = setups.version(versions.get(versions.size() - 1)).setup();
    Optional<Objective> child =
        last == null ? Optional.empty() : last.keyResult(keyResult).flatMap(last::child);
    child.ifPresent(
        it ->
            spec.commandLine()
                .getErr()
                .printf(
                    "The value of '%s' is the score of objective '%s'; 'status %s' says what adds"
                        + " to it. Explain one of its key results: %s%n",
                    keyResult,
                    it.id(),
                    keyResult,
                    it.keyResults().stream().map(KeyResult::id).collect(joining(", "))));
    return child.isPresent();
  }

  private Instant moment(String option, String text, ZoneId zone, Instant now) {
    return Typed.read(spec, () -> AsOf.of(option, text).in(zone, now));
  }

  private int say(Optional<Explanation> explained, Instant until, Evidence evidence) {
    if (explained.isEmpty()) {
      spec.commandLine()
          .getErr()
          .printf("Key result '%s' had no value yet at %s.%n", keyResult, until);
      return Main.FAILED;
    }
    PrintWriter out = spec.commandLine().getOut();
    String closed = Frozen.closeOf(keyResult);
    if (folders.json) {
      out.println(Json.explanation(explained.get()));
    } else {
      print(explained.get(), out);
      Optional.ofNullable(evidence.latest(List.of(closed)).get(closed))
          .filter(it -> it.value() != null && !it.at().isAfter(until))
          .ifPresent(it -> print(it, out));
    }
    return Main.OK;
  }

  private void print(KeyResultReading closed, PrintWriter out) {
    out.printf(
        "The final value of %s is %s, of reading %d at %s, and stays; this is what is read.%n",
        keyResult, requireNonNull(closed.value()).toPlainString(), closed.id(), closed.at());
  }

  private static void print(Explanation it, PrintWriter out) {
    boolean first = it.from().isFirst();
    if (first) {
      out.printf(
          "%s: no value yet at %s. The first is of reading %d; 'receipt %3$d' and 'export"
              + " population %3$d' say of what.%n",
          it.keyResult(), it.from().asked(), it.from().reading());
    }
    out.printf(
        "%s: %s at %s, %s at %s: %s%n",
        it.keyResult(),
        it.from().value().toPlainString(),
        first ? it.from().since() : it.from().asked(),
        it.to().value().toPlainString(),
        it.to().asked(),
        signed(it.change()));
    it.parts().forEach(part -> print(part, out));
    it.edits()
        .forEach(
            edit ->
                out.printf(
                    "%s set from %s to %s by configuration %d%n",
                    edit.what(), edit.from(), edit.to(), edit.configVersion()));
  }

  static void print(Part part, PrintWriter out) {
    String input = part.input() == null ? "" : part.input() + ": ";
    String version = part.configVersion() == null ? "" : " " + part.configVersion();
    String text = part.text().equals(part.why().words()) ? "" : ": " + part.text();
    out.printf("%15s  %s%s%s%s%n", signed(part.amount()), input, part.why().words(), version, text);
    part.largest().forEach(record -> print(record, out));
    long more = part.records() - part.largest().size();
    if (!part.largest().isEmpty() && more > 0) {
      out.printf("%15s    and %d more%n", "", more);
    }
  }

  private static void print(RecordPart record, PrintWriter out) {
    out.printf(
        "%15s    %s of %s, %s: %s -> %s%s%s%n",
        signed(record.amount()),
        record.title() == null ? record.record() : record.record() + " '" + record.title() + "'",
        record.source(),
        record.at() == null ? "at no known time" : record.at(),
        plain(record.before()),
        plain(record.after()),
        record.run() == null ? "" : ", run " + record.run(),
        record.url() == null ? "" : ", " + record.url());
  }

  static String signed(BigDecimal amount) {
    return (amount.signum() > 0 ? "+" : "") + amount.toPlainString();
  }

  private static String plain(@Nullable BigDecimal value) {
    return value == null ? "nothing" : value.toPlainString();
  }
}
