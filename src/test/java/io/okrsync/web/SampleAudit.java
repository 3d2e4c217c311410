package io.okrsync.web;

import io.okrsync.audit.Action;
import io.okrsync.audit.AuditChain;
import io.okrsync.audit.AuditEntry;
import io.okrsync.audit.Belief;
import io.okrsync.audit.Checkpoint;
import io.okrsync.audit.EntryFilter;
import io.okrsync.audit.Explanation;
import io.okrsync.audit.Explanation.Edit;
import io.okrsync.audit.Explanation.Part;
import io.okrsync.audit.Explanation.Point;
import io.okrsync.audit.Explanation.RecordPart;
import io.okrsync.audit.Finding;
import io.okrsync.audit.Restatement;
import io.okrsync.audit.SealedEntry;
import io.okrsync.audit.Why;
import io.okrsync.okr.AsOf;
import io.okrsync.okr.Freshness;
import io.okrsync.okr.Frozen;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Marks;
import io.okrsync.okr.Standing;
import io.okrsync.store.KeyResultReading;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Proofs in memory, of the readings that a sample site has. */
record SampleAudit(Map<String, List<KeyResultReading>> readings) implements Audit {
  @Override
  public Optional<Explanation> explain(
      String keyResult, @Nullable Instant from, @Nullable Instant to, int most) {
    List<KeyResultReading> newestFirst = readings.getOrDefault(keyResult, List.of());
    if (newestFirst.size() < 2) {
      return Optional.empty();
    }
    Point start = point(newestFirst.get(1), from);
    Point end = point(newestFirst.get(0), to);
    BigDecimal change = end.value().subtract(start.value());
    RecordPart record =
        new RecordPart(
            "crm",
            "17",
            41L,
            end.since(),
            null,
            BigDecimal.ONE,
            change,
            "Anna's shop",
            "https://crm.example/deal/17");
    Part entered =
        new Part(Why.ENTERED, "deals_won", null, Why.ENTERED.words(), change, 3, List.of(record));
    Edit target = new Edit("target", "10", "25", 3, end.since());
    return Optional.of(new Explanation(keyResult, start, end, List.of(entered), List.of(target)));
  }

  @Override
  public List<SealedEntry> entries(EntryFilter filter, int limit) {
    return LongStream.iterate(150, it -> it > 0, it -> it - 1)
        .filter(it -> filter.before() == null || it < filter.before())
        .mapToObj(SampleAudit::entry)
        .filter(it -> isWanted(it.entry(), filter))
        .limit(limit)
        .toList();
  }

  private static boolean isWanted(AuditEntry entry, EntryFilter filter) {
    boolean ofKeyResult = entry.action().startsWith("key-result.");
    return (filter.actor() == null || filter.actor().equals(entry.actor()))
        && (filter.action() == null || filter.action().equals(entry.action()))
        && (filter.keyResult() == null
            || (ofKeyResult && filter.keyResult().equals(entry.subject())))
        && (filter.source() == null || (!ofKeyResult && filter.source().equals(entry.subject())))
        && (filter.run() == null || entry.detail().startsWith("run " + filter.run() + ":"))
        && (filter.from() == null || !entry.at().isBefore(filter.from()))
        && (filter.to() == null || !entry.at().isAfter(filter.to()));
  }

  /** The first tell of an export by a long name, of a key result of before, and of a held run. */
  private static SealedEntry entry(long sequence) {
    Instant at = SampleSite.NOW.minusSeconds(200 - sequence);
    return AuditChain.seal(sequence, entry(sequence, at), AuditChain.GENESIS);
  }

  private static AuditEntry entry(long sequence, Instant at) {
    String told = "from 1 to " + sequence;
    if (sequence == 1) {
      return new AuditEntry(
          at, "A".repeat(300), Action.EXPORT_WRITTEN, "runs", "runs.csv: 3 lines");
    }
    if (sequence == 2) {
      return new AuditEntry(at, "schedule", Action.KEY_RESULT_MOVED, "of-before", told);
    }
    return sequence == 3
        ? new AuditEntry(at, "schedule", Action.RUN_HELD, "crm", "run 60: read 3")
        : new AuditEntry(at, "schedule", Action.KEY_RESULT_MOVED, "win-rate", told);
  }

