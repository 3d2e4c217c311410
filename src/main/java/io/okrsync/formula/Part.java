package io.okrsync.formula;

import io.okrsync.measure.Measure;
import io.okrsync.measure.Name;
import io.okrsync.measure.Reason;
import io.okrsync.measure.Selection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What stands behind a name in a formula. It is unset where it has no value. */
interface Part extends Name.Lookup<Here> {
  /** Tells all that may have to be read to evaluate it in this scope. */
  void uses(Scope scope, Consumer<MeasureUse> to);

  /** The measures it may read, wherever it is evaluated. */
  void measures(Set<Measure> to);

  /** The tables of the configuration that it takes numbers from, wherever it is evaluated. */
  void tables(Set<TablePart> to);

  /** Whether it reads something else when a day ends, though nothing was recorded. */
  boolean movesWithTime();

  /** Why it has no value here; asked only where it has none. */
  Reason whyNot(Here here);

  /** Whether it is the records of one measure, of which the keys can be taken. */
  default boolean isSelection() {
    return false;
  }

  /** The records it is here; empty where no day is. */
  default Optional<Selection> selection(Scope scope) {
    return Optional.empty();
  }
}
