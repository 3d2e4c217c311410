package io.okrsync;

import static java.util.Objects.requireNonNull;

import io.okrsync.ShiftingTool.Fault;
import io.okrsync.ShiftingTool.Item;
import io.okrsync.store.Store;
import io.okrsync.sync.Asked;
import io.okrsync.sync.Decision;
import io.okrsync.sync.RunKind;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One history of a source, and what must hold in it. These exceptions are admitted: what two looks
 * in a row left out; what a source of one page left out, when a total is told or more were on one
 * page before; what the first run after a change of the configuration left out, until the look that
 * it owes; what the last look that is owed, or the second in doubt, missed for the first time,
 * until the next census or reconcile; what comes back or changes without a newer time, until the
 * next reconcile.
 */
final class LooksHistory {
  /** Long enough for a census each, and for a reconcile each second time. */
  private static final Duration TICK = Duration.ofHours(27);

  private static final int QUIET_TICKS = 5;

  /** A census and its reconcile for each tick, and a few second looks. */
  private static final int MOST_MORE_RUNS = 10;

  private static final int[] MINUTES = {5, 17, 65, 375, 1500};
  private static final List<String> LISTS = List.of("all", "some", "others");

  private enum Reads {
    EVERYTHING,
    CHANGES,
    CHANGES_AND_IDS
  }

  private enum Step {
    HAPPENS,
    PASSES,
    SYNC,
    CENSUS,
    RECONCILE,
    BACKFILL,
    CONFIGURED,
    STARTED,
    DECIDED
  }

  /** What is seen of a run from outside. */
  private static final class Seen {
    final String list;
    final long began;
    final boolean isAgain;
    final Map<String, @Nullable Integer> brought = new HashMap<>();
    @Nullable String cursor;
    boolean wasCutOff;
    int pages;

    Seen(String list, long began, boolean isAgain) {
      this.list = list;
      this.began = began;
      this.isAgain = isAgain;
    }
  }

  private static final class Killed extends Error {
    Killed() {
      super("killed", null, false, false);
    }
  }

  private final LookedAtService setting;
  private final ShiftingTool tool;
  private final String name;
  private final Reads reads;
  private final boolean total;
  private final int pageSize;
  private final int idsSize;
  private final String more;

  /** Not all that may happen happens in each history, or nothing would happen often in any. */
  private final List<Step> steps = new ArrayList<>();

  private final List<Fault> faults = new ArrayList<>();

  private final List<String> story = new ArrayList<>();
  private final Map<Long, Seen> seen = new HashMap<>();
  private final List<SyncRun> chain = new ArrayList<>();
  private String list = "all";
  private boolean otherPages;
  private int killedAt;
  private int configuredAt;
  private int runs;
  private @Nullable String wrong;

  private Map<String, @Nullable Integer> counts = new TreeMap<>();
  private final Set<String> everCounted = new HashSet<>();
  private String definition = "";
  private @Nullable Seen lookBefore;
  private boolean wasUndisturbed;
  private final Set<String> seenSinceLook = new HashSet<>();

  LooksHistory(LookedAtService setting, String name, long seed) {
    this.setting = setting;
    this.tool = setting.tool;
    this.name = name;
    Random random = new Random(seed);
    reads = Reads.values()[random.nextInt(Reads.values().length)];
    total = random.nextBoolean();
    pageSize = random.nextInt(4) == 0 ? ShiftingTool.ALL : ShiftingTool.FEW;
    idsSize = random.nextInt(3) == 0 ? ShiftingTool.ALL : ShiftingTool.FEW;
    more =
        (random.nextInt(3) == 0 ? "every: 6h" : "every: 15m")
            + (random.nextInt(3) == 0 ? "\nguard: { jump: 40% }" : "")
            + (reads == Reads.CHANGES_AND_IDS ? "\ncensus: 1d\nreconcile: 2d" : "");
    for (Step step : Step.values()) {
      steps.addAll(Collections.nCopies(random.nextInt(4), step));
    }
    steps.add(Step.SYNC);
    for (Fault fault : Fault.values()) {
      faults.addAll(Collections.nCopies(random.nextInt(3) == 0 ? 1 : 0, fault));
    }
    tool.startsAnew(random, 3 + random.nextInt(10), total, random.nextInt(3) == 0);
    story.add("%s, total told: %s, %s, %s".formatted(reads, total, more.replace("\n", ", "), tool));
  }

