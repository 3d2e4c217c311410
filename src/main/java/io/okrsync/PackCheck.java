package io.okrsync;

import io.okrsync.audit.AuditEntry;
import io.okrsync.audit.ChainCheck;
import io.okrsync.audit.Checkpoint;
import io.okrsync.audit.CheckpointFile;
import io.okrsync.audit.Finding;
import io.okrsync.audit.Pruning;
import io.okrsync.audit.SealedEntry;
import io.okrsync.audit.Uncovered;
import io.okrsync.store.AuditHead;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks an evidence pack: what {@code src/verifier/Verify.java} checks, by the product's own code.
 * Nothing but the pack is asked. Both call the places of what they find the same.
 */
final class PackCheck {
  private static final String CHECKPOINTS = "checkpoints.jsonl";

  private final List<Finding> findings = new ArrayList<>();
  private final Map<Long, SealedEntry> entries = new LinkedHashMap<>();
  private final Map<String, Long> checked = new LinkedHashMap<>();

  /** The last entry that a checkpoint signed, of those that were kept, or else of the pack. */
  private long covered;

  private @Nullable String signer;

  /**
   * Everything is checked.
   *
   * @param keys the ids of those that may have signed; empty where any may have, but the same one
   *     all
   * @param kept checkpoints that were kept elsewhere; null where there are none
   * @throws IOException where it is no archive that can be read
   */
  Verification.Report run(InputStream in, Set<String> keys, @Nullable List<String> kept)
      throws IOException {
    PackArchive pack = new PackArchive(in, findings);
    Optional<AuditHead> end = pack.check(keys);
    signer = pack.signer();
    Set<String> expected = keys.isEmpty() && signer != null ? Set.of(signer) : keys;
    step("audit.jsonl", () -> chain(pack, end));
    step(CHECKPOINTS, () -> checkpoints(pack.lines(CHECKPOINTS), CHECKPOINTS, expected));
    if (kept != null) {
      covered = 0;
      step(CheckpointFile.COPY, () -> checkpoints(kept, CheckpointFile.COPY, expected));
    }
    PackDefined defined = new PackDefined(findings);
    PackTold told = new PackTold(entries, defined, findings);
    PackReadings readings = new PackReadings(pack, told, defined, findings);
    step("runs.jsonl", () -> told.runs(pack.lines("runs.jsonl")));
    step("configurations.jsonl", () -> told.configurations(pack.lines("configurations.jsonl")));
    step("measures.jsonl", readings::measures);
    step("readings.jsonl", readings::check);
    checked.putAll(told.counts());
    checked.putAll(readings.counts());
    List<Pruning> pruned =
        entries.values().stream().flatMap(it -> Pruning.of(it).stream()).toList();
    return new Verification.Report(checked, List.copyOf(findings), pruned, uncovered());
  }

  /** The id of the key that signed the manifest; null where it cannot be told. */
  @Nullable String signer() {
    return signer;
  }

  private @Nullable Uncovered uncovered() {
    List<SealedEntry> later =
        entries.values().stream().filter(it -> it.sequence() > covered).toList();
    return later.isEmpty()
        ? null
        : new Uncovered(
            later.get(0).sequence(),
            later.get(later.size() - 1).sequence(),
            later.get(0).entry().at());
  }

  /** A part that cannot be read at all is a finding, and the next part is checked. */
  private void step(String file, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException broken) {
      findings.add(new Finding(file, "cannot be read: " + broken.getMessage()));
    }
  }

  private void chain(PackArchive pack, Optional<AuditHead> end) {
    ChainCheck chain = new ChainCheck();
    for (String line : pack.lines("audit.jsonl")) {
      SealedEntry entry = entry(JsonLine.of(line));
      chain.next(entry);
      if (entries.put(entry.sequence(), entry) != null) {
        findings.add(new Finding("audit entry " + entry.sequence(), "is there twice"));
      }
    }
    chain
        .findings()
        .forEach(it -> findings.add(new Finding("audit entry " + it.sequence(), it.what())));
    checked.put("entries", (long) entries.size());
    AuditHead last = new AuditHead(chain.sequence(), chain.hash());
    if (end.isPresent() && !end.get().equals(last)) {
      findings.add(
          new Finding(
              "audit entry " + last.sequence(),
              "is the last one, but the manifest says that the chain ends with entry %d"
                  .formatted(end.get().sequence())));
    }
  }

  private static SealedEntry entry(JsonLine line) {
    AuditEntry entry =
        new AuditEntry(
            line.moment("at"),
            line.text("actor"),
            line.text("action"),
            line.text("subject"),
            line.text("detail"));
    return new SealedEntry(
        line.number("sequence"), entry, line.text("previousHash"), line.text("hash"));
  }

  private void checkpoints(List<String> lines, String file, Set<String> keys) {
    Map<String, Checkpoint> checkpoints = CheckpointFile.check(lines, file, keys, findings);
    checkpoints.forEach((place, signed) -> checkpoint(signed, place));
    if (file.equals(CHECKPOINTS)) {
      checkpoints.values().stream()
          .reduce((one, next) -> next)
          .map(Checkpoint::keyId)
          .filter(last -> signer != null && !last.equals(signer))
          .ifPresent(
              last ->
                  findings.add(
                      new Finding(
                          "manifest.sig",
                          CheckpointFile.signedAgain(String.valueOf(signer), last))));
    }
    if (lines.isEmpty()) {
      findings.add(
          new Finding(file, "holds no checkpoint, so an end that was cut off cannot be told"));
    }
    checked.merge("checkpoints", (long) lines.size(), Long::sum);
  }

  private void checkpoint(Checkpoint signed, String place) {
    SealedEntry entry = entries.get(signed.sequence());
    if (entry == null || !entry.hash().equals(signed.hash())) {
      findings.add(
          new Finding(
              place,
              entry == null
                  ? "signed entry %d at %s, which is missing: the end was cut off, or the pack was made before"
                      .formatted(signed.sequence(), signed.at())
                  : "signed another entry %d: the chain was written anew"
                      .formatted(signed.sequence())));
      return;
    }
    covered = Math.max(covered, signed.sequence());
  }
}
