package io.okrsync.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The business of a made-up company: what its CRM, e-mail platform and issue tracker know. It has a
 * past when it is made, and then it lives: whenever somebody looks, whatever has become due since
 * the last look happens first, each thing at its own time. The same seed and start give the same
 * world, however often it is looked at. Safe to use from several threads.
 */
public final class World {
  private final Clock clock;
  private final long seed;
  private final Instant startedAt;
  private final List<Deal> deals;
  private final List<Campaign> campaigns;
  private final List<Issue> issues;
  private final List<Course> courses;
  private @Nullable Instant pausedAt;

  /** A world whose past ends now; everything that happens later happens at times of this clock. */
  public World(Clock clock, long seed) {
    this.clock = clock;
    this.seed = seed;
    this.startedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    DealHistory dealHistory = new DealHistory(seed, startedAt);
    CampaignHistory campaignHistory = new CampaignHistory(seed, startedAt);
    IssueHistory issueHistory = new IssueHistory(seed, startedAt);
    this.deals = dealHistory.deals();
    this.campaigns = campaignHistory.campaigns();
    this.issues = issueHistory.issues();
    this.courses =
        List.of(
            course("deals", 8, new DealLife(seed, deals, dealHistory)::happen),
            course("campaigns", 7, new CampaignLife(seed, campaigns, campaignHistory)::happen),
            course("issues", 8, new IssueLife(seed, issues, issueHistory)::happen));
  }

  private Course course(String what, double seconds, Consumer<Instant> life) {
    return new Course(new Pace(new Dice(seed, "pace of " + what), seconds), startedAt, life);
  }

  /** Lets happen what is due by then. A time before the last one, or a pause, changes nothing. */
  public synchronized void advance(Instant now) {
    if (pausedAt == null) {
      courses.forEach(course -> course.catchUp(now));
    }
  }

  /** From now on nothing happens, so that two views of the world can be compared. */
  public synchronized void pause() {
    advance(clock.instant());
    if (pausedAt == null) {
      pausedAt = clock.instant();
    }
  }

  /** Life goes on where it stopped: what would have happened during the pause happens later. */
  public synchronized void resume() {
    if (pausedAt != null) {
      Duration pause = Duration.between(pausedAt, clock.instant());
      courses.forEach(course -> course.shift(pause));
      pausedAt = null;
    }
  }

  public synchronized boolean paused() {
    return pausedAt != null;
  }

  /** Every deal there ever was, deleted ones too, by id; copies that do not change any more. */
  public List<Deal> deals() {
    return now(() -> deals.stream().map(Deal::new).toList());
  }

  /** The campaigns that are there now, oldest first; copies that do not change any more. */
  public List<Campaign> campaigns() {
    return now(() -> campaigns.stream().filter(c -> !c.deleted()).map(Campaign::new).toList());
  }

  /** The issues that are there now, by id; copies that do not change any more. */
  public List<Issue> issues() {
    return now(() -> issues.stream().filter(i -> !i.deleted()).map(Issue::new).toList());
  }

  /** How many things have happened since the start, in all three tools. */
  public long happened() {
    return now(() -> courses.stream().mapToLong(Course::happened).sum());
  }

  /** The moment at which the past ends and life begins. */
  public Instant startedAt() {
    return startedAt;
  }

  /** What the world is made from. */
  public long seed() {
    return seed;
  }

  /** The time in this world. */
  Instant time() {
    return clock.instant();
  }

  private synchronized <T> T now(Supplier<T> look) {
    advance(clock.instant());
    return look.get();
  }
}
