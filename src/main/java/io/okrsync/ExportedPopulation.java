package io.okrsync;

import static java.util.stream.Collectors.joining;

import io.okrsync.measure.Contribution;
import io.okrsync.measure.Money;
import io.okrsync.okr.Counted;
import io.okrsync.okr.Input;
import io.okrsync.store.Evidence;
import io.okrsync.store.KeyResultReading;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The records that one reading counted, input by input, each with its control totals. */
final class ExportedPopulation {
  private static final int AT_ONCE = 1000;

  private final Evidence evidence;
  private final StoredSetups setups;

  ExportedPopulation(Evidence evidence, StoredSetups setups) {
    this.evidence = evidence;
    this.setups = setups;
  }

  /**
   * Writes them.
   *
   * @return what the inputs say otherwise, or cannot tell; empty where all agrees
   */
  List<String> write(KeyResultReading reading, SafeCsv csv) {
    csv.line(
        "input",
        "row",
        "record",
        "title",
        "at",
        "amount",
        "item",
        "currency",
        "problem",
        "url",
        "original_amount",
        "original_currency");
    Map<String, Taken> taken = Taken.by(reading, setups.version(reading.configVersion()));
    return reading.inputs().stream()
        .flatMap(it -> write(it, taken.get(it.name()), csv).stream())
        .toList();
  }

  private Optional<String> write(Input input, @Nullable Taken taken, SafeCsv csv) {
    Long run = input.run();
    if (run == null) {
      return Optional.of("%s: its source had not been read".formatted(input.name()));
    }
    if (taken == null) {
      return Optional.of(
          "%s: its configuration cannot be read any more, so it is not known what it takes"
              .formatted(input.name()));
    }
    List<Contribution> counted = counted(taken);
    String source = taken.selection().measure().definition().from();
    for (int i = 0; i < counted.size(); i += AT_ONCE) {
      write(input, source, counted.subList(i, Math.min(i + AT_ONCE, counted.size())), run, csv);
    }
    BigDecimal sum =
        counted.stream()
            .flatMap(it -> Optional.ofNullable(it.value()).stream())
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    String currencies =
        counted.stream()
            .flatMap(it -> Optional.ofNullable(it.currency()).stream())
            .distinct()
            .sorted()
            .collect(joining("+"));
    csv.line(
        input.name(), "total", (long) counted.size(), "", "", sum, "", currencies, "", "", "", "");
    return counted.size() == input.records()
        ? Optional.empty()
        : Optional.of(
            "%s: the reading says %s, but there %s %d"
                .formatted(
                    input.name(),
                    Counted.of(input.records(), "records"),
                    counted.size() == 1 ? "is" : "are",
                    counted.size()));
  }

  private void write(Input input, String source, List<Contribution> some, long run, SafeCsv csv) {
    Map<String, RecordName> names = RecordName.of(evidence, source, some, run);
    for (Contribution it : some) {
      Optional<RecordName> name = Optional.ofNullable(names.get(it.recordId()));
      Optional<Money> original = Optional.ofNullable(it.original());
      csv.line(
          input.name(),
          "record",
          it.recordId(),
          name.map(RecordName::title).orElse(null),
          it.at(),
          it.value(),
          it.item(),
          it.currency(),
          it.problem(),
          name.map(RecordName::url).orElse(null),
          original.map(Money::amount).orElse(null),
          original.map(Money::currency).orElse(null));
    }
  }

  private List<Contribution> counted(Taken taken) {
    List<Contribution> counted = new ArrayList<>();
    evidence
        .populations()
        .selected(
            taken.selection(),
            taken.runs(),
            it -> {
              if (taken.takes(it.key())) {
                counted.add(it);
              }
            });
    counted.sort(Comparator.comparing(Contribution::recordId));
    return counted;
  }
}
