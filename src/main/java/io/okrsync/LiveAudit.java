package io.okrsync;

import io.okrsync.audit.Belief;
import io.okrsync.audit.CanonicalJson;
import io.okrsync.audit.Checkpoint;
import io.okrsync.audit.CheckpointFile;
import io.okrsync.audit.EntryFilter;
import io.okrsync.audit.Explanation;
import io.okrsync.audit.Finding;
import io.okrsync.audit.Restatement;
import io.okrsync.audit.SealedEntry;
import io.okrsync.okr.AsOf;
import io.okrsync.okr.Frozen;
import io.okrsync.okr.Input;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Objective;
import io.okrsync.store.Evidence;
import io.okrsync.store.KeyResultReading;
import io.okrsync.store.RunRow;
import io.okrsync.web.Audit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** What the ledger of the service at work can prove. */
final class LiveAudit implements Audit {
  private final Service service;
  private final Evidence evidence;
  private final StoredSetups setups;
  private final Explanations explanations;
  private final @Nullable CheckpointFile checkpoints;
  private final ExecutorService checks =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "verify");
            thread.setDaemon(true);
            return thread;
          });
  private volatile @Nullable Checked checked;

  /**
   * @param checkpoints where they are kept; null where they are not
   */
  LiveAudit(Service service, @Nullable CheckpointFile checkpoints) {
    this.service = service;
    this.checkpoints = checkpoints;
    this.evidence = service.store().evidence();
    this.setups = new StoredSetups(evidence, service.connectors(), System::getenv);
    this.explanations = new Explanations(evidence, setups);
  }

  @Override
  public Optional<Explanation> explain(
      String keyResult, @Nullable Instant from, @Nullable Instant to, int most) {
    Instant until = to == null ? service.now() : to;
    Instant since =
        from != null ? from : explanations.lastChange(keyResult, until).orElse(Instant.EPOCH);
    return explanations.of(keyResult, since.isAfter(until) ? until : since, until, most);
  }

  @Override
  public List<SealedEntry> entries(EntryFilter filter, int limit) {
    return service.store().entries(filter, limit);
  }

  @Override
  public Optional<Checked> checked() {
    return Optional.ofNullable(checked);
  }

  @Override
  public Optional<Sealed> sealed() {
    return Optional.ofNullable(checkpoints).map(this::sealed);
  }

  /** By the last line alone; a check takes all. */
  private Sealed sealed(CheckpointFile file) {
    try {
      CheckpointFile.Content content = file.last();
      Checkpoint last = content.checkpoints().stream().findFirst().orElse(null);
      if (!content.findings().isEmpty()) {
        return new Sealed(file.name(), last, content.findings().get(0).toString());
      }
      boolean fits = last == null || fits(last);
      String missing = "the last one covers an entry that is not in the log";
      return new Sealed(file.name(), last, fits ? null : missing);
    } catch (IOException unreadable) {
      return new Sealed(file.name(), null, "cannot be read: " + unreadable.getMessage());
    }
  }

  private List<Checkpoint> kept() {
    try {
      return checkpoints == null ? List.of() : checkpoints.read(Set.of()).checkpoints();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private boolean fits(Checkpoint it) {
    return entry(it.sequence()).filter(entry -> entry.hash().equals(it.hash())).isPresent();
  }

  @Override
  public synchronized void check() {
    Checked last = checked;
    if (last != null && last.endedAt() == null) {
      return;
    }
    Instant begun = service.now();
    checked = new Checked(begun, null, Map.of(), List.of());
    checks.execute(() -> checked = check(begun));
  }

  /** A check that breaks off is a finding too. */
  private Checked check(Instant begun) {
    try {
      Verification.Report report = new Verification(evidence, setups, kept()).run();
      return new Checked(begun, service.now(), report.checked(), report.findings());
    } catch (RuntimeException failure) {
      Finding broken = new Finding("verify", "broke off: " + failure.getMessage());
      return new Checked(begun, service.now(), Map.of(), List.of(broken));
    }
  }

  @Override
  public List<Belief> beliefs(AsOf at) {
    return new Beliefs(evidence, setups).at(at, service.now());
  }

  @Override
  public List<Restated> restatements(@Nullable String cycle, int most) {
    return new Restatements(evidence, setups).explained(cycle, most);
  }

  @Override
  public Set<String> cycles() {
    return new Restatements(evidence, setups).cycles();
  }

  @Override
  public Optional<Restatement> restatement(KeyResult keyResult) {
    return new Restatements(evidence, setups).of(keyResult);
  }

  @Override
  public Optional<Lineage> reading(long id) {
    return evidence.reading(id).map(this::lineage);
  }

  private Lineage lineage(KeyResultReading reading) {
    StoredSetups.Compiled compiled = setups.version(reading.configVersion());
    Setup setup = compiled.setup();
    List<String> versions = reading.inputs().stream().map(Input::version).toList();
    @Nullable SealedEntry entry = evidence.entryOf(reading).flatMap(this::entry).orElse(null);
    return new Lineage(
        reading,
        CanonicalJson.of(new Receipts(evidence, setups).alone(reading)),
        entry,
        configured(reading.configVersion()).orElse(null),
        entry == null ? null : checkpoint(entry.sequence()).orElse(null),
        compiled.keyResult(reading.keyResult()).orElse(null),
        setup == null ? null : objective(reading.keyResult(), setup).orElse(null),
        setup == null
            ? List.of()
            : setup.configuration().measures().values().stream()
                .filter(it -> versions.contains(it.version()))
                .map(it -> it.definition())
                .toList(),
        reading.inputs().stream()
            .map(Input::run)
            .filter(Objects::nonNull)
            .distinct()
            .flatMap(it -> evidence.run(it).stream())
            .map(RunRow::run)
            .toList(),
        new CountedRecords(evidence).of(reading, compiled),
        new Replay(evidence, setups).differences(reading));
  }

  private static Optional<Objective> objective(String keyResult, Setup setup) {
    String id = Frozen.keyResultOf(keyResult);
    return setup.configuration().objectives().stream()
        .filter(it -> it.keyResults().stream().anyMatch(its -> its.id().equals(id)))
        .findFirst();
  }

  private Optional<SealedEntry> configured(long version) {
    return evidence.entries("configuration.loaded").stream()
        .filter(it -> ToldRows.number(it).equals(Optional.of(version)))
        .findFirst();
  }

  private Optional<Checkpoint> checkpoint(long sequence) {
    return kept().stream()
        .filter(it -> it.sequence() >= sequence)
        .min(Comparator.comparing(Checkpoint::sequence));
  }

  private Optional<SealedEntry> entry(long sequence) {
    return service.store().entries(EntryFilter.ALL.olderThan(sequence + 1), 1).stream()
        .filter(it -> it.sequence() == sequence)
        .findFirst();
  }
}
