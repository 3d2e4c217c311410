package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.audit.Checkpoint;
import io.okrsync.okr.CheckIn;
import io.okrsync.okr.Statement;
import io.okrsync.okr.Statement.Kind;
import io.okrsync.store.StoreSettings;
import io.okrsync.sync.Asked;
import io.okrsync.sync.Decision;
import io.okrsync.sync.HeldRuns;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.Trigger;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A ledger that has something of everything: two sources, money in two currencies and two tables of
 * rates, measures that rest, runs that failed, were skipped, held, released and discarded, a
 * backfill and a reconcile with differences, typed values, overrides that were ended and that ran
 * out, a cycle that has ended with values restated since, and bodies that were pruned.
 */
final class TamperedLedger {
  private static final String MEASURES =
      """
      rates:
        monthly: { in: USD, from: { 2026-10-01: { EUR: %s } } }
      measures:
        revenue:  { from: deals, where: status == 'won', at: wonAt, sum: value, currency: currency, in: USD, rates: monthly }
        by_owner: { from: deals, where: status == 'won', at: wonAt, count: true, by: owner }
        owners:   { from: deals, where: status == 'won', at: wonAt, distinct: owner }
        largest:  { from: deals, where: status == 'won', at: wonAt, max: value }
        signed:   { from: deals, where: owner == 'citra' && status == 'open', at: timestamp(title), sum: value }
        sold:     { from: crm, where: status == 'won', at: wonAt, sum: value }
        orders:   { from: crm, where: status == 'won', at: wonAt, count: true }
      """;

  private final Workspace workspace;
  private final Path file;
  private final Map<String, String> deals = new TreeMap<>();
  private final SettableClock clock = new SettableClock("2026-11-20T03:00:00.123456Z");
  private final StoreSettings database;

  TamperedLedger(Path folder, StoreSettings database) {
    this.workspace = new Workspace(folder);
    this.file = folder.resolve("deals.csv");
    this.database = database;
  }

  /** Plays it; says how the log was signed in the middle and at the end. */
  List<Checkpoint> play() throws IOException {
    List<Checkpoint> checkpoints = new ArrayList<>();
    try (FakeCrm crm = new FakeCrm()) {
      workspace.withCrm(crm.url());
      configure(crm, "1.08", "revenue + owners", 300);
      try (Service service = open()) {
        beginning(service, crm);
        people(service);
        sources(service, crm);
        checkpoints.add(sign(service));
        end(service, crm);
        retention(service, crm);
        checkpoints.add(sign(service));
      }
    }
    return checkpoints;
  }

  private void beginning(Service service, FakeCrm crm) throws IOException {
    put("1", "won", "1.5", "USD", "anna", "2026-11-01T03:00:00.000001Z");
    put("2", "won", "2.25", "EUR", "budi", "2026-11-02T03:00:00Z");
    put("3", "won", "30", "USD", "anna", "2026-11-02T23:59:59.999999Z");
    put("odd", "open", "4", "USD", "citra", "2026-11-02T03:00:00Z");
    for (int i = 10; i < 32; i++) {
      put("d" + i, "open", "1", "USD", "anna", "2026-11-01T03:00:00Z");
    }
    crm.won(1, "100.25");
    crm.won(2, "50");
    crm.lost(3);
    runs(service, "deals", Asked.SYNC, Outcome.OK);
    runs(service, "crm", Asked.SYNC, Outcome.OK);
    put("2", "won", "2.75", "EUR", "citra", "2026-11-02T03:00:00Z");
    put("4", "won", "7", "USD", "budi", "2026-11-04T03:00:00Z");
    deals.keySet().removeIf(it -> it.startsWith("d") || it.equals("3"));
    runs(service, "deals", Asked.SYNC, Outcome.OK);
    configure(crm, "1.1", "revenue + owners + 1", 300);
    service.reload();
    assertThat(service.problems()).isEmpty();
  }

  private void people(Service service) {
    checkIn(service, "Ani", 4, "two", "none");
    checkIn(service, "Budi", 3, "", "");
    checkIn(service, "Ani", 2, "one", "time");
    state(service, "share", Kind.VALUE, "14.5", null);
    state(service, "share", Kind.VALUE, "15", null);
    state(service, "total", Kind.OVERRIDE, "20", "2026-11-24T00:00:00Z");
    state(service, "sold", Kind.OVERRIDE, "500", "2026-12-24T00:00:00Z");
    state(service, "sold", Kind.OVERRIDE, null, null);
    state(service, "total", Kind.LEARNING, null, null);
  }

  private void sources(Service service, FakeCrm crm) throws IOException {
    crm.won(4, "0.5");
    runs(service, "crm", Asked.SYNC, Outcome.OK);
    crm.mood = FakeCrm.Mood.BREAKS_ON_THE_SECOND_PAGE;
    runs(service, "crm", Asked.SYNC, Outcome.FAILED);
    crm.busy = 3600;
    runs(service, "crm", Asked.SYNC, Outcome.PARTIAL);
    crm.busy = 0;
    crm.mood = FakeCrm.Mood.WELL;
    runs(service, "crm", Asked.SYNC, Outcome.OK);
    crm.won(5, "100000");
    long held = runs(service, "crm", Asked.SYNC, Outcome.HELD);
    runs(service, "crm", Asked.SYNC, Outcome.SKIPPED);
    decided(service.held().release(held, new Decision("cli/anna", "a big deal")));
    crm.won(6, "900000");
    held = runs(service, "crm", Asked.SYNC, Outcome.HELD);
    decided(service.held().discard(held, new Decision("cli/anna", "a typing error")));
    crm.won(7, "1");
    configure(crm, "1.1", "revenue + largest", 9_999);
    service.reload();
    runs(service, "crm", Asked.RECONCILE, Outcome.OK);
    crm.won(8, "1");
    runs(
        service,
        "crm",
        Asked.backfill(Instant.parse("2026-11-01T00:00:00Z"), service.now()),
        Outcome.OK);
  }

