package io.okrsync;

import io.okrsync.audit.AuditFinding;
import io.okrsync.audit.ChainCheck;
import io.okrsync.audit.Checkpoint;
import io.okrsync.audit.Finding;
import io.okrsync.audit.SealedEntry;
import io.okrsync.store.AuditHead;
import io.okrsync.store.Evidence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks the whole ledger: nothing is missing, added or changed, and every value can be computed
 * again. Changes nothing, and lets others publish meanwhile.
 */
final class Verification {
  /**
   * What was checked and found.
   *
   * @param checked how many, by what
   */
  record Report(Map<String, Long> checked, List<Finding> findings) {}

  private final Evidence evidence;
  private final StoredSetups setups;
  private final List<Checkpoint> checkpoints;

  Verification(Evidence evidence, StoredSetups setups, List<Checkpoint> checkpoints) {
    this.evidence = evidence;
    this.setups = setups;
    this.checkpoints = checkpoints;
  }

  /** Everything is checked. What is read first must be told of in what is read later. */
  Report run() {
    List<Finding> findings = new ArrayList<>();
    Map<String, Long> checked = new LinkedHashMap<>();
    StatedRows stated = new StatedRows(evidence, findings);
    stated.readRows();
    checked.put("entries", chain(stated, findings));
    checked.put("checkpoints", (long) checkpoints.size());
    stated.compare();
    checked.putAll(stated.counts());
    Replay replay = new Replay(evidence, setups);
    stated
        .readings()
        .forEach(
            reading ->
                replay
                    .differences(reading)
                    .forEach(it -> findings.add(new Finding("reading " + reading.id(), it))));
    checked.put("records", new StoredRecords(evidence, setups, findings).check());
    return new Report(checked, List.copyOf(findings));
  }

  private long chain(StatedRows stated, List<Finding> findings) {
    Optional<AuditHead> head = evidence.head();
    long last = head.map(AuditHead::sequence).orElse(Long.MAX_VALUE);
    ChainCheck chain = new ChainCheck();
    CheckpointCheck kept = new CheckpointCheck(checkpoints, findings);
    evidence.entries(
        last,
        entry -> {
          chain.next(entry);
          kept.next(entry);
          stated.told(entry);
        });
    chain.findings().stream().map(Verification::finding).forEach(findings::add);
    kept.end(chain.sequence());
    if (head.isEmpty()) {
      findings.add(new Finding("audit_head", "its row is missing"));
    } else if (!head.get().equals(new AuditHead(chain.sequence(), chain.hash()))) {
      findings.add(
          new Finding(
              "audit_head",
              "names entry %d, but the chain ends with entry %d: entries were cut off, or it was changed"
                  .formatted(last, chain.sequence())));
    }
    return chain.sequence();
  }

  private static Finding finding(AuditFinding found) {
    return new Finding("audit_entry " + found.sequence(), found.what());
  }

  /** Whether each checkpoint names an entry that is still there. */
  private static final class CheckpointCheck {
    private final Map<Long, Checkpoint> open = new LinkedHashMap<>();
    private final List<Finding> findings;

    CheckpointCheck(List<Checkpoint> checkpoints, List<Finding> findings) {
      checkpoints.forEach(it -> open.put(it.sequence(), it));
      this.findings = findings;
    }

    void next(SealedEntry entry) {
      Checkpoint checkpoint = open.remove(entry.sequence());
      if (checkpoint != null && !checkpoint.hash().equals(entry.hash())) {
        findings.add(
            new Finding(
                "audit_entry " + entry.sequence(),
                "is not the entry that the checkpoint of %s signed: the chain was written anew"
                    .formatted(checkpoint.at())));
      }
    }

    void end(long last) {
      open.values()
          .forEach(
              it ->
                  findings.add(
                      new Finding(
                          "audit_entry " + it.sequence(),
                          "was signed by the checkpoint of %s and is missing; the chain now ends with entry %d"
                              .formatted(it.at(), last))));
    }
  }
}
