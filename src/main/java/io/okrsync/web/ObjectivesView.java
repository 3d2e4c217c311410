package io.okrsync.web;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.okrsync.okr.Counted;
import io.okrsync.okr.Cycle;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.ObjectiveStanding;
import io.okrsync.okr.Standing;
import io.okrsync.okr.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The page of objectives, one section a cycle: first those that run, then those to come, the next
 * one first, then those that ended, the last one first.
 *
 * @param cascade whether objectives rest on one another
 */
public record ObjectivesView(List<CycleSection> cycles, boolean cascade) {
  public record Tally(Badge status, long count) {}

  /**
   * @param day such as {@code day 52 of 92}
   * @param elapsed per cent of the width
   * @param tallies how many of its key results have each status, the best first; none is 0
   */
  public record CycleSection(
      String id,
      String days,
      String day,
      String elapsed,
      List<Tally> tallies,
      List<ObjectiveSection> objectives) {}

  /** A key result whose value is the score of an objective. */
  public record ParentLink(String title, String address) {
    static ParentLink of(KeyResult keyResult) {
      return new ParentLink(keyResult.title(), Addresses.keyResult(keyResult.id()));
    }
  }

  /**
   * @param typed how much of the score rests on typed values; null where nothing does
   */
  public record ObjectiveSection(
      String id,
      String title,
      String owner,
      List<ParentLink> countsIn,
      String score,
      @Nullable String typed,
      Badge status,
      List<KeyResultCard> keyResults) {}

  static ObjectivesView of(
      List<ObjectiveStanding> standings, Instant now, Function<Standing, KeyResultCard> card) {
    Map<String, List<KeyResult>> parents = ObjectiveStanding.parents(standings);
    Function<ObjectiveStanding, ObjectiveSection> objective =
        it -> section(it, parents.getOrDefault(it.objective().id(), List.of()), card);
    List<CycleSection> cycles =
        standings.stream()
            .collect(groupingBy(each -> each.objective().cycle(), LinkedHashMap::new, toList()))
            .entrySet()
            .stream()
            .sorted(comparing(each -> each.getKey(), byNearness(now)))
            .map(each -> section(each.getKey(), each.getValue(), now, objective))
            .toList();
    return new ObjectivesView(cycles, CascadeView.isOneOf(standings));
  }

  private static Comparator<Cycle> byNearness(Instant now) {
    return comparing((Cycle cycle) -> !cycle.end().isAfter(now))
        .thenComparing(cycle -> cycle.start().isAfter(now))
        .thenComparing(cycle -> Duration.between(now, cycle.start()).abs());
  }

  private static CycleSection section(
      Cycle cycle,
      List<ObjectiveStanding> standings,
      Instant now,
      Function<ObjectiveStanding, ObjectiveSection> objective) {
    return new CycleSection(
        cycle.id(),
        Moments.days(cycle.from(), cycle.to()),
        day(cycle, now),
        ProgressBar.width(cycle.elapsed(now)),
        tallies(standings),
        standings.stream().map(objective).toList());
  }

  private static ObjectiveSection section(
      ObjectiveStanding standing, List<KeyResult> parents, Function<Standing, KeyResultCard> card) {
    return new ObjectiveSection(
        standing.objective().id(),
        standing.objective().title(),
        standing.objective().owner(),
        parents.stream().map(ParentLink::of).toList(),
        Figures.percent(standing.score()),
        standing.typedShare().signum() == 0
            ? null
            : Figures.percent(standing.typedShare()) + " of it typed",
        Badge.of(standing.status()),
        standing.keyResults().stream().map(card).toList());
  }

  private static String day(Cycle cycle, Instant now) {
    LocalDate today = now.atZone(cycle.zone()).toLocalDate();
    long days = ChronoUnit.DAYS.between(cycle.from(), cycle.to()) + 1;
    if (today.isBefore(cycle.from())) {
      return "begins in " + Counted.of(ChronoUnit.DAYS.between(today, cycle.from()), "days");
    }
    if (today.isAfter(cycle.to())) {
      return "ended";
    }
    long day = ChronoUnit.DAYS.between(cycle.from(), today) + 1;
    return "day %d of %d".formatted(day, days);
  }

  private static List<Tally> tallies(List<ObjectiveStanding> standings) {
    List<Status> all =
        standings.stream()
            .flatMap(each -> each.keyResults().stream())
            .map(Standing::status)
            .toList();
    return Arrays.stream(Status.values())
        .sorted(Comparator.reverseOrder())
        .map(status -> new Tally(Badge.of(status), count(all, status)))
        .filter(tally -> tally.count() > 0)
        .toList();
  }

  private static long count(List<Status> all, Status status) {
    return all.stream().filter(each -> each == status).count();
  }
}