  /** What is read after the last day of the cycle, and what changes of it afterwards. */
  private void end(Service service, FakeCrm crm) throws IOException {
    clock.move(Duration.ofDays(45));
    put("1", "won", "2.5", "USD", "anna", "2026-11-01T03:00:00.000001Z");
    runs(service, "deals", Asked.SYNC, Outcome.OK);
    runs(service, "crm", Asked.SYNC, Outcome.OK);
    put("4", "won", "8", "USD", "budi", "2026-11-04T03:00:00Z");
    runs(service, "deals", Asked.SYNC, Outcome.OK);
    configure(crm, "1.1", "revenue + owners", 9_999);
    service.reload();
  }

  private void retention(Service service, FakeCrm crm) throws IOException {
    clock.move(Duration.ofDays(80));
    runs(service, "deals", Asked.SYNC, Outcome.OK);
    assertThat(service.prune("schedule")).containsKey("deals");
    put("4", "won", "9", "USD", "budi", "2026-11-04T03:00:00Z");
    runs(service, "deals", Asked.SYNC, Outcome.OK);
    clock.move(Duration.ofDays(80));
    runs(service, "deals", Asked.SYNC, Outcome.OK);
    assertThat(service.prune("clock")).containsEntry("deals", 1L);
    configure(crm, "1.2", "revenue + owners + largest", 9_999);
    service.reload();
    runs(service, "deals", Asked.SYNC, Outcome.OK);
    runs(service, "crm", Asked.SYNC, Outcome.OK);
  }

  private Checkpoint sign(Service service) throws IOException {
    return new Sealing()
        .seal(service.store(), workspace.data(), service::now)
        .orElseThrow(() -> new IllegalStateException("something happened"));
  }

  private Service open() {
    Folders folders = new Folders();
    folders.config = workspace.config();
    folders.data = workspace.data();
    return Service.open(folders, database, name -> null, clock, run -> {}, run -> {});
  }

  private long runs(Service service, String source, Asked asked, Outcome expected)
      throws IOException {
    List<String> rows = new ArrayList<>();
    rows.add("id,title,status,value,currency,owner,wonAt,updatedAt");
    rows.addAll(deals.values());
    Files.writeString(file, String.join("\n", rows) + "\n");
    Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(0));
    clock.move(Duration.ofMinutes(61));
    var run = service.runs().run(source, asked, Trigger.MANUAL);
    assertThat(run.outcome()).as(run.inWords()).isEqualTo(expected);
    return run.id();
  }

  private static void decided(HeldRuns.Answer answer) {
    assertThat(answer).isInstanceOf(HeldRuns.Answer.Ended.class);
  }

  private void checkIn(Service service, String who, int confidence, String wins, String blockers) {
    clock.move(Duration.ofMinutes(1));
    service.store().checkIn(new CheckIn("total", service.now(), who, confidence, wins, blockers));
  }

  private void state(
      Service service,
      String keyResult,
      Kind kind,
      @Nullable String value,
      @Nullable String until) {
    clock.move(Duration.ofMinutes(1));
    service
        .store()
        .state(
            new Statement(
                keyResult,
                kind,
                service.now(),
                value == null ? "Budi" : "Ani",
                value == null ? null : new BigDecimal(value),
                "the reason of " + kind,
                value == null ? "" : "https://example.org/" + value,
                until == null ? null : Instant.parse(until)),
            service.setup().version());
  }

  private void put(
      String id, String status, String value, String currency, String owner, String wonAt) {
    deals.put(
        id,
        String.join(
            ",", id, "Deal " + id, status, value, currency, owner, wonAt, clock.instant() + ""));
  }

  private void configure(FakeCrm crm, String euro, String total, int jump) {
    workspace.write(
        "config/sources.yaml",
        """
        sources:
          deals:
            connector: csv-records
            with: { kind: deal, path: "%s" }
            every: 15m
            freshness: { warn: 1h, error: 6h }
            guard: { drop: 100%% }
            retention: 30d
          crm:
            connector: pipedrive-deals
            with: { baseUrl: "%s", apiToken: "{{file:secrets/token}}" }
            every: 15m
            overlap: 10m
            guard: { drop: 100%%, jump: %d%% }
        """
            .formatted(file, crm.url(), jump));
    workspace.write("config/measures.yaml", MEASURES.formatted(euro));
    workspace.write(
        "config/okrs/2026-q4.yaml",
        """
        cycle: { id: 2026-Q4, from: 2026-10-01, to: 2026-12-31, zone: Asia/Jakarta, tolerance: 500%% }
        objectives:
          - id: grow
            title: Grow
            owner: sales
            keyResults:
              - { id: total, title: Bring it to 1000, formula: "%s", baseline: 0, target: 1000 }
              - { id: each, title: Two of each, formula: "min(groups(by_owner))", baseline: 0, target: 2 }
              - { id: odd, title: Sign 10, formula: signed, baseline: 0, target: 10 }
              - { id: sold, title: Sell for 500, formula: "sold / orders", baseline: 0, target: 500 }
              - { id: share, title: Hold 20%%, typed: 14d, baseline: 10, target: 20 }
        """
            .formatted(total));
  }
}
