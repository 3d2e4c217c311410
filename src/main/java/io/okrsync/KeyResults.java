package io.okrsync;

import io.okrsync.measure.Definitions;
import io.okrsync.measure.MeasureDefinition;
import io.okrsync.measure.NearestName;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Objective;
import io.okrsync.okr.ObjectiveStanding;
import io.okrsync.okr.Standing;
import io.okrsync.web.KeyResultDetail;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Finds a key result by its id, for pages and commands. */
final class KeyResults {
  private KeyResults() {}

  /**
   * @throws ParameterException where there is none of this id, with the nearest
   */
  static void known(String id, Setup setup, CommandSpec spec) {
    List<String> ids = setup.keyResults().stream().map(it -> it.id()).toList();
    if (!ids.contains(id)) {
      String near = NearestName.to(id, ids).map("; did you mean '%s'?"::formatted).orElse("");
      throw new ParameterException(
          spec.commandLine(), "No key result is called '%s'%s".formatted(id, near));
    }
  }

  /** With all that its page shows; empty where there is none of this id. */
  static Optional<KeyResultDetail> detail(
      String id, List<ObjectiveStanding> objectives, Setup setup, Standings standings) {
    return objectives.stream()
        .flatMap(it -> it.keyResults().stream().map(one -> Map.entry(it.objective(), one)))
        .filter(it -> it.getValue().keyResult().id().equals(id))
        .findFirst()
        .map(it -> detail(it.getKey(), it.getValue(), setup, standings));
  }

  private static KeyResultDetail detail(
      Objective objective, Standing standing, Setup setup, Standings standings) {
    KeyResult keyResult = standing.keyResult();
    return new KeyResultDetail(
        objective,
        standing,
        measures(keyResult, setup),
        definitions(keyResult, setup),
        standing.marks().child() == null ? List.of() : standings.course(keyResult),
        standings.forecast(standing),
        standings.initiatives(standing));
  }

  private static List<MeasureDefinition> measures(KeyResult keyResult, Setup setup) {
    return setup.measuresOf(keyResult).stream()
        .map(name -> setup.measure(name).definition())
        .toList();
  }

  /** The definitions that its formula and its measures use, by name. */
  static SortedMap<String, String> definitions(KeyResult keyResult, Setup setup) {
    Definitions definitions = setup.configuration().definitions();
    SortedMap<String, String> behind = new TreeMap<>(definitions.behind(keyResult.formula()));
    measures(keyResult, setup).stream()
        .flatMap(measure -> measure.expressions().stream())
        .forEach(text -> behind.putAll(definitions.behind(text)));
    return behind;
  }
}
