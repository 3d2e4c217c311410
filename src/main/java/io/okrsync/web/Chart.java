package io.okrsync.web;

import io.okrsync.okr.Course;
import io.okrsync.okr.Cycle;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Limit;
import io.okrsync.okr.Pace;
import io.okrsync.okr.Standing;
import io.okrsync.okr.ValueAt;
import io.okrsync.okr.Way;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The readings of a key result over time, with the line they should follow.
 *
 * @param id tells the charts of a page apart
 * @param description the same in a sentence
 * @param line the readings, on a drawing of 1000 by 1000; empty where there is none
 * @param end where the line ends; null where there is none
 * @param pace the line from baseline to target, on the same drawing
 * @param baseline null where it is beyond what the chart shows
 * @param target null where it is beyond what the chart shows
 * @param today null where it is outside of the cycle
 */
public record Chart(
    String id,
    String title,
    String description,
    String line,
    @Nullable End end,
    String pace,
    List<Mark> values,
    List<Mark> times,
    @Nullable Mark baseline,
    @Nullable Mark target,
    @Nullable Mark today) {

  /**
   * A place on an axis.
   *
   * @param at per cent from the left or from the top
   * @param edge start, middle or end: which part of the label is at that place
   */
  public record Mark(String at, String label, String edge) {
    /** How far below its line a label is, in pixels: always towards the middle of the drawing. */
    public int below() {
      return Double.parseDouble(at.replace("%", "")) < 50 ? 16 : -7;
    }
  }

  /** A point, in per cent from the left and from the top. */
  public record End(String x, String y) {}

  /** The whole cycle. */
  static Chart ofCycle(Standing standing, List<ValueAt> oldestFirst, Instant now) {
    KeyResult keyResult = standing.keyResult();
    DoubleStream values =
        Stream.concat(levels(standing.course()), oldestFirst.stream().map(ValueAt::value))
            .mapToDouble(BigDecimal::doubleValue);
    return draw(
        "cycle",
        "The cycle " + keyResult.cycle().id(),
        standing,
        oldestFirst,
        now,
        new TimeAxis(keyResult.cycle().start(), keyResult.cycle().end(), keyResult.cycle().zone()),
        ValueAxis.over(values));
  }

  /** From the first reading until now; there are at least two values. */
  static Chart ofReadings(Standing standing, List<ValueAt> oldestFirst, Instant now) {
    DoubleStream values =
        oldestFirst.stream().map(ValueAt::value).mapToDouble(BigDecimal::doubleValue);
    return draw(
        "readings",
        "Since the first reading",
        standing,
        oldestFirst,
        now,
        new TimeAxis(oldestFirst.get(0).at(), now, standing.keyResult().cycle().zone()),
        ValueAxis.over(values));
  }

  private static Chart draw(
      String id,
      String title,
      Standing standing,
      List<ValueAt> readings,
      Instant now,
      TimeAxis times,
      ValueAxis values) {
    Plot plot = new Plot(times.from(), times.to(), values.low(), values.high());
    Instant until = now.isBefore(times.to()) ? now : times.to();
    return new Chart(
        id,
        title,
        description(standing),
        plot.steps(readings, until),
        end(plot, readings, until),
        pace(plot, standing),
        values.ticks().stream().map(tick -> mark(plot, tick)).toList(),
        times.ticks().stream().map(tick -> mark(plot.x(tick.at()), tick.label())).toList(),
        lower(plot, standing),
        upper(plot, standing),
        now.isBefore(times.to()) && now.isAfter(times.from()) ? mark(plot.x(now), "today") : null);
  }

  private static @Nullable End end(Plot plot, List<ValueAt> readings, Instant until) {
    if (readings.isEmpty()) {
      return null;
    }
    BigDecimal last = readings.get(readings.size() - 1).value();
    return new End(Plot.percent(plot.x(until)), Plot.percent(plot.y(last)));
  }

  private static String description(Standing standing) {
    String unit = standing.keyResult().unit();
    BigDecimal value = standing.value();
    BigDecimal pace = standing.valueOnPace();
    return "%s. %s%s. Status: %s."
        .formatted(
            asked(standing),
            value == null ? "There is no value yet" : "It is now " + Figures.withUnit(value, unit),
            pace == null ? "" : ", where the pace asks for " + Figures.withUnit(pace, unit),
            standing.status().label());
  }

  private static String asked(Standing standing) {
    String unit = standing.keyResult().unit();
    GoalText goal = new GoalText(standing);
    if (standing.keyResult().isWatched()) {
      return "Watched, without a target";
    }
    return standing.course() instanceof Way way
        ? "From a baseline of %s to a target of %s"
            .formatted(Figures.withUnit(way.baseline(), unit), Figures.withUnit(way.target(), unit))
        : (goal.from() == null ? "A limit to keep: " : "From a baseline not measured yet to ")
            + goal.to();
  }

  /** From the baseline to the target: a line, or the steps that were agreed. */
  private static String pace(Plot plot, Standing standing) {
    if (!(standing.course() instanceof Way way) || standing.marks().child() != null) {
      return "";
    }
    Cycle cycle = standing.keyResult().cycle();
    List<Pace.Step> steps = standing.keyResult().terms().pace().steps();
    StringBuilder path = new StringBuilder("M").append(point(plot, cycle.start(), way.baseline()));
    for (Pace.Step step : steps) {
      Instant end = step.by().plusDays(1).atStartOfDay(cycle.zone()).toInstant();
      path.append("H").append(Plot.number(plot.x(end)));
      path.append("V").append(Plot.number(plot.y(step.value())));
    }
    if (!steps.isEmpty()) {
      path.append("H").append(Plot.number(plot.x(cycle.end())));
    }
    return path.append("L").append(point(plot, cycle.end(), way.target())).toString();
  }

  private static String point(Plot plot, Instant at, BigDecimal value) {
    return Plot.number(plot.x(at)) + " " + Plot.number(plot.y(value));
  }

  /** The numbers that the chart should show whatever the readings are. */
  private static Stream<BigDecimal> levels(@Nullable Course course) {
    return course instanceof Way way
        ? Stream.of(way.baseline(), way.target())
        : course instanceof Limit limit
            ? Stream.of(limit.least(), limit.most()).filter(Objects::nonNull)
            : Stream.of();
  }

  private static @Nullable Mark lower(Plot plot, Standing standing) {
    String unit = standing.keyResult().unit();
    return standing.course() instanceof Way way
        ? level(plot, "baseline ", way.baseline(), unit)
        : standing.course() instanceof Limit limit
            ? level(plot, "at least ", limit.least(), unit)
            : null;
  }

  private static @Nullable Mark upper(Plot plot, Standing standing) {
    String unit = standing.keyResult().unit();
    return standing.course() instanceof Way way
        ? level(plot, "target ", way.target(), unit)
        : standing.course() instanceof Limit limit
            ? level(plot, "at most ", limit.most(), unit)
            : null;
  }

  private static @Nullable Mark level(
      Plot plot, String name, @Nullable BigDecimal value, String unit) {
    return value != null && plot.shows(value)
        ? new Mark(Plot.percent(plot.y(value)), name + Figures.withUnit(value, unit), "start")
        : null;
  }

  private static Mark mark(Plot plot, BigDecimal value) {
    return new Mark(Plot.percent(plot.y(value)), Figures.readable(value), "end");
  }

  private static Mark mark(double x, String label) {
    String edge = x < 60 ? "start" : x > 940 ? "end" : "middle";
    return new Mark(Plot.percent(x), label, edge);
  }
}
