package io.okrsync;

import io.okrsync.config.ConfigurationFolder;
import io.okrsync.config.Loaded;
import io.okrsync.config.Problems;
import io.okrsync.connector.Connectors;
import io.okrsync.measure.Measure;
import io.okrsync.okr.KeyResult;
import io.okrsync.store.ConfigurationText;
import io.okrsync.store.Evidence;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The configurations by which values were computed, compiled again from their stored texts. */
final class StoredSetups {
  /** A configuration compiled again, or why that cannot be. */
  record Compiled(@Nullable Setup setup, String why) {
    /** The key result with this id as it was defined then. */
    Optional<KeyResult> keyResult(String id) {
      return setup == null ? Optional.empty() : Series.named(id, setup).map(Series::keyResult);
    }
  }

  private final Evidence evidence;
  private final Connectors connectors;
  private final UnaryOperator<@Nullable String> environment;
  private final Map<Long, Compiled> compiled = new HashMap<>();

  StoredSetups(
      Evidence evidence, Connectors connectors, UnaryOperator<@Nullable String> environment) {
    this.evidence = evidence;
    this.connectors = connectors;
    this.environment = environment;
  }

  synchronized Compiled version(long version) {
    return compiled.computeIfAbsent(
        version,
        it ->
            evidence
                .configuration(it)
                .map(this::compile)
                .orElseGet(() -> new Compiled(null, "config_version %d is missing".formatted(it))));
  }

  /** All measures of all configurations, by {@link #key}. */
  Map<String, Measure> measures() {
    Map<String, Measure> measures = new HashMap<>();
    for (long version : evidence.configurationVersions()) {
      Setup setup = version(version).setup();
      if (setup != null) {
        setup
            .configuration()
            .measures()
            .values()
            .forEach(it -> measures.put(key(it.definition().from(), it.version()), it));
      }
    }
    return measures;
  }

  /** The names of all sources of all configurations. */
  Set<String> sources() {
    Set<String> sources = new HashSet<>();
    for (long version : evidence.configurationVersions()) {
      Setup setup = version(version).setup();
      if (setup != null) {
        sources.addAll(setup.configuration().sources().keySet());
      }
    }
    return sources;
  }

  static String key(String source, String version) {
    return source + " " + version;
  }

  private Compiled compile(ConfigurationText text) {
    try {
      Loaded loaded = ConfigurationFolder.loadStored(text.files(), environment, connectors);
      return loaded instanceof Loaded.Accepted accepted
          ? new Compiled(new Setup(accepted.configuration(), text.version()), "")
          : new Compiled(null, refused(text, (Loaded.Refused) loaded));
    } catch (IOException failure) {
      return new Compiled(null, "config_version %d: %s".formatted(text.version(), failure));
    }
  }

  private static String refused(ConfigurationText text, Loaded.Refused refused) {
    return "config_version %d does not compile any more: %s"
        .formatted(text.version(), Problems.text(refused.problems()));
  }
}
