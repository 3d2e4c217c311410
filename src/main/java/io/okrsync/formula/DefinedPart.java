package io.okrsync.formula;

import io.okrsync.measure.Reason;
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
  public void measures(Set<String> to) {
    body.measures(to);
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
}
