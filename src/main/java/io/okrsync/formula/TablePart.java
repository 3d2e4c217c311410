package io.okrsync.formula;

import io.okrsync.measure.Exact;
import io.okrsync.measure.Measure;
import io.okrsync.measure.NearestName;
import io.okrsync.measure.Reason;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A number for each key that the configuration tells, such as a quota: like a measure, it is the
 * number of the key at hand, and without a key all of them together. It is the same in all days.
 */
record TablePart(String name, Map<String, BigDecimal> numbers) implements Part {
  TablePart {
    numbers = Map.copyOf(numbers);
  }

  @Override
  public void uses(Scope scope, Consumer<MeasureUse> to) {
    // nothing is read
  }

  @Override
  public void measures(Set<Measure> to) {
    // none is read
  }

  @Override
  public void tables(Set<TablePart> to) {
    to.add(this);
  }

  @Override
  public boolean movesWithTime() {
    return false;
  }

  @Override
  public @Nullable Object in(Here here) {
    @Nullable BigDecimal number = here.key() == null ? all() : numbers.get(here.key());
    return number == null ? null : new Exact(number);
  }

  private BigDecimal all() {
    return numbers.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  @Override
  public Reason whyNot(Here here) {
    String key = String.valueOf(here.key());
    return new Reason(
        Reason.Name.FORMULA_FAILED,
        key.isEmpty()
            ? "'%s' can have no number for records without a key; leave them out by a where such as owner != null, or take matched(…)"
                .formatted(name)
            : "'%s' has no number for '%s'%s; give it one, or take matched(…)"
                .formatted(name, key, meant(key)));
  }

  /** A key that was mistyped is near another one. */
  private String meant(String key) {
    return NearestName.to(key, List.copyOf(new TreeSet<>(numbers.keySet())))
        .map(" (is '%s' meant for it?)"::formatted)
        .orElse("");
  }
}
