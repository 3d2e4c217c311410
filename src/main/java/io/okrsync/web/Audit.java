package io.okrsync.web;

import io.okrsync.audit.Belief;
import io.okrsync.audit.Checkpoint;
import io.okrsync.audit.EntryFilter;
import io.okrsync.audit.Explanation;
import io.okrsync.audit.Finding;
import io.okrsync.audit.Restatement;
import io.okrsync.audit.SealedEntry;
import io.okrsync.measure.MeasureDefinition;
import io.okrsync.okr.AsOf;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Objective;
import io.okrsync.store.KeyResultReading;
import io.okrsync.sync.SyncRun;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the ledger can prove to those who ask. */
public interface Audit {
  /**
   * Why a key result changed between two moments.
   *
   * @param from null: right before the value changed last
   * @param to null: now
   * @param most how many records of each part are named
   * @return empty where it had no value yet
   */
  Optional<Explanation> explain(
      String keyResult, @Nullable Instant from, @Nullable Instant to, int most);

  /** The newest of the audit entries that are wanted, newest first. */
  List<SealedEntry> entries(EntryFilter filter, int limit);

  /** What the last check of the whole ledger found; empty while there was none. */
  Optional<Checked> checked();

  /** How far the log is signed; empty where no checkpoints are kept. */
  Optional<Sealed> sealed();

  /**
   * How far the log is signed.
   *
   * @param file the name of the file in which checkpoints are kept
   * @param last the last one; null while there is none, and where it cannot be read
   * @param problem what is wrong with it; null where nothing is
   */
  record Sealed(String file, @Nullable Checkpoint last, @Nullable String problem) {}

  /** Begins a check of the whole ledger, unless one is under way. */
  void check();

  /**
   * What a check found.
   *
   * @param counts how many were checked, by what
   * @param endedAt null while it is under way
   */
  record Checked(
      Instant begunAt,
      @Nullable Instant endedAt,
      Map<String, Long> counts,
      List<Finding> findings) {}

  /**
   * What was believed of each key result at a moment.
   *
   * @throws IllegalArgumentException when it is yet to come
   * @throws IllegalStateException when the configuration of then cannot be compiled any more
   */
  List<Belief> beliefs(AsOf at);

  /**
   * Values that are not what they were when their cycles ended.
   *
   * @param cycle only of this one; null for all
   * @param most how many records of each cause are named
   */
  List<Restated> restatements(@Nullable String cycle, int most);

  /** The cycles that any configuration had which was ever in force. */
  Set<String> cycles();

  /** What has become of the final value of a key result; empty where it is still that. */
  Optional<Restatement> restatement(KeyResult keyResult);

  /**
   * A restatement with its causes.
   *
   * @param why null where they cannot be told
   */
  record Restated(Restatement what, @Nullable Explanation why) {}

  /** All about one reading. */
  Optional<Lineage> reading(long id);

  /**
   * A reading and all that it was computed from.
   *
   * @param receipt as canonical JSON
   * @param entry the audit entry that tells of it; null where there is none
   * @param configured the audit entry that tells of its configuration; null where there is none
   * @param checkpoint the first that signed its entry too; null where none has by now
   * @param keyResult as it was configured then; null where that cannot be told any more
   * @param objective to which it belonged then; null where that cannot be told any more
   * @param behind the records that it counts
   * @param differences between what is stored and what comes out when it is computed again now;
   *     empty where nothing differs
   */
  record Lineage(
      KeyResultReading reading,
      String receipt,
      @Nullable SealedEntry entry,
      @Nullable SealedEntry configured,
      @Nullable Checkpoint checkpoint,
      @Nullable KeyResult keyResult,
      @Nullable Objective objective,
      List<MeasureDefinition> measures,
      List<SyncRun> runs,
      List<Counted> behind,
      List<String> differences) {}

  /**
   * Some of the records that a measure counts.
   *
   * @param from when its window begins
   * @param to when its window ends
   * @param more whether it counts others too
   */
  record Counted(
      String measure, Instant from, Instant to, List<CountedRecord> some, boolean more) {}

  /**
   * A record that counts.
   *
   * @param title what people call it; null where it has no such name
   * @param url its page in its tool; null where that is not known
   * @param at when it counts; null where its measure has no time
   * @param amount null where the measure only tells records apart, or it has none
   */
  record CountedRecord(
      String record,
      @Nullable String title,
      @Nullable String url,
      @Nullable Instant at,
      @Nullable BigDecimal amount) {}
}