  @Override
  public Optional<Sealed> sealed() {
    Checkpoint checkpoint =
        new Checkpoint(148, "h", Checkpoint.FIRST, SampleSite.NOW, "1", "a2V5", "c2ln");
    return Optional.of(new Sealed("checkpoints.jsonl", checkpoint, null));
  }

  @Override
  public Set<String> cycles() {
    return Set.of("2026-Q4");
  }

  @Override
  public Optional<Checked> checked() {
    return Optional.of(
        new Checked(
            SampleSite.NOW,
            SampleSite.NOW,
            Map.of("entries", 150L),
            List.of(new Finding("reading 4", "is not what entry 9 sealed"))));
  }

  @Override
  public void check() {}

  @Override
  public List<Belief> beliefs(AsOf asked) {
    Instant at = asked.in(ZoneOffset.UTC);
    KeyResult keyResult = SampleSite.keyResult("win-rate", "Raise the win rate", "18", "25", "%");
    Frozen close =
        at.isBefore(keyResult.cycle().end())
            ? null
            : new Frozen(new BigDecimal("20"), null, keyResult.cycle().end(), 2L);
    return List.of(
        new Belief(
            new Standing(
                keyResult,
                new BigDecimal("20"),
                null,
                at,
                Freshness.FRESH,
                new BigDecimal("0.5"),
                new Marks(null, close, null, null)),
            at,
            3L,
            at,
            2,
            new BigDecimal("1.5")));
  }

  @Override
  public List<Restated> restatements(@Nullable String cycle, int most) {
    Restatement what = restated(SampleSite.keyResult("bugs-open", "Fix the bugs", "40", "10", ""));
    Part late = new Part(Why.LATE, "bugs", null, Why.LATE.words(), what.change(), 2, List.of());
    Point end = new Point(what.since(), 9, what.since(), what.now(), null, null, 2, null);
    Explanation why = new Explanation("bugs-open", end, end, List.of(late), List.of());
    return cycle == null || cycle.equals(what.keyResult().cycle().id())
        ? List.of(new Restated(what, why))
        : List.of();
  }

  @Override
  public Optional<Restatement> restatement(KeyResult keyResult) {
    return keyResult.id().equals("bugs-open") ? Optional.of(restated(keyResult)) : Optional.empty();
  }

  private static Restatement restated(KeyResult keyResult) {
    return new Restatement(
        keyResult,
        new BigDecimal("12"),
        SampleSite.NOW.minusSeconds(86_400),
        new BigDecimal("15"),
        SampleSite.NOW,
        9);
  }

  @Override
  public Optional<Lineage> reading(long id) {
    return readings.values().stream()
        .flatMap(List::stream)
        .filter(it -> it.id() == id)
        .findFirst()
        .map(
            it ->
                new Lineage(
                    it,
                    """
                    {"configuration":null,"entry":9,"keyResult":null,"measures":[],\
                    "populations":[],"reading":%d,"receipt":"okr-sync-receipt/1","runs":[],\
                    "seal":"0","sealed":{},"service":"1"}\
                    """
                        .formatted(it.id()),
                    entry(9),
                    null,
                    null,
                    SampleSite.keyResult(it.keyResult(), "Raise the win rate", "18", "25", "%"),
                    null,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of("deals_won counts 3, but computed again 4")));
  }

  private static Point point(KeyResultReading reading, @Nullable Instant asked) {
    return new Point(
        asked == null ? reading.at() : asked,
        reading.id(),
        reading.at(),
        Objects.requireNonNull(reading.value()),
        null,
        reading.run(),
        reading.configVersion(),
        new BigDecimal("0.5"));
  }
}
