package io.okrsync;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import io.okrsync.audit.Explanation;
import io.okrsync.audit.Explanation.Edit;
import io.okrsync.audit.Explanation.Part;
import io.okrsync.audit.Explanation.Point;
import io.okrsync.audit.Explanation.RecordPart;
import io.okrsync.audit.Why;
import io.okrsync.measure.Decimals;
import io.okrsync.okr.Input;
import io.okrsync.okr.KeyResult;
import io.okrsync.store.ConfigurationText;
import io.okrsync.store.Evidence;
import io.okrsync.store.KeyResultReading;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says why a key result changed between two moments, from what is stored alone. */
final class Explanations {
  private static final Comparator<RecordPart> LARGEST_FIRST =
      comparing((RecordPart it) -> it.amount().abs()).reversed().thenComparing(RecordPart::record);

  private final Evidence evidence;
  private final StoredSetups setups;

  Explanations(Evidence evidence, StoredSetups setups) {
    this.evidence = evidence;
    this.setups = setups;
  }

  /**
   * Explains the change between two moments of what was shown.
   *
   * @param most how many records of each part are named; all are in its amount
   * @return empty where there was no value yet at the second moment
   */
  Optional<Explanation> of(String keyResult, Instant from, Instant to, int most) {
    return of(keyResult, from, to, most, new Overrides(keyResult, evidence.statements()));
  }

  /** The same of what was read, whatever people put in its place. */
  Optional<Explanation> ofRead(String keyResult, Instant from, Instant to, int most) {
    return of(keyResult, from, to, most, new Overrides(keyResult, List.of()));
  }

  private Optional<Explanation> of(
      String keyResult, Instant from, Instant to, int most, Overrides overrides) {
    List<KeyResultReading> readings =
        evidence.readings(keyResult, from, to).stream()
            .filter(it -> it.reason() == null && it.value() != null)
            .toList();
    if (readings.isEmpty()) {
      return Optional.empty();
    }
    List<Effect> effects = new ArrayList<>();
    RecordMoves moves = moves(readings);
    for (int i = 1; i < readings.size(); i++) {
      KeyResultReading before = readings.get(i - 1);
      KeyResultReading after = readings.get(i);
      effects.addAll(
          new ExplainedStep(evidence, moves, before, after)
              .effects(
                  setups.version(before.configVersion()), setups.version(after.configVersion())));
    }
    KeyResultReading first = readings.get(0);
    KeyResultReading last = readings.get(readings.size() - 1);
    effects.addAll(overrides.effects(from, value(first), to, value(last)));
    List<ConfigurationText> inForce = evidence.configurations(from, to);
    return Optional.of(
        new Explanation(
            keyResult,
            point(from, first, overrides, inForce.stream().findFirst()),
            point(to, last, overrides, last(inForce)),
            parts(effects, most),
            edits(keyResult, inForce)));
  }

  /** Right before the value, or what is shown in its place, changed last; empty if never. */
  Optional<Instant> lastChange(String keyResult, Instant now) {
    Overrides overrides = new Overrides(keyResult, evidence.statements());
    return Stream.of(evidence.lastChange(keyResult), overrides.lastChange(now))
        .flatMap(Optional::stream)
        .max(Comparator.naturalOrder())
        .map(it -> it.minus(1, ChronoUnit.MICROS));
  }

  private static BigDecimal value(KeyResultReading reading) {
    return requireNonNull(reading.value(), "only readings with a value are explained");
  }

  private RecordMoves moves(List<KeyResultReading> readings) {
    return new RecordMoves(evidence, runs(readings, Math::min), runs(readings, Math::max));
  }

  private Map<String, Long> runs(List<KeyResultReading> readings, BinaryOperator<Long> either) {
    Map<String, Long> runs = new HashMap<>();
    for (KeyResultReading reading : readings) {
      Setup setup = setups.version(reading.configVersion()).setup();
      if (setup != null) {
        reading.inputs().forEach(input -> note(input, setup, runs, either));
      }
    }
    return runs;
  }

