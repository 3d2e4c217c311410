package io.okrsync.formula;

import io.okrsync.measure.Compiled;
import io.okrsync.measure.Expression;
import io.okrsync.measure.ExpressionProblem;
import io.okrsync.measure.Measure;
import io.okrsync.measure.Name;
import io.okrsync.measure.NearestName;
import io.okrsync.measure.ValueType;
import io.okrsync.measure.Within;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The functions that evaluate a part of a formula in other days. */
final class Elsewhere {
  private static final String NAME = "%s";

  private Elsewhere() {}

  static Map<String, Within<Here>> functions() {
    Map<String, Within<Here>> all = new LinkedHashMap<>();
    all.put("previous", new Moved("previous", false, Scope::previous));
    all.put("year_ago", new Moved("year_ago", false, Scope::yearAgo));
    all.put("to_date", new Moved("to_date", true, Scope::toDate));
    all.put("ever", new Moved("ever", false, Scope::sinceEver));
    all.put("last", new Last());
    all.put("each", new Each());
    all.put("groups", new Groups("groups", false));
    all.put("matched", new Groups("matched", true));
    all.put("among", new Of("among", true));
    all.put("not_among", new Of("not_among", false));
    return all;
  }

  /** Takes one expression and gives one number. */
  private record Moved(String function, boolean movesWithTime, UnaryOperator<Scope> move)
      implements Within<Here> {
    @Override
    public String usage() {
      return function + "(deals_won)";
    }

    @Override
    public int expressions() {
      return 1;
    }

    @Override
    public boolean takesText() {
      return false;
    }

    @Override
    public Compiled<Name<Here>> name(
        String written, List<Expression<Here>> inner, @Nullable String text) {
      String call = "%s(%s)".formatted(function, NAME);
      return new Compiled.Ready<>(
          new Name<>(
              inner.get(0).type(),
              new MovedPart(
                  new Body(inner.get(0)), scope -> move.apply(scope).called(call), movesWithTime)));
    }
  }

  private record Last() implements Within<Here> {
    @Override
    public String usage() {
      return "last(deals_won, '30d')";
    }

    @Override
    public int expressions() {
      return 1;
    }

    @Override
    public boolean takesText() {
      return true;
    }

    @Override
    public Optional<String> problem(String text) {
      return Length.read(text).isPresent()
          ? Optional.empty()
          : Optional.of(
              "'%s' is no number of periods\twrite '30d', '2 weeks', '3 months', 'quarter' or 'year'"
                  .formatted(text));
    }

    @Override
    public Compiled<Name<Here>> name(
        String written, List<Expression<Here>> inner, @Nullable String text) {
      Length length = Length.read(String.valueOf(text)).orElseThrow();
      String call = "last(%s, '%s')".formatted(NAME, text);
      return new Compiled.Ready<>(
          new Name<>(
              inner.get(0).type(),
              new MovedPart(
                  new Body(inner.get(0)), scope -> scope.last(length).called(call), true)));
    }
  }

  private record Each() implements Within<Here> {
    @Override
    public String usage() {
      return "each(deals_won, 'month')";
    }

    @Override
    public int expressions() {
      return 1;
    }

    @Override
    public boolean takesText() {
      return true;
    }

    @Override
    public Optional<String> problem(String text) {
      return CalendarUnit.named(text).isPresent()
          ? Optional.empty()
          : Optional.of(
              "'%s' is no period of a calendar\t%swrite one of %s"
                  .formatted(
                      text,
                      NearestName.to(text, CalendarUnit.keys())
                          .map("did you mean '%s'? "::formatted)
                          .orElse(""),
                      String.join(", ", CalendarUnit.keys())));
    }

    @Override
    public Compiled<Name<Here>> name(
        String written, List<Expression<Here>> inner, @Nullable String text) {
      CalendarUnit unit = CalendarUnit.named(String.valueOf(text)).orElseThrow();
      String call = "each(%s, '%s')".formatted(NAME, text);
      return new Compiled.Ready<>(
          new Name<>(
              listOf(inner.get(0)),
              new EachPart(
                  new Body(inner.get(0)),
                  scope ->
                      scope.each(unit).stream()
                          .map(it -> it.called(call + "[" + it.from() + "]"))
                          .toList())));
    }
  }

