package io.okrsync.web;

import io.okrsync.measure.Aggregate;
import io.okrsync.measure.MeasureDefinition;
import io.okrsync.okr.Ambition;
import io.okrsync.okr.Cascade;
import io.okrsync.okr.Cause;
import io.okrsync.okr.CheckIn;
import io.okrsync.okr.Cycle;
import io.okrsync.okr.Forecast;
import io.okrsync.okr.Freshness;
import io.okrsync.okr.Grades;
import io.okrsync.okr.Initiative;
import io.okrsync.okr.Initiatives;
import io.okrsync.okr.Input;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Objective;
import io.okrsync.okr.ObjectiveStanding;
import io.okrsync.okr.Pace;
import io.okrsync.okr.Reach;
import io.okrsync.okr.Standing;
import io.okrsync.okr.Statement;
import io.okrsync.okr.Target;
import io.okrsync.okr.Terms;
import io.okrsync.okr.ValueAt;
import io.okrsync.store.KeyResultReading;
import io.okrsync.store.SourceState;
import io.okrsync.sync.Concern;
import io.okrsync.sync.Counts;
import io.okrsync.sync.Decision;
import io.okrsync.sync.Difference;
import io.okrsync.sync.Differences;
import io.okrsync.sync.HeldRuns;
import io.okrsync.sync.Intake;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.RunFilter;
import io.okrsync.sync.RunKind;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.SyncTrigger;
import io.okrsync.sync.Trigger;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A site in memory, in the middle of a quarter, whose content tests set. */
final class SampleSite implements Site {
  private static final SortedMap<String, String> DEFINITIONS =
      new TreeMap<>(Map.of("big", "value >= 1000"));
  static final ZoneId JAKARTA = ZoneId.of("Asia/Jakarta");
  static final Cycle CYCLE =
      new Cycle("2026-Q4", LocalDate.of(2026, 10, 1), LocalDate.of(2026, 12, 31), JAKARTA);
  static final Instant NOW = Instant.parse("2026-11-21T07:05:30Z");

  private final Map<String, Standing> standings = new ConcurrentHashMap<>();
  private final Map<String, Initiatives> initiatives = new HashMap<>();
  private final Map<String, List<KeyResultReading>> readings = new ConcurrentHashMap<>();
  private final List<Objective> objectives = new CopyOnWriteArrayList<>();
  private volatile boolean schedulerAlive = true;
  private final List<SourceRow> sources = new CopyOnWriteArrayList<>();
  private final List<Statement> statements = new CopyOnWriteArrayList<>();
  private final List<CheckIn> checkIns = new CopyOnWriteArrayList<>();
  private final List<SyncRun> runs = new CopyOnWriteArrayList<>();
  private volatile Instant now = NOW;
  private volatile List<String> problems = List.of();
  private volatile List<String> connectorProblems = List.of();
  private volatile @Nullable String banner;
  private volatile @Nullable String storeProblem;
  private volatile boolean storeStuck;
  private volatile SyncTrigger trigger =
      (source, asked, by) -> new SyncTrigger.Answer.UnknownSource(null);
  private volatile Planned plan = new Planned.Busy();
  private volatile Intake intake = push -> new Intake.Answer.Unproven("nothing is taken here");
  private final List<Difference> found = new ArrayList<>();
  private volatile HeldRuns held = new NothingHeld();
  private volatile @Nullable RuntimeException failure;
  private long nextReading = 1;

  /** Nothing configured yet. */
  static SampleSite empty() {
    return new SampleSite();
  }

