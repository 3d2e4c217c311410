package io.okrsync.config;

import io.okrsync.connector.RecordKind;
import io.okrsync.formula.Formula;
import io.okrsync.formula.FormulaVocabulary;
import io.okrsync.measure.Compiled;
import io.okrsync.measure.ExpressionProblem;
import io.okrsync.okr.Ambition;
import io.okrsync.okr.Cycle;
import io.okrsync.okr.Goal;
import io.okrsync.okr.Grades;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Limit;
import io.okrsync.okr.Milestone;
import io.okrsync.okr.Objective;
import io.okrsync.okr.Pace;
import io.okrsync.okr.Reach;
import io.okrsync.okr.Target;
import io.okrsync.okr.Terms;
import io.okrsync.okr.Watch;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes objectives and formulas of what stands in the files of {@code okrs/}, file by file. */
final class Objectives {
  static final ZoneId UTC = ZoneId.of("UTC");

  /** A score is never less than nothing and never more than all. */
  private static final Goal ALL_OF_IT =
      new Reach(BigDecimal.ZERO, Target.number(new BigDecimal("100")));

  /** Stands in for a cycle with problems, so that they hide none of its key results. */
  private static final Cycle UNKNOWN =
      new Cycle("unknown", LocalDate.EPOCH, LocalDate.of(9999, 12, 30), UTC);

  private static final List<Key<?>> NUMBERS =
      List.of(OkrKeys.TARGET, OkrKeys.BASELINE, OkrKeys.AT_LEAST, OkrKeys.AT_MOST, OkrKeys.TYPED);

  private final Context context;
  private final Measures measures;
  private final Optional<FormulaVocabulary> vocabulary;
  private final List<Objective> objectives = new ArrayList<>();
  private final Map<String, Formula> formulas = new LinkedHashMap<>();
  private final Map<String, Place> objectiveIds = new HashMap<>();
  private final Map<String, Place> keyResultIds = new HashMap<>();
  private final Map<String, Cycle> cycles = new HashMap<>();

  /** By the id of a key result, or the word "objective" and the id of an objective. */
  private final Map<String, Section> sectionsById = new HashMap<>();

  /** By the id of an objective. */
  private final Map<String, Place> cyclePlaces = new HashMap<>();

  private final Map<String, Cycle> cyclesOfObjectives = new HashMap<>();
  private final ChildLinks children;

  /**
   * @param measures what formulas may say, as far as that is known
   */
  Objectives(Measures measures, Context context) {
    this.measures = measures;
    this.vocabulary = measures.formulas();
    this.context = context;
    this.children = new ChildLinks(context);
  }

  List<Objective> all() {
    return objectives;
  }

  /** By key result. */
  Map<String, Formula> formulas() {
    return formulas;
  }

  /** Where this key of an objective or key result stands; that of its cycle, where it is asked. */
  Place place(String objective, @Nullable String keyResult, String key) {
    Section section = sectionsById.get(keyResult == null ? "objective " + objective : keyResult);
    Place cycle = cyclePlaces.get(objective);
    return key.equals("cycle") && cycle != null
        ? cycle
        : Objects.requireNonNull(section, "it was read").place(key);
  }

  void add(Section file) {
    Optional<Cycle> cycle = file.get(OkrKeys.CYCLE_KEY).flatMap(this::cycle);
    Grades grades = file.get(OkrKeys.GRADES).flatMap(this::grades).orElse(Grades.STANDARD);
    file.get(OkrKeys.OBJECTIVES)
        .ifPresent(
            all ->
                all.forEach(
                    section ->
                        objective(section, cycle, file.place(OkrKeys.CYCLE_KEY.name()), grades)));
  }

  /** What can be said only when all files were read. */
  void checkTogether() {
    children.check(objectiveIds.keySet(), cyclesOfObjectives);
  }

  private Optional<Grades> grades(Section section) {
    return section.make(
        context,
        () ->
            new Grades(
                section.get(OkrKeys.GOOD).orElse(Grades.STANDARD.good()),
                section.get(OkrKeys.FAR_OFF).orElse(Grades.STANDARD.farOff()),
                section.get(OkrKeys.SUCCESS).orElse(Grades.STANDARD.success())));
  }

  private Optional<Cycle> cycle(Section section) {
    Optional<Cycle> cycle =
        section.make(
            context,
            () ->
                new Cycle(
                    section.need(OkrKeys.CYCLE_ID),
                    section.need(OkrKeys.FROM),
                    section.need(OkrKeys.TO),
                    CycleZones.zone(section),
                    section.get(OkrKeys.TOLERANCE).orElse(BigDecimal.ZERO)));
    cycle.ifPresent(one -> checkSame(one, section));
    if (!section.sound()) {
      checkDays(section);
    }
    return cycle;
  }

