package io.okrsync.config;

import io.okrsync.connector.Source;
import io.okrsync.formula.Formula;
import io.okrsync.measure.Definitions;
import io.okrsync.measure.Measure;
import io.okrsync.okr.Objective;
import io.okrsync.schedule.Comparisons;
import io.okrsync.schedule.Schedule;
import io.okrsync.sync.Guard;
import io.okrsync.sync.Kept;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a folder {@code config/} says, checked. Maps are in the order of the files.
 *
 * @param digest SHA-256 over the names and texts of the files, in hexadecimal
 * @param files the texts by name within the folder; they hold no secrets, only references to them
 * @param schedules by source; each source has one, but for those that send by themselves
 * @param comparisons by source; each source has one
 * @param guards by source; each source has one
 * @param kept by source; one that has none keeps everything
 * @param formulas by key result; each key result whose value is not typed has one
 */
public record Configuration(
    String digest,
    Map<String, String> files,
    Map<String, Source> sources,
    Map<String, Schedule> schedules,
    Map<String, Comparisons> comparisons,
    Map<String, Guard> guards,
    Map<String, Kept> kept,
    Definitions definitions,
    Map<String, Measure> measures,
    List<Objective> objectives,
    Map<String, Formula> formulas) {
  public Configuration {
    files = inOrder(files);
    sources = inOrder(sources);
    schedules = inOrder(schedules);
    comparisons = inOrder(comparisons);
    guards = inOrder(guards);
    kept = inOrder(kept);
    measures = inOrder(measures);
    objectives = List.copyOf(objectives);
    formulas = inOrder(formulas);
  }

  private static <T> Map<String, T> inOrder(Map<String, T> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