  /** Three teams, every status, and runs of every outcome. */
  static SampleSite full() {
    SampleSite site = new SampleSite();
    site.objective(
        "close-better-deals",
        "Close more of the right deals",
        "sales",
        keyResult("win-rate", "Raise the win rate from 18% to 25%", "18", "25", "%"),
        keyResult("revenue", "Win 1,500,000 USD of new revenue", "0", "1500000", "USD"),
        keyResult("deals-won", "Win 60 deals", "0", "60", "deals"),
        keyResult("cycle-time", "Close deals in 30 days instead of 48", "48", "30", "days"));
    site.objective(
        "be-read",
        "Send less, be read more",
        "marketing",
        keyResult("open-rate", "Lift unique opens from 21% to 28%", "21", "28", "%"),
        keyResult("click-rate", "Lift unique clicks from 2.1% to 4%", "2.1", "4", "%"),
        keyResult("subscribers", "Grow to 40,000 subscribers", "31500", "40000", ""));
    site.objective(
        "fix-what-hurts",
        "Fix what hurts our customers",
        "engineering",
        keyResult("bugs-open", "Bring open bugs from 64 down to 20", "64", "20", "bugs"),
        keyResult("lead-time", "Resolve issues in 4 days instead of 11", "11", "4", "days"),
        keyResult("incidents", "Survive the quarter with no more than 2 incidents", "8", "2", ""));
    site.moves("win-rate", "18", "18.9", "20.3", "19.6", "21.4", "21.9", "22.7");
    site.moves("revenue", "0", "98000", "187500", "342000.50", "512300", "640120.75");
    site.moves("deals-won", "0", "4", "9", "12", "13", "14");
    site.moves("cycle-time", "48", "46.2", "41", "38.5", "36.75");
    site.moves("open-rate", "21", "21.4", "23", "24.8", "26", "28.4");
    site.moves("click-rate", "2.1", "2.05", "2.4", "2.62", "2.9");
    site.moves("bugs-open", "64", "66", "61", "63", "58", "57");
    site.moves("lead-time", "11", "9.5", "8.1", "7.75");
    site.age("lead-time", Freshness.OUTDATED, NOW.minus(Duration.ofHours(9)), null);
    site.age("click-rate", Freshness.AGING, NOW.minus(Duration.ofMinutes(95)), null);
    site.age("subscribers", Freshness.FRESH, NOW.minusSeconds(12), "no records: no list was found");
    site.age(
        "cycle-time",
        Freshness.FRESH,
        NOW.minusSeconds(12),
        "missing field: 3 deals without createdAt, the first is 4711; set it in the CRM");
    site.age("incidents", Freshness.OUTDATED, null, "never read: source 'ops' was never read");
    site.sampleRuns();
    return site;
  }

  private void sampleRuns() {
    SyncRun crm =
        run(
            41,
            "crm",
            Outcome.OK,
            null,
            12,
            new Counts(132, 3, 5, 124, 0, 0, 132L),
            NOW.minusSeconds(3600));
    SyncRun mail =
        run(42, "mail", Outcome.RUNNING, null, 8, new Counts(40, 1, 2, 37, 0, 0, 212L), null);
    SyncRun issues =
        run(
            40,
            "issues",
            Outcome.FAILED,
            "Source 'issues' answered 401: the token was refused; set JIRA_TOKEN to a valid one",
            300,
            Counts.NONE,
            null);
    runs.add(mail);
    runs.add(crm);
    runs.add(issues);
    runs.add(
        run(
            39,
            "mail",
            Outcome.PARTIAL,
            "Source 'mail' asked to slow down",
            900,
            new Counts(100, 20, 0, 80, 0, 0, 212L),
            null));
    runs.add(
        run(
            38,
            "crm",
            Outcome.OK_EMPTY,
            null,
            1000,
            new Counts(0, 0, 0, 0, 0, 0, 0L),
            NOW.minusSeconds(9000)));
    runs.add(
        run(
            37,
            "crm",
            Outcome.SKIPPED,
            "run 36 of this source was still at work",
            1100,
            Counts.NONE,
            null));
    runs.add(
        run(36, "crm", Outcome.OK, null, 2000, new Counts(12840, 12838, 0, 0, 4, 2, null), null));
    runs.add(
        run(
            35,
            "crm",
            Outcome.HELD,
            "it would remove 412 of 1200 records, 34.3%, and guard.drop is 20%",
            2600,
            new Counts(788, 0, 0, 788, 0, 0, null),
            null));
    source("crm", "pipedrive-deals", "every 15m", crm, Freshness.FRESH, 12840, null);
    source(
        "mail",
        "mailchimp-campaigns",
        "every 1h",
        mail,
        Freshness.AGING,
        212,
        new SourceRow.Wait(NOW.plusSeconds(300), "the source asked to slow down", false));
    source(
        "issues",
        "jira-issues",
        "cron 0 0 6 * * ? in Asia/Jakarta",
        issues,
        Freshness.OUTDATED,
        3405,
        null);
  }

  static KeyResult keyResult(String id, String title, String baseline, String target, String unit) {
    return keyResult(id, title, baseline, target, unit, CYCLE);
  }

  static KeyResult keyResult(
      String id, String title, String baseline, String target, String unit, Cycle cycle) {
    return new KeyResult(
        id,
        title,
        "",
        "100.0 * deals_won / (deals_won + deals_lost)",
        new BigDecimal(baseline),
        new BigDecimal(target),
        unit,
        BigDecimal.ONE,
        cycle);
  }

