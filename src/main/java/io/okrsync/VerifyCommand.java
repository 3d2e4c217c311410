package io.okrsync;

import io.okrsync.audit.CheckpointFile;
import io.okrsync.audit.Finding;
import io.okrsync.audit.Pruning;
import io.okrsync.audit.Uncovered;
import io.okrsync.okr.Counted;
import io.okrsync.store.Evidence;
import io.okrsync.web.Json;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code verify}: checks the whole ledger, or an exported pack. */
@Command(
    name = "verify",
    description =
        "Checks that nothing in the ledger was changed, and computes every value again; or, given a"
            + " FILE, checks that evidence pack alone. Changes nothing.")
final class VerifyCommand implements Callable<Integer> {
  private static final Pattern KEY = Pattern.compile("[0-9a-f]{16}");

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "a pack that 'export evidence' wrote; nothing else is read then")
  @Nullable Path pack;

  @Option(
      names = "--key",
      paramLabel = "ID",
      description = {
        "the key that must have signed; more than one where a key took the place of another",
        "(default: the signing key; of a FILE: any)"
      })
  List<String> keys = List.of();

  @Mixin Folders folders = new Folders();
  @Mixin Database database = new Database();
  @Mixin Sealing sealing = new Sealing();
  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    for (String key : keys) {
      if (!KEY.matcher(key).matches()) {
        throw new ParameterException(
            spec.commandLine(),
            "--key must be the id that 'checkpoint' prints, 16 digits of 0 to 9 and a to f: '%s'"
                .formatted(key));
      }
    }
    return pack == null ? ledger() : pack(pack);
  }

  private int pack(Path file) throws IOException {
    @Nullable List<String> kept = sealing.given() ? kept(file).lines() : null;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      PackCheck check = new PackCheck();
      Verification.Report report = check.run(in, new LinkedHashSet<>(keys), kept);
      return say(
          report,
          report.findings(),
          ", signed by key " + check.signer(),
          true,
          "nothing is wrong.");
    } catch (NoSuchFileException missing) {
      spec.commandLine().getErr().printf("There is no file %s.%n", file);
      return Main.REFUSED;
    } catch (IOException failure) {
      spec.commandLine().getErr().printf("%s cannot be read: %s%n", file, failure.getMessage());
      return Main.REFUSED;
    }
  }

  private int ledger() throws IOException {
    Path data = folders.dataOr("data");
    CheckpointFile.Content kept =
        sealing.given()
            ? CheckpointFile.copy(kept(data).lines(), signers(data))
            : sealing.checkpoints(data).read(signers(data));
    try (OpenedLedger ledger = OpenedLedger.open(folders, database)) {
      Evidence evidence = ledger.evidence();
      StoredSetups setups = ledger.setups();
      Verification.Report report = new Verification(evidence, setups, kept.checkpoints()).run();
      List<Finding> findings =
          Stream.concat(kept.findings().stream(), report.findings().stream()).toList();
      return say(
          report,
          findings,
          "",
          sealing.existingKey(data).isPresent(),
          "everything is as it was written, and every value computed again is the same.");
    }
  }

  private CheckpointFile kept(Path data) {
    return Typed.read(spec, () -> sealing.kept(data));
  }

  private Set<String> signers(Path data) throws IOException {
    return keys.isEmpty()
        ? sealing.existingKey(data).map(it -> Set.of(it.id())).orElse(Set.of())
        : new LinkedHashSet<>(keys);
  }

  private static Map<String, Object> json(Uncovered it) {
    return new TreeMap<>(
        Map.of("first", it.first(), "last", it.last(), "since", it.since().toString()));
  }

  private int say(
      Verification.Report report,
      List<Finding> findings,
      String signer,
      boolean signedBefore,
      String sound) {
    Map<String, Long> checked = report.checked();
    PrintWriter out = spec.commandLine().getOut();
    int exit = findings.isEmpty() ? Main.OK : Main.FAILED;
    if (folders.json) {
      Map<String, Object> all = new TreeMap<>();
      all.put("checked", checked);
      all.put("findings", findings);
      all.put("pruned", report.pruned());
      Optional.ofNullable(report.uncovered()).ifPresent(it -> all.put("uncovered", json(it)));
      out.println(Json.write(all));
      return exit;
    }
    findings.forEach(out::println);
    Pruning.inWords(report.pruned()).forEach(out::println);
    String counts =
        checked.entrySet().stream()
            .map(it -> Counted.of(it.getValue(), it.getKey()))
            .collect(Collectors.joining(", "));
    out.printf(
        "Checked %s%s: %s%n",
        counts, signer, findings.isEmpty() ? sound : Finding.counted(findings.size()) + ".");
    if (checked.getOrDefault("checkpoints", 0L) == 0
        && findings.stream().noneMatch(it -> CheckpointFile.isOfLine(it))) {
      out.println(
          "There is no checkpoint, so neither an end that was cut off nor a log that was written"
              + " anew would be found"
              + (signedBefore
                  ? ". There is a signing key, so there were some, unless none could be written:"
                      + " ask whoever kept a copy."
                  : "; 'checkpoint' makes one."));
    }
    if (report.uncovered() != null) {
      out.println(report.uncovered());
    }
    return exit;
  }
}
