package io.okrsync.formula;

import io.okrsync.measure.Measure;
import io.okrsync.measure.Reason;
import io.okrsync.measure.Selection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a definition says, evaluated where it is used. */
record DefinedPart(Body body) implements Part {

  @Override
  public void uses(Scope scope, Consumer<MeasureUse> to) {
    body.uses(scope, to);
  }

  @Override
  public void measures(Set<Measure> to) {
    body.measures(to);
  }

  @Override
  public void tables(Set<TablePart> to) {
    body.tables(to);
  }

  @Override
  public boolean movesWithTime() {
    return body.movesWithTime();
  }

  @Override
  public @Nullable Object in(Here here) {
    return body.value(here);
  }

  @Override
  public Reason whyNot(Here here) {
    return body.whyNot(here);
  }

  @Override
  public boolean isSelection() {
    return body.isSelection();
  }

  @Override
  public Optional<Selection> selection(Scope scope) {
    return body.selection(scope);
  }
}
