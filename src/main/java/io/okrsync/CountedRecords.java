package io.okrsync;

import io.okrsync.measure.Contribution;
import io.okrsync.measure.Selection;
import io.okrsync.store.Evidence;
import io.okrsync.store.KeyResultReading;
import io.okrsync.web.Audit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Some of the records that a reading counts, to be looked at in their tools. */
final class CountedRecords {
  private static final int MOST = 50;

  private final Evidence evidence;

  CountedRecords(Evidence evidence) {
    this.evidence = evidence;
  }

  /** Of each measure in each window; inputs by keys count the same records. */
  List<Audit.Counted> of(KeyResultReading reading, StoredSetups.Compiled compiled) {
    Map<Selection, Taken> selections = new LinkedHashMap<>();
    Taken.by(reading, compiled).values().forEach(it -> selections.putIfAbsent(it.selection(), it));
    List<Audit.Counted> counted = new ArrayList<>();
    selections.values().forEach(it -> of(it).ifPresent(counted::add));
    return counted;
  }

  private Optional<Audit.Counted> of(Taken taken) {
    Selection selection = taken.selection();
    return evidence
        .populations()
        .population(selection, taken.runs(), MOST)
        .map(
            found ->
                new Audit.Counted(
                    selection.measure().definition().name(),
                    selection.window().from(),
                    selection.window().to(),
                    named(taken, found.subList(0, Math.min(MOST, found.size()))),
                    found.size() > MOST));
  }

  private List<Audit.CountedRecord> named(Taken taken, List<Contribution> counted) {
    String source = taken.selection().measure().definition().from();
    long run = Objects.requireNonNull(taken.runs().get(taken.selection().measure().version()));
    Map<String, RecordName> names = RecordName.of(evidence, source, counted, run);
    return counted.stream()
        .sorted(
            Comparator.comparing(Contribution::at, Comparator.nullsLast(Comparator.reverseOrder())))
        .map(
            it -> {
              Optional<RecordName> name = Optional.ofNullable(names.get(it.recordId()));
              return new Audit.CountedRecord(
                  it.recordId(),
                  name.map(RecordName::title).orElse(null),
                  name.map(RecordName::url).orElse(null),
                  it.at(),
                  it.value());
            })
        .toList();
  }
}
