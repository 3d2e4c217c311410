package io.okrsync;

import io.okrsync.audit.SealedEntry;
import io.okrsync.store.KeyResultReading;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which runs, configurations and readings a stretch of the log tells of. */
final class ToldRows {
  private static final Pattern NUMBER =
      Pattern.compile("(?:run|version) (\\d+):.*", Pattern.DOTALL);

  private final Set<Long> runs = new HashSet<>();
  private final Set<Long> configurations = new HashSet<>();
  private final Map<String, Deque<Moved>> readings = new HashMap<>();

  private record Moved(long sequence, Instant at) {}

  void next(SealedEntry entry) {
    switch (entry.entry().action()) {
      case "run.published" -> number(entry).ifPresent(runs::add);
      case "configuration.loaded" -> number(entry).ifPresent(configurations::add);
      case "key-result.moved", "key-result.recounted", "key-result.missing" ->
          readings
              .computeIfAbsent(entry.entry().subject(), it -> new ArrayDeque<>())
              .add(new Moved(entry.sequence(), entry.entry().at()));
      default -> {}
    }
  }

  boolean run(long id) {
    return runs.contains(id);
  }

  boolean configuration(long version) {
    return configurations.contains(version);
  }

  /** The number of the entry that tells of a reading; each tells of one, in their order. */
  Optional<Long> reading(KeyResultReading reading) {
    Deque<Moved> its = readings.getOrDefault(reading.keyResult(), new ArrayDeque<>());
    while (!its.isEmpty() && its.getFirst().at().isBefore(reading.at())) {
      its.removeFirst();
    }
    return its.isEmpty() || its.getFirst().at().isAfter(reading.at())
        ? Optional.empty()
        : Optional.of(its.removeFirst().sequence());
  }

  /** Of the run or the configuration that an entry tells of. */
  static Optional<Long> number(SealedEntry entry) {
    Matcher named = NUMBER.matcher(entry.entry().detail());
    return named.matches() ? Optional.of(Long.valueOf(named.group(1))) : Optional.empty();
  }
}
