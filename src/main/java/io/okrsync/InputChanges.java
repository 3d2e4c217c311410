package io.okrsync;

import com.fasterxml.jackson.databind.JsonNode;
import io.okrsync.connector.SourceRecord;
import io.okrsync.formula.MeasureUse;
import io.okrsync.measure.Contribution;
import io.okrsync.okr.Input;
import io.okrsync.store.KeyResultReading;
import io.okrsync.store.SourceState;
import io.okrsync.store.Store;
import io.okrsync.web.Plan.NamedRecord;
import io.okrsync.web.Plan.Part;
import io.okrsync.web.Plan.PlannedInput;
import io.okrsync.web.Plan.Records;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which records would count otherwise in the measures of a key result. */
final class InputChanges {
  private static final int NAMED = 5;
  private static final String MATCHED = "matched(";
  private static final int ALL = Integer.MAX_VALUE - 1;
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
      Counted one = new Counted(before, ledger, now, from.get(name));
      Counted other = new Counted(rehearsal.setup(), rehearsal.store(), then, to.get(name));
      if (!same(one.input, other.input) && !isWithoutKey(name)) {
        changed.add(changed(name, one, other));
      }
    }
    return changed;
  }

  /** What has no key is read, but never matched. */
  private static boolean isWithoutKey(String name) {
    return name.contains(MATCHED) && name.endsWith("[no key]");
  }

  /** An input of a reading, and where its records are. */
  private record Counted(
      @Nullable Setup setup,
      Store store,
      @Nullable KeyResultReading reading,
      @Nullable Input input) {

    /** As the formula asks for it; empty where that cannot be told any more. */
    Optional<MeasureUse> use() {
      if (setup == null || reading == null || input == null) {
        return Optional.empty();
      }
      return setup.keyResult(reading.keyResult()).stream()
          .flatMap(it -> setup.formula(it).uses(Movements.scope(it.cycle(), reading.at())).stream())
          .filter(it -> it.selection().measure().version().equals(input.version()))
          .filter(it -> isOf(it, input.name()))
          .findFirst();
    }

    private static boolean isOf(MeasureUse use, String name) {
      return name.equals(use.toString()) || (use.grouped() && name.startsWith(use + "["));
    }

    /** Its records in the order of their ids; of one key those alone that have it. */
    Map<String, Contribution> records() {
      Map<String, Contribution> records = new TreeMap<>();
      use()
          .ifPresent(
              use ->
                  store
                      .evidence()
                      .populations()
                      .population(use.selection(), runs(use), ALL)
                      .stream()
                      .flatMap(List::stream)
                      .filter(it -> has(use, it))
                      .forEach(it -> records.put(it.recordId(), it)));
      return records;
    }

    private boolean has(MeasureUse use, Contribution contribution) {
      String name = Objects.requireNonNull(input).name();
      String key = contribution.keyOrEmpty();
      if (key.isEmpty() && name.contains(MATCHED)) {
        return false;
      }
      return name.equals(use.toString()) || name.equals(use.of(key).toString());
    }

    private Map<String, Long> runs(MeasureUse use) {
      Map<String, Long> runs = new LinkedHashMap<>();
      use.selection()
          .measures()
          .forEach(
              it ->
                  store
                      .evidence()
                      .publishedRun(it.definition().from())
                      .ifPresent(run -> runs.put(it.version(), run)));
      return runs;
    }

    /** The records of all inputs of its reading that are of this measure, however defined. */
    Set<String> ofMeasure(String measure) {
      Set<String> all = new LinkedHashSet<>();
      if (reading != null) {
        reading.inputs().stream()
            .filter(it -> measure(it).equals(measure))
            .map(it -> new Counted(setup, store, reading, it))
            .forEach(it -> all.addAll(it.records().keySet()));
      }
      return all;
    }

    static String measure(Input input) {
      return input.version().split("@", 2)[0];
    }

    Optional<String> source() {
      return use().map(it -> it.selection().measure().definition().from());
    }
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

  private PlannedInput changed(String name, Counted from, Counted to) {
    Map<String, Contribution> now = from.records();
    Map<String, Contribution> then = to.records();
    String source = to.source().or(from::source).orElse("");
    Set<String> before =
        to.input == null || from.input != null ? now.keySet() : elsewhere(from, to);
    Set<String> after =
        from.input == null || to.input != null ? then.keySet() : elsewhere(to, from);
    return new PlannedInput(
        name,
        part(from.input),
        part(to.input),
        named(source, then.keySet().stream().filter(it -> !before.contains(it)).toList()),
        named(source, now.keySet().stream().filter(it -> !after.contains(it)).toList()),
        named(source, altered(now, then)));
  }

  /** What one side has of the measure of an input that only the other has: asked for otherwise. */
  private static Set<String> elsewhere(Counted without, Counted with) {
    return without.ofMeasure(Counted.measure(Objects.requireNonNull(with.input)));
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
    return Objects.equals(one.at(), other.at())
        && equal(one.value(), other.value())
        && Objects.equals(one.item(), other.item())
        && Objects.equals(one.key(), other.key())
        && Objects.equals(one.currency(), other.currency())
        && Objects.equals(one.problem(), other.problem());
  }

  private static boolean equal(@Nullable BigDecimal one, @Nullable BigDecimal other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    return one.compareTo(other) == 0;
  }

  private static @Nullable Part part(@Nullable Input input) {
    return input == null
        ? null
        : new Part(PlanReport.plain(input.value()), input.records(), input.reason());
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
