package io.okrsync.store;

import static io.okrsync.store.Samples.CRM;

import io.okrsync.connector.Page;
import io.okrsync.connector.SourceRecord;
import io.okrsync.okr.Cause;
import io.okrsync.okr.CheckIn;
import io.okrsync.okr.KeyResultChange;
import io.okrsync.okr.Statement;
import io.okrsync.sync.Asked;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A ledger in which each moment is another one: some in hours that are skipped or doubled in some
 * zone, some before 1970, and any others; given to the nanosecond, and kept to the microsecond.
 */
final class RandomMoments {
  private static final int ROUNDS = 12;

  private final Random random;
  private final Set<Instant> given = new HashSet<>();
  private Iterator<Instant> changes = Collections.emptyIterator();

  RandomMoments(long seed) {
    this.random = new Random(seed);
  }

  /** All moments that are kept, beside those that a source's overlap makes of them. */
  Set<Instant> given() {
    Set<Instant> all = new HashSet<>(given);
    given.forEach(it -> all.add(it.minus(CRM.overlap())));
    return all;
  }

  /** Each kind of what is dated, some times. */
  void play(Store store) {
    List<Instant> around = new ArrayList<>();
    for (String zone :
        List.of("Asia/Jakarta", "America/St_Johns", "Pacific/Apia", "Europe/Lisbon")) {
      around.addAll(aroundChangesOf(ZoneId.of(zone)));
    }
    Collections.shuffle(around, random);
    changes = around.iterator();
    for (int i = 0; i < ROUNDS; i++) {
      long version = store.configurationLoaded("d" + i, Map.of("f", "t" + i), "{}", next());
      people(store, version, i);
      live(store, version, i);
      backfill(store, version, i);
    }
  }

  private void people(Store store, long version, int i) {
    store.checkIn(new CheckIn("a", next(), "Ani", 4, "number " + i, ""));
    Instant at = next();
    Instant until = after(at);
    BigDecimal value = new BigDecimal(i);
    store.state(
        new Statement("a", Statement.Kind.OVERRIDE, at, "Ani", value, "x", "", until), version);
    store.state(
        new Statement("b", Statement.Kind.VALUE, next(), "Ani", value, "x", "", null), version);
  }

  /** Now and then with a record that an earlier run should have brought, or that is gone. */
  private void live(Store store, long version, int i) {
    SyncRun run = store.begin(CRM, "v1", Trigger.SCHEDULE, i > 0, next());
    List<SourceRecord> records = new ArrayList<>();
    records.add(Samples.deal("d" + i, "won", "1", "USD", micros(next()), micros(next()), "anna"));
    if (i % 3 == 2) {
      records.add(
          new SourceRecord("d" + (i - 1), micros(next()), true, Json.MAPPER.createObjectNode()));
    }
    run =
        store.append(
            run, new Page(records, List.of(), null, null), StoreContract.MEASURES, run.startedAt());
    publish(store, run, version);
  }

  /** It stops in between, goes on, and leaves something out; the last one does not go on. */
  private void backfill(Store store, long version, int i) {
    Instant from = micros(next());
    Asked asked = Asked.backfill(from, micros(after(from)));
    SyncRun run = store.begin(CRM, "v1", Trigger.MANUAL, asked, true, next());
    Page page =
        new Page(List.of(Samples.deal("x" + i, "won", "1", micros(next()))), List.of(), "2", null);
    Instant stopped = next();
    run = store.append(run, page, StoreContract.MEASURES, stopped);
    store.interrupt(run, "busy", next(), stopped);
    if (i + 1 < ROUNDS) {
      run = store.begin(CRM, "v1", Trigger.MANUAL, asked, true, note(stopped.plusSeconds(7)));
      run = store.append(run, Samples.rejecting("y"), StoreContract.MEASURES, stopped);
      publish(store, run, version);
    }
  }

  private void publish(Store store, SyncRun run, long version) {
    KeyResultChange change =
        new KeyResultChange("a", null, BigDecimal.ONE, null, Cause.SYNC, micros(next()), List.of());
    store.publish(run, version, readings -> List.of(change), next());
  }

  /** To the nanosecond: what is kept must be cut off, and not rounded. */
  private Instant next() {
    Instant at =
        changes.hasNext()
            ? changes.next()
            : Instant.ofEpochSecond(
                random.nextLong(-5_000_000_000L, 7_000_000_000L),
                random.nextInt(1_000_000) * 1000L);
    return note(at.plusNanos(random.nextInt(1000)));
  }

  private Instant after(Instant at) {
    return note(at.plusSeconds(1 + random.nextInt(100_000)).plusNanos(999));
  }

  private Instant note(Instant at) {
    given.add(micros(at));
    return at;
  }

  private static Instant micros(Instant at) {
    return at.truncatedTo(ChronoUnit.MICROS);
  }

  private static List<Instant> aroundChangesOf(ZoneId zone) {
    List<Instant> moments = new ArrayList<>();
    Instant at = Instant.parse("2009-01-01T00:00:00Z");
    for (int i = 0; i < 6; i++) {
      ZoneOffsetTransition next = zone.getRules().nextTransition(at);
      if (next == null) {
        break;
      }
      at = next.getInstant();
      moments.addAll(List.of(at.minusNanos(1000), at, at.plusNanos(1000)));
    }
    return moments;
  }

  /** All that the check of a ledger reads, in the order in which it does. */
  static List<Object> told(Evidence evidence) {
    List<Object> told = new ArrayList<>();
    evidence.configurationVersions().forEach(it -> evidence.configuration(it).ifPresent(told::add));
    evidence.entries(Long.MAX_VALUE, told::add);
    evidence.readings(told::add);
    evidence.runs(told::add);
    evidence.checkIns(told::add);
    told.addAll(evidence.statements());
    told.add(evidence.readAt("crm"));
    evidence.records("crm", told::addAll);
    evidence.foundBy().forEach(it -> told.add(evidence.foundSeal(it)));
    evidence
        .populations()
        .measures("crm")
        .forEach(it -> evidence.populations().contributions(it, told::add));
    return told;
  }
}