  /** What went wrong, and all that led to it; empty where all went well. */
  Optional<String> failure(List<Long> seeds) {
    setting.tell(this::progress, this::ended);
    try {
      configure();
      asks(Asked.SYNC, Trigger.SCHEDULE);
      for (long seed : seeds) {
        step(new Random(seed));
      }
      standsStill();
    } finally {
      setting.tell(run -> {}, run -> {});
    }
    return Optional.ofNullable(wrong).map(it -> it + "\n  " + String.join("\n  ", story));
  }

  private void step(Random by) {
    if (wrong != null) {
      return;
    }
    tool.random(by);
    switch (steps.get(by.nextInt(steps.size()))) {
      case HAPPENS -> story.add(tool.happens());
      case PASSES -> passes(Duration.ofMinutes(MINUTES[by.nextInt(MINUTES.length)]));
      case SYNC -> run(Asked.SYNC, by);
      case CENSUS -> run(Asked.CENSUS, by);
      case RECONCILE -> run(Asked.RECONCILE, by);
      case BACKFILL -> run(backfill(by), by);
      case CONFIGURED -> {
        list = LISTS.get(by.nextInt(LISTS.size()));
        otherPages = by.nextBoolean();
        configure();
      }
      case STARTED -> startsAnew();
      case DECIDED -> decides(by.nextBoolean());
    }
  }

  private void configure() {
    int size = otherPages ? ShiftingTool.ALL + ShiftingTool.FEW - pageSize : pageSize;
    story.add("configured: the list '%s' in pages of %d".formatted(list, size));
    String query = "list: %s, limit: %d, at: \"@cursor\" }\n";
    String since = reads == Reads.EVERYTHING ? "" : "since: \"@since\", ";
    String with = "query: { " + since + query.formatted(list, size);
    if (reads == Reads.CHANGES_AND_IDS) {
      with += "idsQuery: { ids: 1, " + query.formatted(list, idsSize);
    }
    setting.configure(name, with + (total ? "total: .total" : ""), more + "\noverlap: 10m");
  }

  private void passes(Duration time) {
    story.add("passes " + time);
    setting.clock.move(time);
  }

  private Asked backfill(Random by) {
    Instant now = setting.clock.instant();
    return Asked.backfill(
        now.minus(Duration.ofHours(1 + by.nextInt(40))),
        now.minus(Duration.ofMinutes(by.nextInt(50))));
  }

  private void run(Asked asked, Random by) {
    for (int times = faults.isEmpty() ? 0 : by.nextInt(3); times > 0; times--) {
      tool.faults.put(1 + by.nextInt(3), faults.get(by.nextInt(faults.size())));
    }
    killedAt = by.nextInt(8) == 0 ? 1 + by.nextInt(3) : 0;
    boolean meanwhile = steps.contains(Step.CONFIGURED) && by.nextInt(12) == 0;
    configuredAt = meanwhile ? 1 + by.nextInt(3) : 0;
    story.add("%s, by request: %s".formatted(asked.inWords(), tool.faults));
    asks(asked, asked == Asked.SYNC && by.nextBoolean() ? Trigger.SCHEDULE : Trigger.MANUAL);
    tool.faults.clear();
    killedAt = 0;
    configuredAt = 0;
  }

  private void asks(Asked asked, Trigger by) {
    Runs all = setting.service().runs();
    boolean waits =
        by == Trigger.SCHEDULE && all.waiting(setting.service().setup().source(name)).isPresent();
    if (waits || all.refusal(name, asked).isPresent()) {
      story.add("  not begun");
      return;
    }
    boolean isOwed = store().owesLook(name).isPresent();
    chain.clear();
    try {
      all.run(name, asked, by);
      boolean looks = asked == Asked.RECONCILE || asked == Asked.CENSUS;
      if (looks && !isOwed && chain.stream().allMatch(this::isUndisturbed)) {
        hasLookedTwice();
      }
    } catch (CompletionException killed) {
      if (!(killed.getCause() instanceof Killed)) {
        throw killed;
      }
      startsAnew();
    }
  }

