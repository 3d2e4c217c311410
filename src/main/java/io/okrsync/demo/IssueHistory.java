package io.okrsync.demo;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The issues that were there before the start: some 700 over 200 days. Bugs are slowly resolved
 * sooner; urgent ones always were; some issues are never touched.
 */
final class IssueHistory {
  private static final int DAYS = 200;
  private static final double NEW_PER_WORKDAY = 5.0;

  private final Instant start;
  private final Dice dice;
  private final OfficeHours hours;
  private final IssueWords words;
  private final Spread durations;
  private final EvenChance forgotten;
  private final Deck<Tracker.Type> types;
  private final Deck<Tracker.Priority> priorities;
  private final Deck<Tracker.Resolution> endings;
  private final Deck<Integer> estimates;
  private final Map<Tracker.Project, Integer> numbers = new HashMap<>();

  IssueHistory(long seed, Instant start) {
    this.start = start.truncatedTo(ChronoUnit.SECONDS);
    this.dice = new Dice(seed, "issue history");
    this.hours = new OfficeHours(dice);
    this.words = new IssueWords(dice);
    this.durations = new Spread(dice, 0.7);
    this.forgotten = new EvenChance(dice);
    this.types =
        new Deck<Tracker.Type>(dice)
            .with(Tracker.BUG, 16)
            .with(Tracker.STORY, 14)
            .with(Tracker.TASK, 10);
    this.priorities =
        new Deck<Tracker.Priority>(dice)
            .with(Tracker.HIGHEST, 2)
            .with(Tracker.HIGH, 8)
            .with(Tracker.MEDIUM, 21)
            .with(Tracker.LOW, 8)
            .with(Tracker.LOWEST, 1);
    this.endings =
        new Deck<Tracker.Resolution>(dice)
            .with(Tracker.FINISHED, 46)
            .with(Tracker.WILL_NOT_DO, 3)
            .with(Tracker.DUPLICATE, 1);
    this.estimates =
        new Deck<Integer>(dice).with(1, 5).with(2, 8).with(3, 9).with(5, 7).with(8, 4).with(13, 1);
  }

  List<Issue> issues() {
    List<Instant> created = new ArrayList<>();
    double due = 0;
    LocalDate today = OfficeHours.day(start);
    for (LocalDate day = today.minusDays(DAYS); !day.isAfter(today); day = day.plusDays(1)) {
      if (OfficeHours.isWorkday(day)) {
        due += NEW_PER_WORKDAY * (0.5 + dice.share());
      }
      for (; due >= 1; due--) {
        created.add(hours.on(day));
      }
    }
    List<Instant> past = created.stream().filter(start::isAfter).sorted().toList();
    List<Issue> issues = new ArrayList<>();
    for (Instant at : past) {
      issues.add(issue(issues.size(), at));
    }
    return issues;
  }

  /** An issue that has just been reported. */
  Issue report(int position, Instant at) {
    Instant created = at.truncatedTo(ChronoUnit.MILLIS);
    Tracker.Project project = dice.chance(0.6) ? Tracker.APP : Tracker.PLATFORM;
    Tracker.Type type = types.draw();
    Tracker.Priority priority = priorities.draw();
    Issue.Report report =
        new Issue.Report(
            20_001 + position,
            numbers.merge(project, 1, Integer::sum),
            project,
            type,
            words.summary(type),
            words.labels(),
            dice.one(Person.ENGINEERS),
            dice.chance(0.9) ? dice.one(Person.ENGINEERS) : null,
            created,
            due(type, priority, OfficeHours.day(created)));
    BigDecimal points = type.equals(Tracker.BUG) ? null : BigDecimal.valueOf(estimates.draw());
    return new Issue(report, priority, points);
  }

  /** How the next one that is resolved ends. */
  Tracker.Resolution ending() {
    return endings.draw();
  }

  private Issue issue(int position, Instant created) {
    Issue issue = report(position, created);
    if (forgotten.happens(0.06)) {
      return issue;
    }
    Duration way = Duration.ofMinutes(Math.round(days(issue) * 24 * 60));
    Instant begun =
        hours.notBefore(created.plus(way.multipliedBy(dice.between(2, 6)).dividedBy(10)));
    Instant reviewed = hours.notBefore(created.plus(way.multipliedBy(17).dividedBy(20)));
    Instant finished = hours.notBefore(created.plus(way));
    if (begun.isBefore(start)) {
      issue.start(begun);
    }
    if (reviewed.isBefore(start) && reviewed.isAfter(begun)) {
      issue.review(reviewed);
    }
    if (finished.isBefore(start) && finished.isAfter(begun)) {
      issue.resolve(endings.draw(), finished);
    }
    commentLater(issue);
    return issue;
  }

  private void commentLater(Issue issue) {
    Instant later = issue.updated().plus(dice.between(10, 5_000), ChronoUnit.MINUTES);
    if (dice.chance(0.3) && later.isBefore(start)) {
      issue.comment(later);
    }
  }

  private double days(Issue issue) {
    Tracker.Type type = issue.report().type();
    double median =
        type.equals(Tracker.BUG)
            ? 5.6 - 1.6 * progress(issue.created())
            : type.equals(Tracker.STORY) ? 12 : 7.5;
    double urgency =
        switch (issue.priority().id()) {
          case 1 -> 0.3;
          case 2 -> 0.65;
          case 3 -> 1.0;
          case 4 -> 1.5;
          default -> 2.2;
        };
    return durations.around(median) * urgency;
  }

  private @Nullable LocalDate due(Tracker.Type type, Tracker.Priority priority, LocalDate created) {
    if (dice.chance(0.32)) {
      return null;
    }
    int days = type.equals(Tracker.BUG) ? 3 + 4 * (priority.id() - 1) : 8 + 5 * (priority.id() - 1);
    return created.plusDays(days + dice.between(0, 3));
  }

  private double progress(Instant at) {
    double days = Duration.between(at, start).toMinutes() / (24.0 * 60);
    return Math.max(0, Math.min(1, 1 - days / DAYS));
  }
}
