package io.okrsync;

import io.okrsync.connector.Connector;
import io.okrsync.connector.Connectors;
import io.okrsync.connector.Source;
import io.okrsync.measure.Measure;
import io.okrsync.store.LostField;
import io.okrsync.store.Store;
import io.okrsync.sync.Balance;
import io.okrsync.sync.Counts;
import io.okrsync.sync.RunKind;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import io.okrsync.sync.UtcTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a run that has read to the end has everything: what it counted must balance. */
final class Completeness {
  /** A source may look at times by the minute, and leave out what changed at the very time. */
  private static final Duration COARSE = Duration.ofMinutes(1);

  /** The setting of connectors that read any JSON. */
  private static final String TOTAL = "total";

  private static final String READS_AGAIN = "; nothing is published, the next run reads again";

  private static final String UNPROVEN =
      "the source returned nothing and tells no total, so nothing proves that it is empty; see"
          + " whether its settings and its token cover what you expect: then discard this run, or"
          + " release it if the source is really empty";

  private static final String UNTOLD =
      ", so the source may tell it no more: see what it shows, and what its token may see; discard"
          + " this run when that is repaired, or release it if they really count no more";

  private final Connectors connectors;
  private final Store store;

  Completeness(Connectors connectors, Store store) {
    this.connectors = connectors;
    this.store = store;
  }

  /** What was found. */
  sealed interface Finding {
    /**
     * Nothing speaks against it.
     *
     * @param remark what a person may want to look at all the same; null where nothing
     */
    record Complete(@Nullable String remark) implements Finding {
      SyncRun remarkedOn(SyncRun run) {
        return remark == null ? run : run.because(run.reasonAnd(remark));
      }
    }

    /** It has not, and this says why and what happens next. */
    record Incomplete(String why) implements Finding {}

    /** Only a person can know whether there is really nothing, or no such field. */
    record Unproven(String why) implements Finding {}
  }

  /**
   * What speaks against publishing it.
   *
   * @param measures all that take records of this source
   */
  Finding of(Source source, SyncRun run, List<Measure> measures) {
    Finding found = ofCounts(source, run);
    return found instanceof Finding.Complete
        ? store.lostField(run, measures).map(Completeness::ofLost).orElse(found)
        : found;
  }

  /** Of few records each may really have lost it, so they are only told. */
  private static Finding ofLost(LostField lost) {
    String what =
        "%d %s without %s, and count no more in %s for want of it: %s%s; %s came with it%s"
            .formatted(
                lost.count(),
                lost.count() == 1 ? "record came" : "records came",
                lost.field(),
                String.join(", ", lost.measures()),
                String.join(", ", lost.records()),
                lost.count() > lost.records().size() ? ", …" : "",
                lost.cameWith() == 0 ? "nothing else" : lost.cameWith() + " that count",
                lost.lately() > lost.count()
                    ? "; %d have lost it since everything was read last".formatted(lost.lately())
                    : "");
    return lost.isSuspicious() ? new Finding.Unproven(what + UNTOLD) : new Finding.Complete(what);
  }

  private Finding ofCounts(Source source, SyncRun run) {
    Counts counts = run.counts();
    if (counts.balance() instanceof Balance.Off off) {
      return new Finding.Incomplete(off.reason() + READS_AGAIN);
    }
    if (counts.rejected() > 0 && counts.rejected() == counts.read()) {
      return new Finding.Incomplete(
          "no item could be read as a %s, so nothing is published: %s"
              .formatted(source.kind().label(), run.reason()));
    }
    if (counts.total() == null && tellsTotal(source)) {
      return new Finding.Incomplete(
          "the source did not tell its total, as its connector or its setting 'total' says that it"
              + " does"
              + READS_AGAIN);
    }
    if (counts.read() == 0) {
      return ofNothing(source, run);
    }
    return ofPresence(run);
  }

  private boolean tellsTotal(Source source) {
    boolean asSet = !source.with().getOrDefault(TOTAL, "").isBlank();
    return asSet || connectors.named(source.connector()).map(Connector::tellsTotal).orElse(false);
  }

  private Finding ofNothing(Source source, SyncRun run) {
    Optional<String> contradiction = contradiction(source, run);
    if (contradiction.isPresent()) {
      return new Finding.Incomplete(contradiction.get());
    }
    boolean told = run.counts().total() != null || run.trigger() == Trigger.PUSH;
    boolean first = run.readsEverything() && !store.isPublished(source.name());
    return !told && first ? new Finding.Unproven(UNPROVEN) : ofPresence(run);
  }

  /** A census only removes, so it is worth nothing where a missing id may be there. */
  private Finding ofPresence(SyncRun run) {
    Optional<String> doubt = run.kind() == RunKind.CENSUS ? store.doubt(run) : Optional.empty();
    return doubt.isEmpty()
        ? new Finding.Complete(null)
        : new Finding.Incomplete(doubt.get() + "; it is tried again after an hour");
  }

  /** What is known and says that there must be something, where nothing came; mostly empty. */
  private Optional<String> contradiction(Source source, SyncRun run) {
    Instant since = run.since();
    if (since == null) {
      return store.knows(source.name())
          ? Optional.of(
              "the source returned nothing, though records of it are known; nothing was removed."
                  + " If it is really empty, give the source a new name in sources.yaml")
          : Optional.empty();
    }
    if (run.trigger() == Trigger.PUSH) {
      return Optional.empty(); // what is sent replaces what it names, and may name nothing
    }
    List<String> expected = store.changedIn(source.name(), since.plus(COARSE), run.until(), 3);
    String next =
        run.kind() == RunKind.SYNC
            ? "everything is read next to find out, once an hour at most"
            : "see whether its token still sees everything, and ask again";
    return expected.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the source returned nothing, though records that changed since %s must come again, such as %s; nothing is published; %s"
                .formatted(UtcTime.inWords(since), String.join(", ", expected), next));
  }
}
