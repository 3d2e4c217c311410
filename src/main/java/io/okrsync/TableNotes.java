package io.okrsync;

import io.okrsync.formula.MeasureUse;
import io.okrsync.okr.KeyResult;
import io.okrsync.store.KeyResultReading;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration tells numbers for that no record has as its key: it may be mistyped, and
 * {@code matched()} leaves it out.
 *
 * @param readings the last of each key result, by its id
 */
record TableNotes(Setup setup, Map<String, KeyResultReading> readings) {

  List<String> all() {
    return setup.keyResults().stream().flatMap(this::about).toList();
  }

  private Stream<String> about(KeyResult keyResult) {
    @Nullable KeyResultReading reading = readings.get(keyResult.id());
    Optional<UsedInputs> used =
        reading == null ? Optional.empty() : UsedInputs.of(setup, Optional.of(keyResult), reading);
    Set<String> read = used.map(TableNotes::keys).orElse(Set.of());
    return read.isEmpty()
        ? Stream.empty()
        : setup.formula(keyResult).tables().entrySet().stream()
            .flatMap(table -> about(keyResult.id(), table.getKey(), table.getValue(), read));
  }

  private static Stream<String> about(
      String keyResult, String table, Set<String> keys, Set<String> read) {
    Set<String> strange = new TreeSet<>(keys);
    strange.removeAll(read);
    Set<String> without = new TreeSet<>(read);
    without.removeAll(keys);
    return strange.isEmpty()
        ? Stream.empty()
        : Stream.of(
            "'%s': '%s' has a number for %s, but no record that counts has that key%s"
                .formatted(
                    keyResult,
                    table,
                    quoted(strange),
                    without.isEmpty()
                        ? ""
                        : "; the other way round, it has none for " + quoted(without)));
  }

  private static String quoted(Set<String> keys) {
    return keys.stream().map("'%s'"::formatted).collect(Collectors.joining(", "));
  }

  /** Those that have records, of all that was read key by key. */
  private static Set<String> keys(UsedInputs used) {
    return used.uses().stream()
        .filter(MeasureUse::grouped)
        .flatMap(use -> used.of(use).keySet().stream())
        .map(MeasureUse::key)
        .filter(Objects::nonNull)
        .filter(key -> !key.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
