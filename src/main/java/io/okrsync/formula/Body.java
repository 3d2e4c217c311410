package io.okrsync.formula;

import io.okrsync.measure.Expression;
import io.okrsync.measure.Measure;
import io.okrsync.measure.Outcome;
import io.okrsync.measure.Reason;
import io.okrsync.measure.Selection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A formula, or what a function in it is given: an expression whose names are parts. */
record Body(Expression<Here> expression) {

  void uses(Scope scope, Consumer<MeasureUse> to) {
    parts().forEach(part -> part.uses(scope, to));
  }

  void measures(Set<Measure> to) {
    parts().forEach(part -> part.measures(to));
  }

  void tables(Set<TablePart> to) {
    parts().forEach(part -> part.tables(to));
  }

  boolean movesWithTime() {
    return parts().stream().anyMatch(Part::movesWithTime);
  }

  /** Exact; null where there is none. */
  @Nullable Object value(Here here) {
    return expression.evaluate(here) instanceof Outcome.Known known ? known.value() : null;
  }

  /** The reason of the first part without a value, and the texts of all. */
  Reason whyNot(Here here) {
    Outcome outcome = expression.evaluate(here);
    if (outcome instanceof Outcome.Failed failed) {
      return failed.reason();
    }
    List<String> unset = ((Outcome.Unset) outcome).names();
    List<Reason> reasons =
        expression.names().stream()
            .filter(unset::contains)
            .map(name -> part(name).whyNot(here))
            .toList();
    return new Reason(
        reasons.get(0).name(),
        reasons.stream().map(Reason::text).distinct().collect(Collectors.joining("; ")));
  }

  /** The one part that it is, if it is the records of one measure. */
  private Optional<Part> records() {
    return expression.isName()
        ? parts().stream().filter(Part::isSelection).findFirst()
        : Optional.empty();
  }

  boolean isSelection() {
    return records().isPresent();
  }

  Optional<Selection> selection(Scope scope) {
    return records().flatMap(part -> part.selection(scope));
  }

  private List<Part> parts() {
    return expression.names().stream().map(this::part).toList();
  }

  private Part part(String name) {
    return (Part) expression.lookup(name);
  }
}