  /** One whose value is the score of an objective. */
  static KeyResult pointing(String id, String title, String child) {
    return new KeyResult(
        id,
        title,
        "",
        "",
        new Reach(BigDecimal.ZERO, Target.number(new BigDecimal("100"))),
        "%",
        BigDecimal.ONE,
        CYCLE,
        new Terms(
            Optional.empty(),
            Pace.STEADY,
            Ambition.COMMITTED,
            Optional.empty(),
            Optional.empty(),
            Optional.of(child),
            Optional.empty(),
            Grades.STANDARD));
  }

  /** Issues that are linked to a key result. */
  SampleSite initiatives(String keyResult, Initiative... all) {
    initiatives.put(keyResult, new Initiatives("work", List.of(all), 57L, now));
    return this;
  }

  SampleSite objective(String id, String title, String owner, KeyResult... keyResults) {
    List<KeyResult> own = new ArrayList<>();
    for (KeyResult each : keyResults) {
      KeyResult keyResult =
          new KeyResult(
              each.id(),
              each.title(),
              id,
              each.formula(),
              each.goal(),
              each.unit(),
              each.weight(),
              each.cycle(),
              each.terms());
      own.add(keyResult);
      standings.put(
          keyResult.id(), standing(keyResult, null, null, NOW.minusSeconds(12), Freshness.FRESH));
    }
    objectives.add(new Objective(id, title, owner, own.get(0).cycle(), own));
    return this;
  }

  private Standing standing(String keyResult) {
    return Objects.requireNonNull(standings.get(keyResult), keyResult);
  }

  private Standing standing(
      KeyResult keyResult,
      @Nullable BigDecimal value,
      @Nullable String reason,
      @Nullable Instant readAt,
      Freshness freshness) {
    return new Standing(
        keyResult, value, reason, readAt, freshness, keyResult.cycle().elapsed(now));
  }

  /** Readings spread over the cycle so far, oldest first. */
  private void moves(String keyResult, String... values) {
    Duration apart = Duration.between(CYCLE.start(), NOW).dividedBy(values.length);
    for (int n = 0; n < values.length; n++) {
      move(
          keyResult,
          values[n],
          NOW.minus(apart.multipliedBy(values.length - 1L - n)).minusSeconds(12));
    }
  }

  /** A new reading. */
  SampleSite move(String keyResult, String value, Instant at) {
    Standing before = standing(keyResult);
    BigDecimal to = new BigDecimal(value);
    List<KeyResultReading> list =
        readings.computeIfAbsent(keyResult, id -> new CopyOnWriteArrayList<>());
    list.add(
        0,
        new KeyResultReading(
            nextReading++,
            keyResult,
            to,
            before.value(),
            null,
            nextReading == 2 ? Cause.CONFIGURATION : Cause.SYNC,
            at,
            41L,
            3,
            inputs()));
    standings.put(
        keyResult, standing(before.keyResult(), to, null, before.readAt(), before.freshness()));
    return this;
  }

  private static List<Input> inputs() {
    return List.of(
        new Input(
            "deals_won",
            "deals_won@0f3a",
            CYCLE.start(),
            CYCLE.end(),
            41L,
            14,
            new BigDecimal("14"),
            null),
        new Input(
            "deals_lost",
            "deals_lost@77c1",
            CYCLE.start(),
            CYCLE.end(),
            41L,
            48,
            null,
            "missing field: 1 deal without lostAt, the first is 812"));
  }

  /** How old a key result is, and why. */
  SampleSite age(
      String keyResult, Freshness freshness, @Nullable Instant readAt, @Nullable String reason) {
    Standing before = standing(keyResult);
    standings.put(
        keyResult, standing(before.keyResult(), before.value(), reason, readAt, freshness));
    return this;
  }

  /** A run of what was sent. */
  static SyncRun pushed(long id, Outcome outcome, String reason) {
    SyncRun run = run(id, "crm", outcome, reason, 9, Counts.NONE, null);
    return new SyncRun(
        run.id(),
        run.source(),
        run.kind(),
        Trigger.PUSH,
        run.outcome(),
        run.reason(),
        run.startedAt(),
        run.finishedAt(),
        run.since(),
        run.until(),
        run.cursor(),
        run.counts(),
        null,
        run.needsAuthorisation());
  }

