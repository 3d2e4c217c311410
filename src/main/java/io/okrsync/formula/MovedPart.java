package io.okrsync.formula;

import io.okrsync.measure.Measure;
import io.okrsync.measure.Reason;
import io.okrsync.measure.Selection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A number from other days, such as {@code previous(deals_won)}. */
record MovedPart(Body inner, UnaryOperator<Scope> move, boolean movesWithTime) implements Part {

  @Override
  public void uses(Scope scope, Consumer<MeasureUse> to) {
    inner.uses(move.apply(scope), to);
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
    return movesWithTime || inner.movesWithTime();
  }

  @Override
  public @Nullable Object in(Here here) {
    return inner.value(moved(here));
  }

  @Override
  public Reason whyNot(Here here) {
    return inner.whyNot(moved(here));
  }

  private Here moved(Here here) {
    return here.in(move.apply(here.scope()));
  }

  @Override
  public boolean isSelection() {
    return inner.isSelection();
  }

  @Override
  public Optional<Selection> selection(Scope scope) {
    return inner.selection(move.apply(scope));
  }
}
