package io.okrsync;

import io.okrsync.audit.CanonicalJson;
import io.okrsync.audit.Finding;
import io.okrsync.audit.PopulationDigest;
import io.okrsync.measure.Contribution;
import io.okrsync.measure.InMemory;
import io.okrsync.measure.MeasureDefinition;
import io.okrsync.measure.Reading;
import io.okrsync.measure.Window;
import io.okrsync.okr.Input;
import io.okrsync.store.ContributionRow;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The readings of a pack, each counted and aggregated again from the populations in it. */
final class PackReadings {
  private final PackArchive pack;
  private final PackTold told;
  private final PackDefined defined;
  private final List<Finding> findings;
  private final Map<String, Measured> measures = new HashMap<>();
  private final Map<String, List<ContributionRow>> populations = new HashMap<>();
  private final Map<String, @Nullable Object> last = new HashMap<>();
  private final Map<String, Long> counts = new LinkedHashMap<>();

  private record Measured(MeasureDefinition definition, List<ContributionRow> population) {}

  PackReadings(PackArchive pack, PackTold told, PackDefined defined, List<Finding> findings) {
    this.pack = pack;
    this.told = told;
    this.defined = defined;
    this.findings = findings;
  }

  Map<String, Long> counts() {
    return counts;
  }

  void measures() {
    for (String line : pack.lines("measures.jsonl")) {
      JsonLine it = JsonLine.of(line);
      String file = it.text("population");
      String version = it.text("version");
      try {
        MeasureDefinition definition = defined.measure(it);
        PopulationFile population = PopulationFile.of(version, pack.text(file));
        findings.addAll(new PackConversions(file, definition).wrong(population.rows()));
        measures.put(version, new Measured(definition, population.rows()));
        populations.put(version, population.rows());
        population.wrong().ifPresent(what -> findings.add(new Finding(file, what)));
      } catch (RuntimeException broken) {
        findings.add(new Finding(file, "cannot be read: " + broken.getMessage()));
      }
    }
    counts.put("populations", (long) measures.size());
  }

  void check() {
    long id = Long.MIN_VALUE;
    for (String line : pack.lines("readings.jsonl")) {
      JsonLine receipt = JsonLine.of(line);
      String place = "reading " + receipt.number("reading");
      if (receipt.number("reading") <= id) {
        add(place, "is out of order or doubled");
      }
      id = receipt.number("reading");
      try {
        reading(place, receipt, receipt.object("sealed"));
      } catch (RuntimeException broken) {
        add(place, "cannot be read: " + broken.getMessage());
      }
    }
    told.endOfReadings();
    defined.restated(last);
  }

  private void reading(String place, JsonLine receipt, JsonLine sealed) {
    told.reading(place, receipt.numberOrNull("entry"), sealed);
    defined.receipt(place, receipt, sealed);
    String keyResult = sealed.text("keyResult");
    @Nullable Object previous = sealed.content().get("previous");
    if (last.containsKey(keyResult) && !Objects.equals(last.get(keyResult), previous)) {
      add(place, "does not continue from the value of the reading before it");
    }
    last.put(keyResult, sealed.content().get("value"));
    List<Input> inputs = sealed.objects("inputs").stream().map(PackReadings::input).toList();
    inputs(place, inputs, receipt.objects("populations"));
    counts.merge("readings", 1L, Long::sum);
  }

  private static Input input(JsonLine it) {
    return new Input(
        it.text("name"),
        it.text("version"),
        it.moment("from"),
        it.moment("to"),
        it.numberOrNull("run"),
        it.number("records"),
        it.decimalOrNull("value"),
        it.textOrNull("reason"));
  }

  private void inputs(String place, List<Input> inputs, List<JsonLine> stated) {
    if (inputs.size() != stated.size()) {
      add(place, "names %d populations for %d inputs".formatted(stated.size(), inputs.size()));
      return;
    }
    for (int i = 0; i < inputs.size(); i++) {
      counts.merge("inputs", 1L, Long::sum);
      Input input = inputs.get(i);
      if (!stated.get(i).text("input").equals(input.name())) {
        add(place, "input %s has the population of another".formatted(input.name()));
      }
      if (input.run() == null) {
        counted(place, input, List.of(), stated.get(i));
      } else {
        input(place, input, input.run(), stated.get(i));
      }
    }
  }

  /** What an input takes cannot be told where its configuration cannot be read any more. */
  private void input(String place, Input input, long run, JsonLine stated) {
    if (stated.isTrue("unknown")) {
      counts.merge("inputs not counted again", 1L, Long::sum);
      return;
    }
    Measured measured = measures.get(input.version());
    if (measured == null) {
      add(place, "input %s has no population of %s".formatted(input.name(), input.version()));
      return;
    }
    Window window = Movements.window(input);
    boolean isWhole = !stated.content().containsKey("among");
    List<Contribution> counting =
        isWhole
            ? PackSelection.counting(measured.population(), window, run)
            : new PackSelection(populations).of(input, run, stated);
    String key = isWhole ? null : stated.textOrNull("key");
    if (key != null && !PackSelection.isNamed(input.name(), key)) {
      add(place, "input %s is not named after its key".formatted(input.name()));
    }
    counted(place, input, counting, stated);
    if (!counting.isEmpty() || input.value() != null) {
      compare(place, input, InMemory.reading(measured.definition(), window, counting));
    }
  }

  /** Whether these records are as many as is said, of that sum, and the same. */
  private void counted(String place, Input input, List<Contribution> counting, JsonLine stated) {
    if (counting.size() != input.records()) {
      add(
          place,
          "input %s says %d records, but the population has %d"
              .formatted(input.name(), input.records(), counting.size()));
    }
    PopulationTotals.Totals totals =
        counting.stream()
            .map(PopulationTotals.Totals::of)
            .reduce(PopulationTotals.Totals.NONE, PopulationTotals.Totals::plus);
    if (stated.number("records") != counting.size()
        || !stated.text("sum").equals(CanonicalJson.plain(totals.sum()))) {
      add(place, "input %s has other control totals than its population".formatted(input.name()));
    }
    if (!PopulationDigest.text(totals.digest()).equals(stated.text("digest"))) {
      add(
          place,
          "input %s was made of other records than the population has".formatted(input.name()));
    }
  }

  private void compare(String place, Input input, Reading again) {
    String stated = plain(input.value());
    String computed = plain(again.value());
    if (!stated.equals(computed)) {
      add(
          place,
          "input %s says %s, but computed again %s".formatted(input.name(), stated, computed));
    }
  }

  private static String plain(@Nullable BigDecimal value) {
    return value == null ? "nothing" : value.stripTrailingZeros().toPlainString();
  }

  private void add(String place, String what) {
    findings.add(new Finding(place, what));
  }
}
