package io.okrsync.formula;

import static java.util.Objects.requireNonNull;

import io.okrsync.measure.Measure;
import io.okrsync.measure.Reading;
import io.okrsync.measure.Reason;
import io.okrsync.measure.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A number of some keys only: those that other records have, or have not. Where those are not known
 * for sure, there is no value.
 *
 * @param others the records that give the keys
 * @param call how it is called: {@code among(%s, customers)}
 */
record AmongPart(Body inner, Body others, boolean inside, String call) implements Part {
  private static final Set<Reason.Name> KEYS_UNKNOWN =
      Set.of(Reason.Name.NEVER_READ, Reason.Name.MISSING_FIELD);

  @Override
  public void uses(Scope scope, Consumer<MeasureUse> to) {
    others.uses(scope.together(), to);
    only(scope).ifPresent(it -> inner.uses(it, to));
  }

  @Override
  public void measures(Set<Measure> to) {
    inner.measures(to);
    others.measures(to);
  }

  @Override
  public void tables(Set<TablePart> to) {
    inner.tables(to);
    others.tables(to);
  }

  @Override
  public boolean movesWithTime() {
    return inner.movesWithTime() || others.movesWithTime();
  }

  @Override
  public @Nullable Object in(Here here) {
    return unknown(here) == null
        ? only(here.scope()).map(here::in).map(inner::value).orElse(null)
        : null;
  }

  @Override
  public Reason whyNot(Here here) {
    Reason unknown = unknown(here);
    return unknown != null
        ? unknown
        : only(here.scope())
            .map(here::in)
            .map(inner::whyNot)
            .orElseGet(() -> others.whyNot(here.in(here.scope().together())));
  }

  @Override
  public boolean isSelection() {
    return inner.isSelection();
  }

  @Override
  public Optional<Selection> selection(Scope scope) {
    return only(scope).flatMap(inner::selection);
  }

  private Optional<Scope> only(Scope scope) {
    return others
        .selection(scope.together())
        .map(keys -> scope.only(new Selection.Among(keys, inside)).called(call));
  }

  /** Why the keys are not known; null where they are. */
  private @Nullable Reason unknown(Here here) {
    List<MeasureUse> uses = new ArrayList<>();
    others.uses(here.scope().together(), uses::add);
    return uses.stream()
        .map(here::whole)
        .filter(it -> it.value() == null)
        .map(Reading::reason)
        .filter(it -> KEYS_UNKNOWN.contains(requireNonNull(it).name()))
        .findFirst()
        .orElse(null);
  }
}
