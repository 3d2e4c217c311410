package io.okrsync.formula;

import static java.util.Objects.requireNonNull;

import io.okrsync.measure.Exact;
import io.okrsync.measure.Measure;
import io.okrsync.measure.Moment;
import io.okrsync.measure.Reading;
import io.okrsync.measure.Reason;
import io.okrsync.measure.Selection;
import io.okrsync.measure.ValueType;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A measure, read where the formula is evaluated. */
record MeasurePart(Measure measure) implements Part {

  @Override
  public void uses(Scope scope, Consumer<MeasureUse> to) {
    use(scope).ifPresent(to);
  }

  @Override
  public void measures(Set<Measure> to) {
    to.add(measure);
  }

  @Override
  public void tables(Set<TablePart> to) {
    // it is none
  }

  @Override
  public boolean movesWithTime() {
    return false;
  }

  @Override
  public @Nullable Object in(Here here) {
    @Nullable BigDecimal value =
        use(here.scope()).map(here::reading).map(Reading::value).orElse(null);
    if (value == null) {
      return null;
    }
    Exact exact = new Exact(value);
    return measure.type().equals(ValueType.MOMENT) ? new Moment(exact) : exact;
  }

  @Override
  public Reason whyNot(Here here) {
    Optional<MeasureUse> use = use(here.scope());
    if (use.isEmpty()) {
      return new Reason(
          Reason.Name.NOT_YET,
          "no day of %s, from %s on, is over"
              .formatted(here.scope().call(name()), here.scope().from()));
    }
    Reason reason = requireNonNull(here.reading(use.get()).reason(), "there is no value");
    String key = here.key() == null ? "" : "of '" + here.key() + "', ";
    return new Reason(reason.name(), here.scope().described(name()) + key + reason.text());
  }

  @Override
  public boolean isSelection() {
    return true;
  }

  @Override
  public Optional<Selection> selection(Scope scope) {
    return scope.window().map(window -> new Selection(measure, window, scope.among()));
  }

  private String name() {
    return measure.definition().name();
  }

  private Optional<MeasureUse> use(Scope scope) {
    return selection(scope)
        .map(it -> new MeasureUse(scope.call(name()), it, scope.grouped(), null));
  }
}