  /** Its days may be wrong besides its zone or its id. */
  private void checkDays(Section section) {
    Optional<LocalDate> from = section.get(OkrKeys.FROM);
    Optional<LocalDate> to = section.get(OkrKeys.TO);
    if (from.isPresent() && to.isPresent()) {
      String id = section.get(OkrKeys.CYCLE_ID).orElse("without id");
      section.tried(context, () -> new Cycle(id, from.get(), to.get(), UTC));
    }
  }

  /** Several files may share a cycle, if they agree on it. */
  private void checkSame(Cycle cycle, Section section) {
    Cycle first = cycles.putIfAbsent(cycle.id(), cycle);
    if (first != null && !first.equals(cycle)) {
      context.problem(
          section.node(),
          "cycle %s is another one in another file: %s to %s, %s, with a tolerance of %s%%"
              .formatted(
                  cycle.id(),
                  first.from(),
                  first.to(),
                  first.zone(),
                  first.tolerance().movePointRight(2).toPlainString()));
    }
  }

  private void objective(Section section, Optional<Cycle> cycle, Place cyclePlace, Grades grades) {
    unique(section, OkrKeys.OBJECTIVE_ID, objectiveIds, "objective");
    section
        .get(OkrKeys.OBJECTIVE_ID)
        .ifPresent(
            id -> {
              sectionsById.putIfAbsent("objective " + id, section);
              cyclePlaces.putIfAbsent(id, cyclePlace);
              cycle.ifPresent(one -> cyclesOfObjectives.putIfAbsent(id, one));
            });
    List<Section> sections = section.get(OkrKeys.KEY_RESULTS).orElse(List.of());
    List<KeyResult> keyResults = new ArrayList<>();
    for (Section one : sections) {
      unique(one, OkrKeys.KEY_RESULT_ID, keyResultIds, "key result");
      one.get(OkrKeys.KEY_RESULT_ID).ifPresent(id -> sectionsById.putIfAbsent(id, one));
      formula(one);
      String objective = section.get(OkrKeys.OBJECTIVE_ID).orElse("unknown");
      keyResult(one, objective, cycle.orElse(UNKNOWN), grades).ifPresent(keyResults::add);
    }
    if (cycle.isPresent() && keyResults.size() == sections.size()) {
      section
          .make(
              context,
              () ->
                  new Objective(
                      section.need(OkrKeys.OBJECTIVE_ID),
                      section.need(OkrKeys.OBJECTIVE_TITLE),
                      section.need(OkrKeys.OWNER),
                      cycle.get(),
                      keyResults))
          .ifPresent(objectives::add);
    }
  }

  private Optional<KeyResult> keyResult(
      Section section, String objective, Cycle around, Grades grades) {
    Cycle cycle = section.get(OkrKeys.OWN_CYCLE).flatMap(this::cycle).orElse(around);
    children.add(section, objective, cycle);
    initiatives(section);
    if (!section.sound() && !isNumeric(section)) {
      return Optional.empty();
    }
    Optional<KeyResult> made =
        section.tried(
            context,
            () ->
                new KeyResult(
                    section.get(OkrKeys.KEY_RESULT_ID).orElse("unknown"),
                    section.get(OkrKeys.KEY_RESULT_TITLE).orElse("unknown"),
                    objective,
                    section.get(OkrKeys.FORMULA).map(Node.Scalar::text).orElse(""),
                    goal(section),
                    section.get(OkrKeys.UNIT).orElse(section.has(OkrKeys.CHILD) ? "%" : ""),
                    weight(section),
                    cycle,
                    terms(section, grades)));
    return section.sound() ? made : Optional.empty();
  }

  /** Whether its numbers can be checked, though something else in it is not right. */
  private static boolean isNumeric(Section section) {
    boolean other =
        section.has(OkrKeys.CHILD) || section.has(OkrKeys.DONE_BY) || section.has(OkrKeys.WATCH);
    boolean read =
        NUMBERS.stream().allMatch(key -> section.has(key) == section.get(key).isPresent());
    boolean reach = section.has(OkrKeys.TARGET) && section.has(OkrKeys.BASELINE);
    boolean limit = section.has(OkrKeys.AT_LEAST) || section.has(OkrKeys.AT_MOST);
    return read
        && !other
        && (reach || (limit && !section.has(OkrKeys.TARGET)))
        && !section.has(OkrKeys.PACE);
  }

