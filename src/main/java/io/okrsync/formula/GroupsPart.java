package io.okrsync.formula;

import static java.util.Objects.requireNonNull;

import io.okrsync.measure.Contribution;
import io.okrsync.measure.Measure;
import io.okrsync.measure.Reading;
import io.okrsync.measure.Reason;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A number for each key that was read, in the order of the keys.
 *
 * @param matched whether a key must have been read of every measure in it, or of any
 */
record GroupsPart(Body inner, boolean matched) implements Part {
  private static final int MOST = 1000;

  @Override
  public void uses(Scope scope, Consumer<MeasureUse> to) {
    inner.uses(grouped(scope), to);
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
    return inner.movesWithTime();
  }

  @Override
  public @Nullable Object in(Here here) {
    Here grouped = here.in(grouped(here.scope()));
    NavigableSet<String> keys = keys(grouped);
    if (neverRead(grouped) != null || keyUnknown(grouped) != null || keys.size() > MOST) {
      return null;
    }
    List<Object> values = new ArrayList<>();
    for (String key : keys) {
      Object value = inner.value(grouped.of(key));
      if (value == null) {
        return null;
      }
      values.add(value);
    }
    return values;
  }

  @Override
  public Reason whyNot(Here here) {
    Here grouped = here.in(grouped(here.scope()));
    Reason neverRead = neverRead(grouped);
    if (neverRead != null) {
      return neverRead;
    }
    Reason keyUnknown = keyUnknown(grouped);
    if (keyUnknown != null) {
      return keyUnknown;
    }
    NavigableSet<String> keys = keys(grouped);
    return keys.size() > MOST
        ? new Reason(
            Reason.Name.FORMULA_FAILED,
            "%s has %d keys, and %d are the most: each is kept as evidence of the value; take fewer by a where or among(…)"
                .formatted(grouped.scope().call("…"), keys.size(), MOST))
        : keys.stream()
            .map(grouped::of)
            .filter(each -> inner.value(each) == null)
            .findFirst()
            .map(inner::whyNot)
            .orElseThrow();
  }

  private Scope grouped(Scope scope) {
    return scope.byKey().called(matched ? "matched(%s)" : "groups(%s)");
  }

  private List<MeasureUse> uses(Here grouped) {
    List<MeasureUse> uses = new ArrayList<>();
    inner.uses(grouped.scope(), uses::add);
    return uses;
  }

  private NavigableSet<String> keys(Here grouped) {
    List<Set<String>> all = new ArrayList<>();
    uses(grouped).stream() // what among() compares with is read as a whole, so it has no keys here
        .filter(MeasureUse::grouped)
        .forEach(use -> all.add(grouped.keys(use)));
    Set<TablePart> tables = new LinkedHashSet<>();
    inner.tables(tables);
    tables.forEach(table -> all.add(table.numbers().keySet()));
    NavigableSet<String> keys = new TreeSet<>();
    all.forEach(keys::addAll);
    if (matched) {
      all.forEach(keys::retainAll);
      keys.remove("");
    }
    return keys;
  }

  /**
   * What has no key is not matched, but a record whose key cannot be told may be of any: it has no
   * key either, and a problem.
   */
  private @Nullable Reason keyUnknown(Here grouped) {
    return uses(grouped).stream()
        .filter(it -> matched && it.grouped())
        .map(grouped.of("")::reading)
        .map(Reading::reason)
        .filter(reason -> reason != null && Contribution.isOfKey(reason.text()))
        .findFirst()
        .orElse(null);
  }

  /** Of what was never read it is not known either which keys there are. */
  private @Nullable Reason neverRead(Here grouped) {
    return uses(grouped).stream()
        .map(grouped::whole)
        .filter(it -> it.value() == null)
        .map(Reading::reason)
        .filter(it -> requireNonNull(it).name() == Reason.Name.NEVER_READ)
        .findFirst()
        .orElse(null);
  }
}
