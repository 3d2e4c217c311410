package io.okrsync;

import io.okrsync.config.Configuration;
import io.okrsync.connector.Source;
import io.okrsync.formula.Formula;
import io.okrsync.measure.Measure;
import io.okrsync.okr.Input;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Objective;
import io.okrsync.schedule.Comparisons;
import io.okrsync.sync.Guard;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The configuration in force.
 *
 * @param version the stored version that each value names
 */
record Setup(Configuration configuration, long version) {

  List<KeyResult> keyResults() {
    return configuration.objectives().stream()
        .flatMap(objective -> objective.keyResults().stream())
        .toList();
  }

  Optional<KeyResult> keyResult(String id) {
    return keyResults().stream().filter(it -> it.id().equals(id)).findFirst();
  }

  List<KeyResult> fedBy(String source) {
    return keyResults().stream().filter(it -> sourcesOf(it).contains(source)).toList();
  }

  List<Measure> measuresFrom(String source) {
    return configuration.measures().values().stream()
        .filter(measure -> measure.definition().from().equals(source))
        .toList();
  }

  /** All measures, by source, of each source that is read when a run of this one is published. */
  Map<String, List<Measure>> measuresReadWith(String source) {
    Set<String> sources = new TreeSet<>(Set.of(source));
    fedBy(source).forEach(it -> sources.addAll(sourcesOf(it)));
    return measuresFrom(sources);
  }

  /** All measures of these sources, by source. */
  Map<String, List<Measure>> measuresFrom(Set<String> sources) {
    Map<String, List<Measure>> measures = new LinkedHashMap<>();
    sources.forEach(it -> measures.put(it, measuresFrom(it)));
    return measures;
  }

  Formula formula(KeyResult keyResult) {
    return Objects.requireNonNull(configuration.formulas().get(keyResult.id()), keyResult.id());
  }

  /** The names of the measures that its value is read from; none where no formula is. */
  Set<String> measuresOf(KeyResult keyResult) {
    return keyResult.isComputed() ? formula(keyResult).measures() : Set.of();
  }

  /** The objective whose score is its value. */
  Optional<Objective> child(KeyResult keyResult) {
    return configuration.objectives().stream()
        .filter(it -> keyResult.terms().child().equals(Optional.of(it.id())))
        .findFirst();
  }

  Measure measure(String name) {
    return Objects.requireNonNull(configuration.measures().get(name), name);
  }

  Source source(String name) {
    return Objects.requireNonNull(configuration.sources().get(name), name);
  }

  Guard guard(String source) {
    return Objects.requireNonNull(configuration.guards().get(source), source);
  }

  Comparisons comparisons(String source) {
    return Objects.requireNonNull(configuration.comparisons().get(source), source);
  }

  /** Whether this source is still configured as it was when it was taken from the configuration. */
  boolean reads(Source source) {
    Source now = configuration.sources().get(source.name());
    return now != null && definition(now).equals(definition(source));
  }

  /**
   * A digest of all that decides what a source returns; as soon as it is another, everything is
   * read again. Settings themselves are not stored: some come from the environment.
   */
  static String definition(Source source) {
    return sha256(
        String.join(
            " ",
            source.connector(),
            source.kind().label(),
            source.zone().getId(),
            new TreeMap<>(source.with()).toString()));
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  /** The source of the measure that an input was read of; empty where there is none such now. */
  Optional<String> sourceOf(Input input) {
    return configuration.measures().values().stream()
        .filter(it -> it.version().equals(input.version()))
        .map(it -> it.definition().from())
        .findFirst();
  }

  /** The sources whose records are in the value of this key result. */
  Set<String> sourcesOf(KeyResult keyResult) {
    return measuresOf(keyResult).stream()
        .map(name -> measure(name).definition().from())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