  /** {@code groups(x)} and {@code matched(x)}. */
  private record Groups(String function, boolean matched) implements Within<Here> {
    private static final Pattern INNER = Pattern.compile(".(groups|matched)\\(", Pattern.DOTALL);

    @Override
    public String usage() {
      return matched
          ? "matched(won / quota) or matched(ever(paid_on) - trial_on)"
          : "groups(deals_won)";
    }

    @Override
    public int expressions() {
      return 1;
    }

    @Override
    public boolean takesText() {
      return false;
    }

    @Override
    public Compiled<Name<Here>> name(
        String written, List<Expression<Here>> inner, @Nullable String text) {
      Body body = new Body(inner.get(0));
      Matcher inside = INNER.matcher(written);
      return inside.find()
          ? refused(
              "%s() cannot stand in %s(): %s".formatted(inside.group(1), function, written),
              "take the inner one apart")
          : withKeys(
              body,
              new Name<>(listOf(inner.get(0)), new GroupsPart(body, matched)),
              written,
              usage());
    }
  }

  /** {@code among(x, y)} and {@code not_among(x, y)}. */
  private record Of(String function, boolean inside) implements Within<Here> {
    @Override
    public String usage() {
      return function + "(revenue, previous(ever(customers)))";
    }

    @Override
    public int expressions() {
      return 2;
    }

    @Override
    public boolean takesText() {
      return false;
    }

    @Override
    public Compiled<Name<Here>> name(
        String written, List<Expression<Here>> inner, @Nullable String text) {
      Body body = new Body(inner.get(0));
      Body others = new Body(inner.get(1));
      Set<TablePart> withoutRecords = new LinkedHashSet<>();
      others.tables(withoutRecords);
      if (!withoutRecords.isEmpty()) {
        String table = withoutRecords.iterator().next().name();
        return refused(
            "'%s' has no records of which %s() could take the keys: %s"
                .formatted(table, function, written),
            "write where: owner in %s in the measure, or take matched(…) for the keys that both have"
                .formatted(table));
      }
      if (!others.isSelection()) {
        return refused(
            function + "() takes its keys from the records of one measure: " + written,
            "write it such as " + usage());
      }
      Set<TablePart> tables = new LinkedHashSet<>();
      body.tables(tables);
      if (!tables.isEmpty()) {
        return refused(
            "'%s' has no records of which %s() could take some"
                .formatted(tables.iterator().next().name(), function),
            "take matched(…) for the keys that both have");
      }
      String call = "%s(%s, %s)".formatted(function, NAME, others.expression().names().get(0));
      Compiled<Name<Here>> keyed =
          withKeys(
              body,
              new Name<>(inner.get(0).type(), new AmongPart(body, others, inside, call)),
              written,
              usage());
      return keyed instanceof Compiled.Refused<Name<Here>>
          ? keyed
          : withKeys(others, ((Compiled.Ready<Name<Here>>) keyed).value(), written, usage());
    }
  }

  private static ValueType<?> listOf(Expression<Here> one) {
    return one.type().equals(ValueType.MOMENT) ? ValueType.MOMENTS : ValueType.NUMBERS;
  }

  private static Compiled<Name<Here>> withKeys(
      Body body, Name<Here> name, String written, String usage) {
    Set<Measure> measures = new LinkedHashSet<>();
    body.measures(measures);
    Set<TablePart> tables = new LinkedHashSet<>();
    body.tables(tables);
    if (measures.isEmpty() && tables.isEmpty()) {
      return refused(
          "no measure is in it, so it has no keys: " + written, "write it such as " + usage);
    }
    return measures.stream()
        .map(Measure::definition)
        .filter(it -> !it.hasKeys())
        .findFirst()
        .map(
            it ->
                refused(
                    "'%s' has no keys".formatted(it.name()),
                    "give it a 'by' in measures.yaml, such as by: owner"))
        .orElseGet(() -> new Compiled.Ready<>(name));
  }

  private static Compiled<Name<Here>> refused(String message, String hint) {
    return new Compiled.Refused<>(List.of(new ExpressionProblem("formula", 1, 1, message, hint)));
  }
}
