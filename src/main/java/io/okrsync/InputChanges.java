package io.okrsync;

import com.fasterxml.jackson.databind.JsonNode;
import io.okrsync.connector.SourceRecord;
import io.okrsync.measure.Contribution;
import io.okrsync.measure.Measure;
import io.okrsync.measure.Window;
import io.okrsync.okr.Input;
import io.okrsync.store.Evidence;
import io.okrsync.store.KeyResultReading;
import io.okrsync.store.SourceState;
import io.okrsync.store.Store;
import io.okrsync.web.Plan.NamedRecord;
import io.okrsync.web.Plan.Part;
import io.okrsync.web.Plan.PlannedInput;
import io.okrsync.web.Plan.Records;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which records would count otherwise in the measures of a key result. */
final class InputChanges {
  private static final int NAMED = 5;
  private static final List<String> TITLES = List.of("title", "name", "key");

  private final Store ledger;
  private final @Nullable Setup before;
  private final Rehearsal rehearsal;
  private final Map<String, SourceState> states;

  InputChanges(
      Store ledger, @Nullable Setup before, Rehearsal rehearsal, Map<String, SourceState> states) {
    this.ledger = ledger;
    this.before = before;
    this.rehearsal = rehearsal;
    this.states = states;
  }

  /** The inputs that differ; one that is the same measure in the same window does not. */
  List<PlannedInput> of(@Nullable KeyResultReading now, @Nullable KeyResultReading then) {
    Map<String, Input> from = byName(now);
    Map<String, Input> to = byName(then);
    Set<String> names = new LinkedHashSet<>(to.keySet());
    names.addAll(from.keySet());
    List<PlannedInput> changed = new ArrayList<>();
    for (String name : names) {
      @Nullable Input one = from.get(name);
      @Nullable Input other = to.get(name);
      if (!same(one, other)) {
        changed.add(changed(name, one, other));
      }
    }
    return changed;
  }

  private static Map<String, Input> byName(@Nullable KeyResultReading reading) {
    Map<String, Input> byName = new LinkedHashMap<>();
    if (reading != null) {
      reading.inputs().forEach(it -> byName.put(it.name(), it));
    }
    return byName;
  }

  private static boolean same(@Nullable Input one, @Nullable Input other) {
    return one != null
        && other != null
        && one.version().equals(other.version())
        && one.from().equals(other.from())
        && one.to().equals(other.to())
        && Objects.equals(one.reason(), other.reason())
        && one.records() == other.records();
  }

  private PlannedInput changed(String name, @Nullable Input from, @Nullable Input to) {
    Map<String, Contribution> now = from == null ? Map.of() : counted(before, from, true);
    Map<String, Contribution> then = to == null ? Map.of() : counted(rehearsal.setup(), to, false);
    String source =
        Stream.of(source(rehearsal.setup(), to), source(before, from))
            .flatMap(Optional::stream)
            .findFirst()
            .orElse("");
    return new PlannedInput(
        name,
        part(from),
        part(to),
        named(source, then.keySet().stream().filter(it -> !now.containsKey(it)).toList()),
        named(source, now.keySet().stream().filter(it -> !then.containsKey(it)).toList()),
        named(source, altered(now, then)));
  }

  private static List<String> altered(
      Map<String, Contribution> now, Map<String, Contribution> then) {
    return now.values().stream()
        .filter(it -> then.containsKey(it.recordId()))
        .filter(it -> !isAlike(it, Objects.requireNonNull(then.get(it.recordId()))))
        .map(Contribution::recordId)
        .toList();
  }

  private static boolean isAlike(Contribution one, Contribution other) {
    return one.at().equals(other.at())
        && Objects.equals(one.value(), other.value())
        && Objects.equals(one.item(), other.item())
        && Objects.equals(one.key(), other.key())
        && Objects.equals(one.currency(), other.currency())
        && Objects.equals(one.problem(), other.problem());
  }

  private static @Nullable Part part(@Nullable Input input) {
    return input == null
        ? null
        : new Part(PlanReport.plain(input.value()), input.records(), input.reason());
  }

  private Map<String, Contribution> counted(@Nullable Setup setup, Input input, boolean isNow) {
    Map<String, Contribution> counted = new LinkedHashMap<>();
    measure(setup, input)
        .ifPresent(
            measure -> {
              Evidence evidence = (isNow ? ledger : rehearsal.store()).evidence();
              String source = measure.definition().from();
              Window window = new Window(input.from(), input.to());
              evidence
                  .publishedRun(source)
                  .ifPresent(
                      run ->
                          evidence
                              .population(measure, window, run)
                              .forEach(it -> counted.put(it.recordId(), it)));
            });
    return counted;
  }

  private static Optional<Measure> measure(@Nullable Setup setup, Input input) {
    return setup == null
        ? Optional.empty()
        : setup.configuration().measures().values().stream()
            .filter(it -> it.version().equals(input.version()))
            .findFirst();
  }

  private static Optional<String> source(@Nullable Setup setup, @Nullable Input input) {
    return input == null
        ? Optional.empty()
        : measure(setup, input).map(it -> it.definition().from());
  }

  private Records named(String source, List<String> ids) {
    @Nullable SourceState state = states.get(source);
    if (ids.isEmpty() || state == null || state.publishedRun() == null) {
      return ids.isEmpty() ? Records.NONE : new Records(ids.size(), List.of());
    }
    List<String> first = ids.stream().limit(NAMED).toList();
    Map<String, NamedRecord> found = new LinkedHashMap<>();
    ledger
        .evidence()
        .recordsAt(source, first, state.publishedRun())
        .forEach(it -> it.record().ifPresent(record -> found.put(record.id(), named(record))));
    return new Records(
        ids.size(),
        first.stream().map(id -> found.getOrDefault(id, new NamedRecord(id, null, null))).toList());
  }

  private static NamedRecord named(SourceRecord record) {
    @Nullable String title =
        TITLES.stream()
            .map(it -> record.fields().path(it))
            .filter(JsonNode::isTextual)
            .map(JsonNode::textValue)
            .findFirst()
            .orElse(null);
    @Nullable String url = record.fields().path("url").textValue();
    boolean safe = url != null && url.matches("(?i)https?://\\S*");
    return new NamedRecord(record.id(), title, safe ? url : null);
  }
}
