package io.okrsync;

import io.okrsync.measure.Definitions;
import io.okrsync.measure.MeasureDefinition;
import io.okrsync.measure.NearestName;
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
    List<MeasureDefinition> measures = measures(standing, setup);
    return new KeyResultDetail(
        objective,
        standing,
        measures,
        definitions(standing, measures, setup),
        standing.marks().child() == null ? List.of() : standings.course(standing.keyResult()),
        standings.forecast(standing),
        standings.initiatives(standing));
  }

  private static List<MeasureDefinition> measures(Standing standing, Setup setup) {
    return setup.measuresOf(standing.keyResult()).stream()
        .map(name -> setup.measure(name).definition())
        .toList();
  }

  /** Those that its formula and its measures use. */
  private static SortedMap<String, String> definitions(
      Standing standing, List<MeasureDefinition> measures, Setup setup) {
    Definitions definitions = setup.configuration().definitions();
    SortedMap<String, String> behind =
        new TreeMap<>(definitions.behind(standing.keyResult().formula()));
    measures.stream()
        .flatMap(measure -> measure.expressions().stream())
        .forEach(text -> behind.putAll(definitions.behind(text)));
    return behind;
  }
}