  private static BigDecimal weight(Section section) {
    int factors =
        section.get(OkrKeys.PRIORITY).orElse(1) * section.get(OkrKeys.DIFFICULTY).orElse(1);
    return section.get(OkrKeys.WEIGHT).orElse(BigDecimal.ONE).multiply(BigDecimal.valueOf(factors));
  }

  private static Terms terms(Section section, Grades grades) {
    return new Terms(
        section.get(OkrKeys.KEY_RESULT_OWNER),
        new Pace(
            section.get(OkrKeys.PACE).orElse(List.of()).stream()
                .map(it -> new Pace.Step(it.need(OkrKeys.BY), it.need(OkrKeys.REACH)))
                .toList()),
        section.get(OkrKeys.AMBITION).orElse(Ambition.COMMITTED),
        section.get(OkrKeys.INDICATOR),
        section.get(OkrKeys.TYPED),
        section.get(OkrKeys.CHILD),
        section.get(OkrKeys.INITIATIVES),
        grades);
  }

  private static Goal goal(Section section) {
    if (section.has(OkrKeys.CHILD)) {
      return ALL_OF_IT;
    }
    if (section.has(OkrKeys.WATCH)) {
      return new Watch();
    }
    Optional<LocalDate> doneBy = section.get(OkrKeys.DONE_BY);
    if (doneBy.isPresent()) {
      return new Milestone(doneBy.get());
    }
    return section
        .get(OkrKeys.TARGET)
        .<Goal>map(target -> new Reach(section.need(OkrKeys.BASELINE).orElse(null), target))
        .orElseGet(
            () ->
                new Limit(
                    section.get(OkrKeys.AT_LEAST).orElse(null),
                    section.get(OkrKeys.AT_MOST).orElse(null)));
  }

  /** Only issues tell whether they are done, due and blocked. */
  private void initiatives(Section section) {
    Optional<String> measure = section.get(OkrKeys.INITIATIVES);
    if (measure.isEmpty() || vocabulary.isEmpty()) {
      return;
    }
    Place place = section.place(OkrKeys.INITIATIVES.name());
    if (!measures.names().contains(measure.get())) {
      context
          .problems()
          .add(
              place,
              "no measure is called '%s'".formatted(measure.get()),
              Names.hint(measure.get(), measures.names()));
    }
    measures
        .kind(measure.get())
        .filter(kind -> kind != RecordKind.ISSUE)
        .ifPresent(
            kind ->
                context
                    .problems()
                    .add(
                        place,
                        "initiatives are issues, but '%s' takes records of the kind %s"
                            .formatted(measure.get(), kind.label()),
                        "name a measure of a source of issues"));
  }

  private void unique(Section section, Key<String> key, Map<String, Place> seen, String what) {
    Optional<String> id = section.get(key);
    Place place = section.place(key.name());
    Place first = id.isEmpty() ? null : seen.putIfAbsent(id.get(), place);
    if (first != null) {
      context
          .problems()
          .add(
              place,
              "another %s has the id '%s': %s, line %d"
                  .formatted(what, id.orElse(""), first.file().shownName(), first.line()));
    }
  }

  private void formula(Section section) {
    Optional<Node.Scalar> text = section.get(OkrKeys.FORMULA);
    if (text.isEmpty() || vocabulary.isEmpty()) {
      return;
    }
    Compiled<Formula> compiled = vocabulary.get().compile(text.get().text());
    if (compiled instanceof Compiled.Ready<Formula> ready) {
      section.get(OkrKeys.KEY_RESULT_ID).ifPresent(id -> formulas.put(id, ready.value()));
    }
    if (compiled instanceof Compiled.Refused<Formula> refused) {
      for (ExpressionProblem problem : refused.problems()) {
        Place place = text.get().inside(problem.line(), problem.column());
        context.problems().add(place, problem.message(), hint(problem));
      }
    }
  }

  /** Who names a field in a formula may not know where it belongs. */
  private static @Nullable String hint(ExpressionProblem problem) {
    boolean field =
        Arrays.stream(RecordKind.values())
            .flatMap(kind -> kind.fields().keySet().stream())
            .anyMatch(name -> problem.message().equals("undeclared name '" + name + "'"));
    return field
        ? problem.hint()
            + "; a formula computes with measures, which select records by their fields"
        : problem.hint();
  }
}