  private void startsAnew() {
    story.add("started anew");
    tool.faults.clear();
    killedAt = 0;
    setting.startAnew();
    isAsBefore("the start");
    if (setting.service().isToGoOn(name)) {
      asks(Asked.SYNC, Trigger.SCHEDULE);
    }
  }

  private void decides(boolean releases) {
    SyncRun held = store().held(name).orElse(null);
    if (held == null) {
      return;
    }
    Decision decision = new Decision("Ani", "looked at it");
    if (releases && setting.service().held().refusal(held).isEmpty()) {
      setting.service().held().release(held.id(), decision);
      asks(Asked.SYNC, Trigger.SCHEDULE);
      return;
    }
    setting.service().held().discard(held.id(), decision);
  }

  /** After some days what counts is true, and nobody was asked for ever. */
  private void standsStill() {
    if (wrong != null) {
      return;
    }
    int before = runs;
    for (int i = 0; i < QUIET_TICKS; i++) {
      passes(TICK);
      decides(true);
      asks(Asked.SYNC, Trigger.SCHEDULE);
    }
    Map<String, @Nullable Integer> truth = new TreeMap<>();
    tool.truth(list).forEach((id, item) -> truth.put(id, item.score()));
    require(counts.equals(truth), "NOT TRUE IN THE END: %s instead of %s", counts, truth);
    int most = before + QUIET_TICKS + MOST_MORE_RUNS;
    require(runs <= most, "ASKED FOR EVER: %d runs", runs - before);
  }

  private void progress(SyncRun run) {
    @Nullable String cursor = run.cursor();
    @Nullable Seen known = seen.get(run.id());
    if (known == null || cursor == null || cursor.equals(known.cursor)) {
      begins(run.id(), cursor, known);
      return;
    }
    Seen it = known;
    it.cursor = run.cursor();
    it.pages++;
    it.brought.putAll(requireNonNull(tool.served.poll(), "a page was served"));
    if (it.pages == configuredAt) {
      configuredAt = 0;
      list = "some";
      configure();
    }
    if (it.pages == killedAt) {
      boolean isFetching = !run.readToTheEnd() && !tool.refuses();
      while (isFetching && tool.served.isEmpty()) {
        Thread.onSpinWait(); // or it would be told to the next run
      }
      story.add("  killed");
      store().close(); // nothing can be said of the run any more
      throw new Killed();
    }
  }

  private void begins(long run, @Nullable String cursor, @Nullable Seen before) {
    tool.runBegins();
    boolean isAnew = before == null || cursor == null;
    Seen it =
        isAnew
            ? new Seen(list, before == null ? tool.changes() : before.began, before != null)
            : requireNonNull(before);
    it.wasCutOff = !isAnew;
    it.cursor = cursor;
    seen.put(run, it);
  }

  private void ended(SyncRun run) {
    runs++;
    chain.add(run);
    story.add("  run %d %s".formatted(run.id(), run.inWords()));
    if (!run.outcome().isWell()) {
      isAsBefore("run " + run.id());
      return;
    }
    Map<String, @Nullable Integer> before = counts;
    counts = setting.ledger(name);
    balances(run, before);
    Seen it = requireNonNull(seen.get(run.id()));
    String read = requireNonNull(store().evidence().run(run.id()).orElseThrow().definition());
    boolean isAnother = !read.equals(definition);
    definition = read;
    keepsWhatIsThere(run, it, before, isAnother);
    keepsNothingThatIsGone(run, it);
    if (isAnother || run.readsEverything() && !isInDoubt(run)) {
      seenSinceLook.clear();
    }
    if (run.readsEverything()) {
      seenSinceLook.addAll(it.brought.keySet());
      lookBefore = it;
      wasUndisturbed = isUndisturbed(run);
    }
    everCounted.addAll(counts.keySet());
  }

