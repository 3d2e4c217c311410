package io.okrsync.web;

import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Standing;
import io.okrsync.store.KeyResultReading;
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
  public record Mark(String at, String label, String edge) {}

  /** A point, in per cent from the left and from the top. */
  public record End(String x, String y) {}

  /** The whole cycle. */
  static Chart ofCycle(Standing standing, List<KeyResultReading> oldestFirst, Instant now) {
    KeyResult keyResult = standing.keyResult();
    DoubleStream values =
        Stream.concat(
                Stream.of(keyResult.baseline(), keyResult.target()),
                oldestFirst.stream().map(KeyResultReading::value).filter(Objects::nonNull))
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
  static Chart ofReadings(Standing standing, List<KeyResultReading> oldestFirst, Instant now) {
    DoubleStream values =
        oldestFirst.stream()
            .map(KeyResultReading::value)
            .filter(Objects::nonNull)
            .mapToDouble(BigDecimal::doubleValue);
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
      List<KeyResultReading> readings,
      Instant now,
      TimeAxis times,
      ValueAxis values) {
    KeyResult keyResult = standing.keyResult();
    Plot plot = new Plot(times.from(), times.to(), values.low(), values.high());
    Instant until = now.isBefore(times.to()) ? now : times.to();
    return new Chart(
        id,
        title,
        description(standing),
        plot.steps(readings, until),
        end(plot, readings, until),
        pace(plot, keyResult),
        values.ticks().stream().map(tick -> mark(plot, tick)).toList(),
        times.ticks().stream().map(tick -> mark(plot.x(tick.at()), tick.label())).toList(),
        level(plot, "baseline ", keyResult.baseline(), keyResult.unit()),
        level(plot, "target ", keyResult.target(), keyResult.unit()),
        now.isBefore(times.to()) && now.isAfter(times.from()) ? mark(plot.x(now), "today") : null);
  }

  private static @Nullable End end(Plot plot, List<KeyResultReading> readings, Instant until) {
    BigDecimal last = readings.isEmpty() ? null : readings.get(readings.size() - 1).value();
    return last == null ? null : new End(Plot.percent(plot.x(until)), Plot.percent(plot.y(last)));
  }

  private static String description(Standing standing) {
    KeyResult keyResult = standing.keyResult();
    String unit = keyResult.unit();
    BigDecimal value = standing.value();
    return "From a baseline of %s to a target of %s. %s, where the pace asks for %s. Status: %s."
        .formatted(
            Figures.withUnit(keyResult.baseline(), unit),
            Figures.withUnit(keyResult.target(), unit),
            value == null ? "There is no value yet" : "It is now " + Figures.withUnit(value, unit),
            Figures.withUnit(keyResult.valueOnPace(standing.elapsed()), unit),
            standing.status().label());
  }

  private static String pace(Plot plot, KeyResult keyResult) {
    return "M%s %sL%s %s"
        .formatted(
            Plot.number(plot.x(keyResult.cycle().start())),
            Plot.number(plot.y(keyResult.baseline())),
            Plot.number(plot.x(keyResult.cycle().end())),
            Plot.number(plot.y(keyResult.target())));
  }

  private static @Nullable Mark level(Plot plot, String name, BigDecimal value, String unit) {
    return plot.shows(value)
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
