package io.okrsync.config;

import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The time zones of the cycles of a configuration that was loaded once, read from its stored texts
 * alone: also where it cannot be compiled any more.
 */
public final class CycleZones {
  private CycleZones() {}

  /**
   * @param stored texts by name
   */
  public static Set<ZoneId> of(Map<String, String> stored) {
    Context context = new Context(new Problems(), References.NONE);
    Set<ZoneId> zones = new LinkedHashSet<>();
    new TreeMap<>(stored)
        .forEach(
            (name, text) -> {
              if (name.startsWith(FolderFiles.OKRS + "/")) {
                YamlText.read(new ConfigurationFile(name, name, text, true), context.problems())
                    .flatMap(it -> OkrKeys.FILE.read(it, context))
                    .ifPresent(it -> cycles(it).map(CycleZones::zone).forEach(zones::add));
              }
            });
    return zones;
  }

  /** That of the file, and those that key results have of their own. */
  private static Stream<Section> cycles(Section file) {
    return Stream.concat(
        file.get(OkrKeys.CYCLE_KEY).stream(),
        file.get(OkrKeys.OBJECTIVES).stream()
            .flatMap(List::stream)
            .flatMap(it -> it.get(OkrKeys.KEY_RESULTS).stream())
            .flatMap(List::stream)
            .map(it -> it.get(OkrKeys.OWN_CYCLE))
            .flatMap(Optional::stream));
  }

  /** In which its days begin and end. */
  static ZoneId zone(Section cycle) {
    return cycle.get(OkrKeys.ZONE).orElse(Objectives.UTC);
  }
}