  /** The same that ended at another time. */
  static SyncRun until(SyncRun run, Instant ended) {
    return new SyncRun(
        run.id(),
        run.source(),
        run.kind(),
        run.trigger(),
        run.outcome(),
        run.reason(),
        run.startedAt(),
        ended,
        run.since(),
        run.until(),
        run.cursor(),
        run.counts(),
        run.continuesAt(),
        run.needsAuthorisation());
  }

  static SyncRun run(
      long id,
      String source,
      Outcome outcome,
      @Nullable String reason,
      long secondsAgo,
      Counts counts,
      @Nullable Instant since) {
    Instant began = NOW.minusSeconds(secondsAgo);
    Instant ended = outcome == Outcome.RUNNING ? null : began.plusMillis(2_340);
    return new SyncRun(
        id,
        source,
        RunKind.SYNC,
        Trigger.SCHEDULE,
        outcome,
        reason,
        began,
        ended,
        since,
        null,
        outcome == Outcome.RUNNING || outcome == Outcome.PARTIAL ? "a page" : "",
        counts,
        outcome == Outcome.PARTIAL ? NOW.plusSeconds(300) : null,
        false);
  }

  SampleSite runs(SyncRun... more) {
    Collections.addAll(runs, more);
    return this;
  }

  SampleSite source(
      String name,
      String connector,
      String schedule,
      @Nullable SyncRun last,
      Freshness freshness,
      long records,
      SourceRow.@Nullable Wait waiting) {
    SourceState state =
        new SourceState(
            name,
            last == null ? null : last.id(),
            last == null ? null : last.startedAt(),
            last == null ? null : NOW.minusSeconds(60),
            records,
            last == null || last.counts().rejected() == 0 ? null : last,
            last);
    sources.add(
        new SourceRow(
            name,
            connector,
            ZoneId.of("UTC"),
            schedule,
            state,
            freshness,
            now.plusSeconds(893),
            new SourceRow.Comparing(null, null, state.liveCursor() != null, false),
            waiting,
            List.of()));
    return this;
  }

  /** The source added last has this the matter with it. */
  SampleSite concern(Concern concern) {
    SourceRow row = sources.remove(sources.size() - 1);
    sources.add(like(row, row.comparing(), List.of(concern)));
    return this;
  }

  /** The source added last is compared then. */
  SampleSite comparing(SourceRow.Comparing comparing) {
    SourceRow row = sources.remove(sources.size() - 1);
    sources.add(like(row, comparing, row.concerns()));
    return this;
  }

  private static SourceRow like(
      SourceRow row, SourceRow.Comparing comparing, List<Concern> concerns) {
    return new SourceRow(
        row.name(),
        row.connector(),
        row.zone(),
        row.schedule(),
        row.state(),
        row.freshness(),
        row.nextRun(),
        comparing,
        row.waiting(),
        concerns);
  }

  SampleSite deadScheduler() {
    schedulerAlive = false;
    return this;
  }

  SampleSite connectorProblems(String... lines) {
    connectorProblems = List.of(lines);
    return this;
  }

  SampleSite problems(String... lines) {
    problems = List.of(lines);
    return this;
  }

  SampleSite banner(String line) {
    banner = line;
    return this;
  }

  SampleSite storeProblem(@Nullable String what) {
    storeProblem = what;
    return this;
  }

  SampleSite now(Instant at) {
    now = at;
    return this;
  }

  SampleSite intake(Intake answers) {
    intake = answers;
    return this;
  }

  SampleSite plan(Planned answer) {
    plan = answer;
    return this;
  }

  @Override
  public Planned plan(Map<String, String> files) {
    return plan;
  }

  @Override
  public Intake intake() {
    return intake;
  }

  SampleSite trigger(SyncTrigger answers) {
    trigger = answers;
    return this;
  }

  SampleSite held(HeldRuns decides) {
    held = decides;
    return this;
  }

  /** Knows no run about which anything could be decided. */
  private record NothingHeld() implements HeldRuns {
    @Override
    public Answer release(long run, Decision decision) {
      return new Answer.UnknownRun();
    }

    @Override
    public Answer discard(long run, Decision decision) {
      return new Answer.UnknownRun();
    }

    @Override
    public Optional<String> refusal(SyncRun run) {
      return Optional.empty();
    }
  }

  private void failIfAsked() {
    if (failure != null) {
      throw failure;
    }
  }

  /** From now on the store fails. */
  SampleSite failing(RuntimeException with) {
    failure = with;
    return this;
  }

  @Override
  public List<ObjectiveStanding> objectives() {
    failIfAsked();
    return new Cascade(objectives)
        .standings(
            each -> standing(each.id()), (each, child) -> Cascade.standing(each, child, null, now));
  }

