package io.okrsync;

import static java.util.Objects.requireNonNull;

import io.okrsync.audit.Finding;
import io.okrsync.measure.Contribution;
import io.okrsync.measure.MeasureDefinition;
import io.okrsync.measure.Money;
import io.okrsync.store.ContributionRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The money in a population of a pack, converted again by the rates that its measure names. */
final class PackConversions {
  /** How many amounts of a currency are named one by one. */
  private static final int NAMED = 20;

  private final String file;
  private final MeasureDefinition measure;

  PackConversions(String file, MeasureDefinition measure) {
    this.file = file;
    this.measure = measure;
  }

  /**
   * What counts otherwise than it comes to: the first amounts of each currency line by line, and
   * how many more there are.
   *
   * @param rows all of the file, which stand from its second line on
   */
  List<Finding> wrong(List<ContributionRow> rows) {
    List<Finding> wrong = new ArrayList<>();
    Map<String, Integer> found = new TreeMap<>();
    for (int i = 0; i < rows.size(); i++) {
      Contribution it = rows.get(i).contribution();
      String place = "%s line %d".formatted(file, i + 2);
      wrong(it)
          .filter(what -> found.merge(currency(it), 1, Integer::sum) <= NAMED)
          .ifPresent(what -> wrong.add(new Finding(place, "record " + it.recordId() + what)));
    }
    found.forEach(
        (currency, all) -> {
          if (all > NAMED) {
            wrong.add(
                new Finding(
                    file,
                    "%d more amounts of %s do not count as what they come to by the rates"
                        .formatted(all - NAMED, currency)));
          }
        });
    return wrong;
  }

  private static String currency(Contribution wrong) {
    return wrong.stated().orElseThrow().currency();
  }

  private Optional<String> wrong(Contribution it) {
    Optional<Money> again =
        it.at() == null ? Optional.empty() : it.stated().flatMap(stated -> converted(stated, it));
    if (again.isEmpty()) {
      return Optional.ofNullable(it.original())
          .map(" was converted from %s, for which there is no rate"::formatted);
    }
    Money its = again.get();
    if (it.original() == null) {
      return Optional.of(" was not converted, though by the rates it comes to " + its);
    }
    return it.value() != null
            && it.value().compareTo(its.amount()) == 0
            && its.currency().equals(it.currency())
        ? Optional.empty()
        : Optional.of(
            " counts as %s %s, but %s come to %s by the rates"
                .formatted(it.value(), it.currency(), it.original(), its));
  }

  private Optional<Money> converted(Money stated, Contribution it) {
    return measure.converted(stated, requireNonNull(it.at(), "it was looked at"));
  }
}
