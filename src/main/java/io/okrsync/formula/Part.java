package io.okrsync.formula;

import io.okrsync.measure.Name;
import io.okrsync.measure.Reason;
import java.util.Set;
import java.util.function.Consumer;

/** What stands behind a name in a formula. It is unset where it has no value. */
interface Part extends Name.Lookup<Here> {
  /** Tells all that may have to be read to evaluate it in this scope. */
  void uses(Scope scope, Consumer<MeasureUse> to);

  /** The measures it may read, wherever it is evaluated. */
  void measures(Set<String> to);

  /** Whether it reads something else when a day ends, though nothing was recorded. */
  boolean movesWithTime();

  /** Why it has no value here; asked only where it has none. */
  Reason whyNot(Here here);
}