  private static void note(
      Input input, Setup setup, Map<String, Long> runs, BinaryOperator<Long> either) {
    Long run = input.run();
    if (run != null) {
      setup.sourceOf(input).ifPresent(source -> runs.merge(source, run, either));
    }
  }

  private Point point(
      Instant asked,
      KeyResultReading reading,
      Overrides overrides,
      Optional<ConfigurationText> inForce) {
    BigDecimal value = overrides.shown(asked, value(reading));
    return new Point(
        asked,
        reading.id(),
        reading.at(),
        value,
        overrides.at(asked).isPresent() ? reading.value() : null,
        reading.run(),
        reading.configVersion(),
        inForce
            .flatMap(it -> setups.version(it.version()).keyResult(reading.keyResult()))
            .flatMap(it -> it.course(baseline(it, asked)))
            .map(it -> it.progress(value))
            .orElse(null));
  }

  /** As it was measured by then; null where it was not, or the configuration tells it. */
  private @Nullable BigDecimal baseline(KeyResult keyResult, Instant at) {
    return Series.baseline(keyResult)
        .flatMap(it -> last(evidence.readings(it.name(), at, at)).filter(it::isFrozenBy))
        .map(KeyResultReading::value)
        .orElse(null);
  }

  private static <T> Optional<T> last(List<T> all) {
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  private List<Edit> edits(String id, List<ConfigurationText> inForce) {
    List<Edit> edits = new ArrayList<>();
    @Nullable KeyResult before = null;
    for (ConfigurationText each : inForce) {
      KeyResult now = setups.version(each.version()).keyResult(id).orElse(null);
      if (before != null && now != null) {
        edits.addAll(edits(before.goal().told(), now.goal().told(), each));
      }
      before = now != null ? now : before;
    }
    return edits;
  }

  private static List<Edit> edits(
      Map<String, String> before, Map<String, String> now, ConfigurationText by) {
    SortedSet<String> all = new TreeSet<>(before.keySet());
    all.addAll(now.keySet());
    return all.stream()
        .filter(it -> !Objects.equals(before.get(it), now.get(it)))
        .map(
            it ->
                new Edit(
                    it,
                    before.getOrDefault(it, "none"),
                    now.getOrDefault(it, "none"),
                    by.version(),
                    by.loadedAt()))
        .toList();
  }

  private record Cause(Why why, @Nullable String input, @Nullable Long version, String text) {}

  private List<Part> parts(List<Effect> effects, int most) {
    Map<Cause, List<Effect>> byCause = new LinkedHashMap<>();
    for (Effect effect : effects) {
      Cause cause = new Cause(effect.why(), effect.input(), effect.configVersion(), effect.text());
      byCause.computeIfAbsent(cause, it -> new ArrayList<>()).add(effect);
    }
    return byCause.entrySet().stream()
        .map(it -> part(it.getKey(), it.getValue(), most))
        .sorted(comparing((Part it) -> it.amount().abs()).reversed())
        .toList();
  }

  private Part part(Cause cause, List<Effect> effects, int most) {
    return new Part(
        cause.why(),
        cause.input(),
        cause.version(),
        cause.text(),
        Decimals.rounded(
            effects.stream().map(Effect::amount).reduce(BigDecimal.ZERO, BigDecimal::add)),
        effects.stream().mapToLong(Effect::records).sum(),
        effects.stream()
            .flatMap(it -> Optional.ofNullable(it.record()).stream())
            .sorted(LARGEST_FIRST)
            .limit(most)
            .map(this::named)
            .toList());
  }

  /** With what people call the record, and its page. */
  private RecordPart named(RecordPart part) {
    long run = part.run() == null ? Long.MAX_VALUE : part.run();
    return evidence
        .record(part.source(), part.record(), run)
        .flatMap(RecordName::of)
        .map(it -> it.on(part))
        .orElse(part);
  }
}
