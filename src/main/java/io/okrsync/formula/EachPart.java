package io.okrsync.formula;

import io.okrsync.measure.Measure;
import io.okrsync.measure.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A number of each of several periods. Where one of them has none, there is no list. */
record EachPart(Body inner, Function<Scope, List<Scope>> periods) implements Part {

  @Override
  public void uses(Scope scope, Consumer<MeasureUse> to) {
    periods.apply(scope).forEach(period -> inner.uses(period, to));
  }

  @Override
  public void measures(Set<Measure> to) {
    inner.measures(to);
  }

  @Override
  public void tables(Set<TablePart> to) {
    inner.tables(to);
  }

  @Override
  public boolean movesWithTime() {
    return true;
  }

  @Override
  public @Nullable Object in(Here here) {
    List<Object> values = new ArrayList<>();
    for (Scope period : periods.apply(here.scope())) {
      Object value = inner.value(here.in(period));
      if (value == null) {
        return null;
      }
      values.add(value);
    }
    return values;
  }

  @Override
  public Reason whyNot(Here here) {
    return periods.apply(here.scope()).stream()
        .map(here::in)
        .filter(period -> inner.value(period) == null)
        .findFirst()
        .map(inner::whyNot)
        .orElseThrow();
  }
}
