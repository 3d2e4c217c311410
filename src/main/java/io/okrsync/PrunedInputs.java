package io.okrsync;

import io.okrsync.audit.Pruning;
import io.okrsync.okr.Input;
import io.okrsync.store.KeyResultReading;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which readings were made of records whose bodies were pruned since. They are computed again from
 * what the records added to measures, which stays.
 */
final class PrunedInputs {
  private final List<Pruning> all;
  private final StoredSetups setups;
  private final Set<Pruning> met = new LinkedHashSet<>();
  private final List<Long> readings = new ArrayList<>();

  PrunedInputs(List<Pruning> all, StoredSetups setups) {
    this.all = all;
    this.setups = setups;
  }

  /** Takes a reading. */
  void look(KeyResultReading reading) {
    List<Pruning> its =
        all.stream()
            .filter(it -> reading.inputs().stream().anyMatch(input -> takes(it, input, reading)))
            .toList();
    if (!its.isEmpty()) {
      met.addAll(its);
      readings.add(reading.id());
    }
  }

  /** Whether a version that was true at the run may be among the pruned ones. */
  private boolean takes(Pruning pruning, Input input, KeyResultReading reading) {
    Long run = input.run();
    return run != null
        && run < pruning.endedBy()
        && Optional.ofNullable(setups.version(reading.configVersion()).setup())
            .flatMap(it -> it.sourceOf(input))
            .filter(pruning.source()::equals)
            .isPresent();
  }

  List<Long> readings() {
    return List.copyOf(readings);
  }

  /** Empty where no reading is concerned. */
  List<String> inWords() {
    if (readings.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(Pruning.inWords(List.copyOf(met)));
    lines.add(
        "%s computed again from what %s records added to measures, without the bodies"
            .formatted(
                readings.size() == 1 ? "1 reading was" : readings.size() + " readings were",
                readings.size() == 1 ? "its" : "their"));
    return lines;
  }
}
