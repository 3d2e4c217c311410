package io.okrsync.demo;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What happens to issues after the start: one thing at a time, at the times it is told. */
final class IssueLife {
  private enum Happening {
    CREATED,
    STARTED,
    REVIEWED,
    RESOLVED,
    REOPENED,
    ESTIMATED,
    PRIORITISED,
    DELETED
  }

  private static final List<Integer> ESTIMATES = List.of(1, 2, 3, 5, 8, 13);

  private final List<Issue> issues;
  private final IssueHistory maker;
  private final Dice dice;
  private final Deck<Happening> happenings;

  IssueLife(long seed, List<Issue> issues, IssueHistory maker) {
    this.issues = issues;
    this.maker = maker;
    this.dice = new Dice(seed, "issue life");
    this.happenings =
        new Deck<Happening>(dice)
            .with(Happening.CREATED, 18)
            .with(Happening.STARTED, 16)
            .with(Happening.REVIEWED, 6)
            .with(Happening.RESOLVED, 20)
            .with(Happening.REOPENED, 2)
            .with(Happening.ESTIMATED, 4)
            .with(Happening.PRIORITISED, 3)
            .with(Happening.DELETED, 1);
  }

  void happen(Instant at) {
    switch (happenings.draw()) {
      case CREATED -> issues.add(maker.report(issues.size(), at));
      case STARTED -> start(at);
      case REVIEWED -> any(Issue::isBeingWorkedOn).ifPresent(issue -> issue.review(at));
      case RESOLVED -> resolve(at);
      case REOPENED ->
          any(resolvedSince(at.minus(Duration.ofDays(21)))).ifPresent(i -> i.reopen(at));
      case ESTIMATED ->
          any(Issue::isEstimated)
              .ifPresent(i -> i.estimate(BigDecimal.valueOf(dice.one(ESTIMATES)), at));
      case PRIORITISED ->
          any(issue -> issue.resolved() == null)
              .ifPresent(issue -> issue.prioritise(dice.one(Tracker.PRIORITIES), at));
      case DELETED -> any(in(Tracker.Category.TODO)).ifPresent(Issue::delete);
    }
  }

  /** Mostly a new one; those forgotten in the backlog mostly stay there. */
  private void start(Instant at) {
    Instant since = at.minus(Duration.ofDays(dice.chance(0.9) ? 14 : 365));
    any(in(Tracker.Category.TODO).and(issue -> issue.created().isAfter(since)))
        .ifPresent(issue -> issue.start(at));
  }

  /** One that has been there for some hours at least, and mostly not for weeks. */
  private void resolve(Instant at) {
    Instant since = at.minus(Duration.ofDays(dice.chance(0.8) ? 12 : 60));
    Instant until = at.minus(Duration.ofHours(3));
    Predicate<Issue> ripe =
        issue -> issue.created().isAfter(since) && issue.created().isBefore(until);
    any(in(Tracker.Category.DOING).and(ripe)).ifPresent(issue -> issue.resolve(maker.ending(), at));
  }

  private static Predicate<Issue> in(Tracker.Category category) {
    return issue -> issue.status().category() == category;
  }

  private static Predicate<Issue> resolvedSince(Instant since) {
    return issue -> issue.resolved() != null && issue.resolved().isAfter(since);
  }

  private Optional<Issue> any(Predicate<Issue> fits) {
    return dice.one(issues, issue -> !issue.deleted() && fits.test(issue));
  }
}