  @Override
  public Optional<KeyResultDetail> keyResult(String id) {
    return objectives.stream()
        .filter(each -> each.keyResults().stream().anyMatch(kr -> kr.id().equals(id)))
        .findFirst()
        .map(
            each ->
                new KeyResultDetail(
                    each,
                    objectives().stream()
                        .flatMap(one -> one.keyResults().stream())
                        .filter(one -> one.keyResult().id().equals(id))
                        .findFirst()
                        .orElseThrow(),
                    measures(),
                    DEFINITIONS,
                    List.of(),
                    Forecast.of(course(id), CYCLE, now, standing(id).course()),
                    Optional.ofNullable(initiatives.get(id))));
  }

  private List<ValueAt> course(String keyResult) {
    List<ValueAt> course = new ArrayList<>();
    for (KeyResultReading each : readings.getOrDefault(keyResult, List.of())) {
      if (each.value() != null) {
        course.add(0, new ValueAt(each.at(), each.value()));
      }
    }
    return course;
  }

  private static List<MeasureDefinition> measures() {
    return List.of(
        new MeasureDefinition(
            "deals_won", "crm", "status == 'won'", "wonAt", Aggregate.COUNT, null, null, null),
        new MeasureDefinition(
            "revenue",
            "crm",
            "status == 'won' && value > 0",
            "wonAt",
            Aggregate.SUM,
            "value",
            "currency",
            "USD"));
  }

  @Override
  public List<KeyResultReading> history(String keyResult, int limit) {
    return readings.getOrDefault(keyResult, List.of()).stream().limit(limit).toList();
  }

  @Override
  public List<CheckIn> checkIns(String keyResult, int limit) {
    return checkIns.stream()
        .filter(said -> said.keyResult().equals(keyResult))
        .limit(limit)
        .toList();
  }

  @Override
  public List<Statement> statements(String keyResult, int limit) {
    return statements.stream()
        .filter(said -> said.keyResult().equals(keyResult))
        .limit(limit)
        .toList();
  }

  @Override
  public void state(Statement said) {
    statements.add(0, said);
  }

  @Override
  public void checkIn(CheckIn said) {
    checkIns.add(0, said);
  }

  @Override
  public List<SourceRow> sources() {
    failIfAsked();
    return List.copyOf(sources);
  }

  @Override
  public List<SyncRun> runs(RunFilter filter, int limit) {
    return runs.stream()
        .filter(run -> filter.source() == null || run.source().equals(filter.source()))
        .filter(run -> filter.outcome() == null || run.outcome() == filter.outcome())
        .filter(run -> filter.before() == null || run.id() < filter.before())
        .sorted(Comparator.comparing(SyncRun::id).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public Optional<SyncRun> run(long id) {
    return runs.stream().filter(run -> run.id() == id).findFirst();
  }

  @Override
  public SyncTrigger trigger() {
    return trigger;
  }

  /** This is what a run found, and what counts no more. */
  SampleSite found(Difference... differences) {
    Collections.addAll(found, differences);
    return this;
  }

  @Override
  public List<KeyResultReading> readingsOf(long run, int limit) {
    return readings.values().stream()
        .flatMap(List::stream)
        .filter(each -> Objects.equals(each.run(), run))
        .sorted(Comparator.comparingLong(KeyResultReading::id))
        .limit(limit)
        .toList();
  }

  @Override
  public Differences differences(long run, int limit) {
    List<Difference> all = found.stream().filter(each -> each.run() == run).toList();
    return new Differences(all.stream().limit(limit).toList(), all.size());
  }

  @Override
  public List<Difference> removals(String keyResult, int limit) {
    return found.stream()
        .filter(each -> each.what() == Difference.What.REMOVED)
        .limit(limit)
        .toList();
  }

  @Override
  public Audit audit() {
    return new SampleAudit(readings);
  }

  @Override
  public HeldRuns held() {
    return held;
  }

  @Override
  public List<String> connectorProblems() {
    return connectorProblems;
  }

  @Override
  public List<String> configurationProblems() {
    return problems;
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public ZoneId zone() {
    return JAKARTA;
  }

  @Override
  public @Nullable String banner() {
    return banner;
  }

  @Override
  public boolean schedulerAlive() {
    return schedulerAlive;
  }

  @Override
  public boolean storeStuck() {
    return storeStuck;
  }

  SampleSite stuckStore() {
    storeStuck = true;
    return this;
  }

  @Override
  public @Nullable String storeProblem() {
    return storeProblem;
  }
}
