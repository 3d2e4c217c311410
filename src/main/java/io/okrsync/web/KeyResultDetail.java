package io.okrsync.web;

import io.okrsync.measure.MeasureDefinition;
import io.okrsync.okr.Forecast;
import io.okrsync.okr.Initiatives;
import io.okrsync.okr.Objective;
import io.okrsync.okr.Standing;
import io.okrsync.okr.ValueAt;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A key result with what it is computed from.
 *
 * @param measures those its formula uses
 * @param definitions the named expressions that these and the formula use
 * @param course of a score, its values at the end of each day; empty of a value that is read, which
 *     has readings
 * @param forecast empty while too few days are known, outside of the cycle, and while the value is
 *     outdated
 * @param initiatives the issues that are linked to it; empty where none are asked for
 */
public record KeyResultDetail(
    Objective objective,
    Standing standing,
    List<MeasureDefinition> measures,
    SortedMap<String, String> definitions,
    List<ValueAt> course,
    Optional<Forecast> forecast,
    Optional<Initiatives> initiatives) {
  public KeyResultDetail {
    measures = List.copyOf(measures);
    course = List.copyOf(course);
    definitions = Collections.unmodifiableSortedMap(new TreeMap<>(definitions));
  }
}
