package io.okrsync;

import static java.util.Objects.requireNonNull;

import io.okrsync.audit.Explanation;
import io.okrsync.audit.Finding;
import io.okrsync.audit.Restatement;
import io.okrsync.okr.Frozen;
import io.okrsync.okr.KeyResult;
import io.okrsync.store.Evidence;
import io.okrsync.store.KeyResultReading;
import io.okrsync.web.Audit;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Key results whose cycle has ended, and what has become of the value with which it ended: that one
 * stays, and what is read since then is a restatement with its causes.
 */
final class Restatements {
  private final Evidence evidence;
  private final StoredSetups setups;

  Restatements(Evidence evidence, StoredSetups setups) {
    this.evidence = evidence;
    this.setups = setups;
  }

  /**
   * All that there are, by the ids of the key results, with what they came about by.
   *
   * @param cycle only of this one; null for all
   * @param most how many records of each cause are named
   */
  List<Audit.Restated> explained(@Nullable String cycle, int most) {
    Explanations explanations = new Explanations(evidence, setups);
    return all().stream()
        .filter(it -> cycle == null || it.keyResult().cycle().id().equals(cycle))
        .map(it -> new Audit.Restated(it, why(it, explanations, most)))
        .toList();
  }

  /** The cycles of all that was ever configured. */
  Set<String> cycles() {
    return evidence.configurationVersions().stream()
        .map(it -> setups.version(it).setup())
        .filter(Objects::nonNull)
        .flatMap(it -> it.keyResults().stream())
        .map(it -> it.cycle().id())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static @Nullable Explanation why(Restatement it, Explanations explanations, int most) {
    return explanations.ofRead(it.keyResult().id(), it.closedAt(), it.since(), most).orElse(null);
  }

  private List<Restatement> all() {
    return of(lastDefined().values());
  }

  /** That of a key result; empty where it was not restated. */
  Optional<Restatement> of(KeyResult keyResult) {
    return of(List.of(keyResult)).stream().findFirst();
  }

  /** Those that their cycles do not tolerate. */
  List<Finding> findings() {
    return all().stream().filter(Restatement::isBeyond).map(Restatements::finding).toList();
  }

  private static Finding finding(Restatement it) {
    return new Finding(
        "key result " + it.keyResult().id(),
        "was %s when %s was closed at %s, and is %s: %s; 'restatements' says by what"
            .formatted(
                it.closed().toPlainString(),
                it.keyResult().cycle().id(),
                it.closedAt(),
                it.now().toPlainString(),
                it.inWords()));
  }

  private Map<String, KeyResult> lastDefined() {
    Map<String, KeyResult> all = new TreeMap<>();
    for (long version : evidence.configurationVersions()) {
      Setup setup = setups.version(version).setup();
      if (setup != null) {
        setup.keyResults().forEach(it -> all.put(it.id(), it));
      }
    }
    return all;
  }

  private List<Restatement> of(Collection<KeyResult> keyResults) {
    Map<String, KeyResultReading> latest =
        evidence.latest(
            keyResults.stream()
                .flatMap(it -> Stream.of(it.id(), Frozen.closeOf(it.id())))
                .toList());
    return keyResults.stream().flatMap(it -> of(it, latest).stream()).toList();
  }

  private static Optional<Restatement> of(
      KeyResult keyResult, Map<String, KeyResultReading> latest) {
    KeyResultReading close = latest.get(Frozen.closeOf(keyResult.id()));
    KeyResultReading last = latest.get(keyResult.id());
    if (close == null || last == null || close.value() == null || last.value() == null) {
      return Optional.empty();
    }
    BigDecimal closed = requireNonNull(close.value());
    BigDecimal now = requireNonNull(last.value());
    return closed.compareTo(now) == 0
        ? Optional.empty()
        : Optional.of(new Restatement(keyResult, closed, close.at(), now, last.at(), last.id()));
  }
}
