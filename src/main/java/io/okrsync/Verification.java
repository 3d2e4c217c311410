package io.okrsync;

import static java.util.Objects.requireNonNull;

import io.okrsync.audit.AuditChain;
import io.okrsync.audit.AuditFinding;
import io.okrsync.audit.ChainCheck;
import io.okrsync.audit.Checkpoint;
import io.okrsync.audit.Finding;
import io.okrsync.audit.Pruning;
import io.okrsync.audit.SealedEntry;
import io.okrsync.audit.Uncovered;
import io.okrsync.store.AuditHead;
import io.okrsync.store.ConfigurationText;
import io.okrsync.store.Evidence;
import io.okrsync.store.KeyResultReading;
import io.okrsync.store.Strays;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Checks the whole ledger: nothing is missing, added or changed, every value can be computed again,
 * and no final value was restated beyond what its cycle tolerates. Changes nothing, and lets others
 * publish meanwhile.
 */
final class Verification {
  /**
   * What was checked and found.
   *
   * @param checked how many, by what
   * @param pruned what is not there any more to be checked, as the log tells it
   * @param uncovered the entries that no checkpoint bears out; null where there are none
   */
  record Report(
      Map<String, Long> checked,
      List<Finding> findings,
      List<Pruning> pruned,
      @Nullable Uncovered uncovered) {}

  private final Evidence evidence;
  private final StoredSetups setups;
  private final List<Checkpoint> checkpoints;
  private @Nullable Uncovered uncovered;

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
    Unreadable unreadable = new Unreadable(findings);
    PrunedBodies pruned =
        new PrunedBodies(() -> evidence.head().map(AuditHead::sequence).orElse(0L), findings);
    unreadable.note("audit_entry", () -> checked.put("entries", chain(stated, pruned, findings)));
    checked.put("checkpoints", (long) checkpoints.size());
    unreadable.note("sync_run", stated::compare);
    checked.putAll(stated.counts());
    evidence
        .configurationVersions()
        .forEach(
            it ->
                unreadable.note(
                    "config_version " + it, () -> compareWithTexts(it).ifPresent(findings::add)));
    Replay replay = new Replay(evidence, setups);
    stated.readings().forEach(it -> replay(it, replay, unreadable, findings));
    unreadable.note(
        "record_version",
        () ->
            checked.put("records", new StoredRecords(evidence, setups, pruned, findings).check()));
    unreadable.note("record_version", () -> checked.put("pruned bodies", pruned.compare()));
    evidence.strays().forEach(it -> findings.add(stray(it)));
    checked.remove("pruned bodies", 0L);
    unreadable.note(
        "reading", () -> findings.addAll(new Restatements(evidence, setups).findings()));
    return new Report(checked, List.copyOf(findings), pruned.all(), uncovered);
  }

  private static Finding stray(Strays.Stray it) {
    return new Finding(
        "%s of %s".formatted(it.table(), it.owner()), "is there, though nothing tells of it");
  }

  /** Texts that cannot be read any more are found with the readings that need them. */
  private Optional<Finding> compareWithTexts(long version) {
    Setup setup = setups.version(version).setup();
    Optional<ConfigurationText> stored = evidence.configuration(version);
    return setup == null
            || stored.isEmpty()
            || Defined.of(stored.get().defined())
                .says(Defined.of(Defined.by(setup.configuration())))
        ? Optional.empty()
        : Optional.of(
            new Finding(
                "config_version " + version,
                "defines other key results or measures by its texts than was sealed"));
  }

  /** One that cannot be computed at all is a finding, and the next is computed. */
  private static void replay(
      KeyResultReading reading, Replay replay, Unreadable unreadable, List<Finding> findings) {
    String place = "reading " + reading.id();
    unreadable.note(
        place,
        () -> replay.differences(reading).forEach(it -> findings.add(new Finding(place, it))));
  }

  private long chain(StatedRows stated, PrunedBodies pruned, List<Finding> findings) {
    Optional<AuditHead> head = evidence.head();
    long last = head.map(AuditHead::sequence).orElse(Long.MAX_VALUE);
    ChainCheck chain = new ChainCheck();
    CheckpointCheck kept = new CheckpointCheck(checkpoints, findings);
    AtomicReference<AuditHead> upToHead =
        new AtomicReference<>(new AuditHead(0, AuditChain.GENESIS));
    evidence.entriesAfter(
        Long.MIN_VALUE,
        entry -> {
          chain.next(entry);
          kept.next(entry);
          stated.told(entry);
          pruned.told(entry);
          if (entry.sequence() <= last) {
            upToHead.set(new AuditHead(entry.sequence(), entry.hash()));
          }
        });
    chain.findings().stream().map(Verification::finding).forEach(findings::add);
    uncovered = kept.end(chain.sequence());
    AuditHead end = requireNonNull(upToHead.get(), "it begins with no entry");
    if (head.isEmpty()) {
      findings.add(new Finding("audit_head", "its row is missing"));
    } else if (!head.get().equals(end)) {
      findings.add(
          new Finding(
              "audit_head",
              "names entry %d, but the chain ends with entry %d: entries were cut off, or it was changed"
                  .formatted(last, end.sequence())));
    } else if (evidence.head().map(AuditHead::sequence).orElse(0L) < chain.sequence()) {
      findings.add(
          new Finding(
              "audit_entry " + chain.sequence(),
              "stands after entry %d, with which audit_head says that the chain ends"
                  .formatted(last)));
    }
    return chain.sequence();
  }

  private static Finding finding(AuditFinding found) {
    return new Finding("audit_entry " + found.sequence(), found.what());
  }

  /** Whether each checkpoint names an entry that is still there. */
  private static final class CheckpointCheck {
    private final Map<Long, List<Checkpoint>> open = new LinkedHashMap<>();
    private final List<Finding> findings;
    private @Nullable SealedEntry firstUncovered;

    CheckpointCheck(List<Checkpoint> checkpoints, List<Finding> findings) {
      checkpoints.forEach(
          it -> open.computeIfAbsent(it.sequence(), key -> new ArrayList<>()).add(it));
      this.findings = findings;
    }

    void next(SealedEntry entry) {
      List<Checkpoint> signed =
          Objects.requireNonNullElse(open.remove(entry.sequence()), List.of());
      List<Checkpoint> others =
          signed.stream().filter(it -> !it.hash().equals(entry.hash())).toList();
      if (others.size() < signed.size()) {
        firstUncovered = null;
      } else if (firstUncovered == null) {
        firstUncovered = entry;
      }
      others.forEach(
          it ->
              findings.add(
                  new Finding(
                      "audit_entry " + entry.sequence(),
                      "is not the entry that the checkpoint of %s signed: the chain was written anew"
                          .formatted(it.at()))));
    }

    /** Says which entries are covered by none. */
    @Nullable Uncovered end(long last) {
      open.values().stream()
          .flatMap(List::stream)
          .forEach(
              it ->
                  findings.add(
                      new Finding(
                          "audit_entry " + it.sequence(),
                          "was signed by the checkpoint of %s and is missing; the chain now ends with entry %d"
                              .formatted(it.at(), last))));
      return firstUncovered == null
          ? null
          : new Uncovered(firstUncovered.sequence(), last, firstUncovered.entry().at());
    }
  }
}