  /** What is not published changes nothing. */
  private void isAsBefore(String what) {
    Map<String, @Nullable Integer> now = setting.ledger(name);
    require(now.equals(counts), "CHANGED: by %s, to %s from %s", what, now, counts);
  }

  /** What a run says is what became of the records and of the value. */
  private void balances(SyncRun run, Map<String, @Nullable Integer> before) {
    long left = before.keySet().stream().filter(id -> !counts.containsKey(id)).count();
    long came = counts.keySet().stream().filter(id -> !everCounted.contains(id)).count();
    long records = store().records(name);
    require(left == run.counts().removed(), "COUNTS: %d left", left);
    require(came == run.counts().created(), "COUNTS: %d came", came);
    require(records == counts.size(), "COUNTS: %d records of %s", records, counts);
    if (!counts.containsValue(null)) {
      int sum = counts.values().stream().mapToInt(it -> requireNonNull(it)).sum();
      int value = setting.value(name).intValueExact();
      require(value == sum, "VALUE: %d instead of %d", value, sum);
    }
  }

  /** Of the records that were there all the time. */
  private void keepsWhatIsThere(
      SyncRun run, Seen it, Map<String, @Nullable Integer> before, boolean isAnother) {
    boolean isLive = run.kind() == RunKind.SYNC || run.kind() == RunKind.RECONCILE;
    boolean isOwed = store().owesLook(name).isPresent();
    boolean isOnePage = it.pages == 1 && (total || lookBefore != null && lookBefore.pages == 1);
    for (Item item : tool.truth(it.list).values()) {
      if (item.since() > it.began) {
        continue;
      }
      String id = item.name();
      Integer score = item.score();
      boolean isBrought = isLive && score.equals(it.brought.get(id));
      require(!isBrought || score.equals(counts.get(id)), "BROUGHT AND NOT THERE: %s", id);
      boolean wasSeen = it.brought.containsKey(id) || seenSinceLook.contains(id);
      boolean isRemoved = before.containsKey(id) && !counts.containsKey(id);
      boolean isAdmitted = isAnother ? isOwed : isOnePage;
      require(!isRemoved || !wasSeen || isAdmitted, "REMOVED THOUGH SEEN: %s", id);
    }
  }

  /** Of the records that were gone before the look before. */
  private void keepsNothingThatIsGone(SyncRun run, Seen it) {
    boolean isSecond = lookBefore != null && wasUndisturbed && lookBefore.list.equals(it.list);
    if (!isSecond || !run.readsEverything() || !isUndisturbed(run)) {
      return;
    }
    Set<String> there = tool.truth(it.list).keySet();
    long since = requireNonNull(lookBefore).began;
    for (String id : counts.keySet()) {
      boolean wasThere = there.contains(id) || tool.goneSince(id) > since;
      require(wasThere, "LEFT OVER: %s", id);
    }
  }

  /** A look that was asked for while none was owed is followed by another where it missed any. */
  private void hasLookedTwice() {
    boolean waits = chain.stream().anyMatch(it -> says(it, "ids are there again"));
    Set<String> there = tool.truth(list).keySet();
    boolean isDone = waits || chain.isEmpty() || there.containsAll(counts.keySet());
    require(isDone, "LEFT OVER AT ONCE: %s of %s", there, counts.keySet());
  }

  private boolean isUndisturbed(SyncRun run) {
    Seen it = seen.get(run.id());
    return it != null
        && run.outcome().isWell()
        && tool.faults.isEmpty()
        && tool.changes() == it.began
        && !it.wasCutOff
        && !it.isAgain
        && !isInDoubt(run);
  }

  private static boolean isInDoubt(SyncRun run) {
    return says(run, "nothing was taken as removed");
  }

  private static boolean says(SyncRun run, String what) {
    return String.valueOf(run.reason()).contains(what);
  }

  private void require(boolean holds, String what, Object... about) {
    if (!holds && wrong == null) {
      wrong = what.formatted(about);
      story.add("  !! " + wrong);
    }
  }

  private Store store() {
    return setting.service().store();
  }
}
