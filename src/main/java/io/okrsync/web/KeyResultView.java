package io.okrsync.web;

import io.okrsync.audit.EntryFilter;
import io.okrsync.audit.Explanation;
import io.okrsync.audit.Restatement;
import io.okrsync.measure.MeasureDefinition;
import io.okrsync.okr.CheckIn;
import io.okrsync.okr.Cycle;
import io.okrsync.okr.Input;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Standing;
import io.okrsync.okr.Statement;
import io.okrsync.okr.ValueAt;
import io.okrsync.store.KeyResultReading;
import io.okrsync.sync.Concern;
import io.okrsync.sync.Difference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The page of a key result.
 *
 * @param worries what is the matter with its sources and nothing else here says; none where the
 *     value is final
 * @param definitions the named expressions behind, one a line; empty where there are none
 * @param zoom the readings alone, while they are only a small part of the cycle; null otherwise
 * @param baseline how it was measured and frozen; null where it is typed
 * @param terms what was agreed on it, in a line
 * @param statusRule how the status is derived
 * @param forecast where it would end; null while that cannot be said
 * @param receipt where the records behind the value are; null before the first reading
 * @param inputsAt when the inputs were read; null before the first reading
 * @param more whether there are older readings than those listed
 * @param log where the audit entries are that tell of it
 * @param typed whether a person types the value
 * @param rollUp the objective whose score is the value; null where none is
 * @param initiatives the issues that are linked to it; null where none are asked for
 * @param statementAction where a statement is sent
 * @param checkInAction where a check-in is sent
 * @param gone records that counted until they were removed, newest first
 * @param why what moved the value between the two moments asked for; null where it had none
 * @param restated what has become of the final value; null where it is still that, or not yet final
 */
public record KeyResultView(
    KeyResultCard card,
    List<SourceWorry> worries,
    String objective,
    String objectiveAddress,
    String cycle,
    String formula,
    Chart chart,
    @Nullable Chart zoom,
    @Nullable String baseline,
    String terms,
    String statusRule,
    @Nullable String forecast,
    List<MeasureCode> measures,
    String definitions,
    List<InputRow> inputs,
    @Nullable String receipt,
    @Nullable Moment inputsAt,
    List<HistoryRow> history,
    boolean more,
    String log,
    String checkInAction,
    List<CheckInRow> checkIns,
    boolean typed,
    @Nullable RollUpView rollUp,
    @Nullable InitiativesView initiatives,
    String statementAction,
    List<StatementRow> statements,
    List<GoneRow> gone,
    @Nullable WhyView why,
    @Nullable RestatementRow restated) {
  private static final int LISTED = 50;
  private static final int SMALL_PART = 8;

  /** Why there is no value, or no newer one, says so. */
  private static final Set<Concern.Kind> TOLD_ANYWAY =
      Set.of(Concern.Kind.HELD, Concern.Kind.NEVER_ATTEMPTED, Concern.Kind.INCOMPLETE);

  /** What is the matter with a source, and where its runs are. */
  public record SourceWorry(String source, String runs, SourceCard.Worry worry) {
    private static Stream<SourceWorry> of(SourceRow source) {
      return source.concerns().stream()
          .filter(it -> !TOLD_ANYWAY.contains(it.kind()))
          .map(SourceCard.Worry::of)
          .map(it -> new SourceWorry(source.name(), Addresses.runsOf(source.name()), it));
    }
  }

  /** A measure as it stands in measures.yaml. */
  public record MeasureCode(String name, String source, String runs, String code) {}

  /** A record that counts no more, in a sentence. */
  public record GoneRow(String sentence, long run, Moment noticedAt) {
    private static GoneRow of(Difference removal, Moments moments) {
      return new GoneRow(removal.inWords(), removal.run(), moments.at(removal.noticedAt()));
    }
  }

  /**
   * @param reason why there is no value; null where there is one
   */
  public record InputRow(
      String name,
      String window,
      String records,
      Amount value,
      @Nullable Long run,
      @Nullable String reason) {}

  /**
   * @param reason why no new value could be read; null where one was
   * @param run null where a configuration or the end of a day moved it
   * @param why where this change is explained
   * @param receipt where all is that it was computed from
   */
  public record HistoryRow(
      long id,
      Moment at,
      Amount from,
      Amount to,
      String cause,
      @Nullable Long run,
      @Nullable String reason,
      String why,
      String receipt) {}

  /**
   * @param sources all there are
   * @param newestFirst its readings
   * @param checkIns newest first
   * @param removals newest first
   */
  static KeyResultView of(
      KeyResultDetail detail,
      List<SourceRow> sources,
      @Nullable Explanation explained,
      List<KeyResultReading> newestFirst,
      List<CheckIn> checkIns,
      List<Difference> removals,
      List<Statement> statements,
      Optional<Restatement> restated,
      Instant now) {
    Standing standing = detail.standing();
    KeyResult keyResult = standing.keyResult();
    Cycle cycle = keyResult.cycle();
    Moments moments = new Moments(now, cycle.zone());
    List<ValueAt> course = course(detail, newestFirst);
    List<KeyResultReading> newest = newestFirst.stream().limit(1).toList();
    return new KeyResultView(
        KeyResultCard.of(standing, newestFirst, checkIns, moments),
        worries(detail, sources),
        detail.objective().title(),
        Addresses.objective(detail.objective().id()),
        cycle.id() + ", " + Moments.days(cycle.from(), cycle.to()),
        formula(keyResult),
        Chart.ofCycle(standing, course, now),
        isSmallPart(detail, course, now) ? Chart.ofReadings(standing, course, now) : null,
        new GoalText(standing).baseline(moments),
        GoalText.terms(standing),
        Sentences.statusRule(keyResult.terms().grades()),
        detail.forecast().map(it -> Sentences.forecast(it, keyResult)).orElse(null),
        detail.measures().stream().map(KeyResultView::code).toList(),
        detail.definitions().entrySet().stream()
            .map(each -> each.getKey() + ": " + each.getValue())
            .collect(Collectors.joining("\n")),
        newest.stream()
            .flatMap(each -> each.inputs().stream())
            .map(each -> input(each, moments))
            .toList(),
        newest.isEmpty() ? null : Addresses.reading(newest.get(0).id()),
        newest.isEmpty() ? null : moments.at(newest.get(0).at()),
        newestFirst.stream()
            .limit(LISTED)
            .map(each -> row(each, keyResult.unit(), moments))
            .toList(),
        newestFirst.size() > LISTED,
        Addresses.audit(EntryFilter.ofKeyResult(keyResult.id())),
        Addresses.checkIns(keyResult.id()),
        checkIns.stream().map(each -> CheckInRow.of(each, standing.status(), moments)).toList(),
        keyResult.isTyped(),
        RollUpView.of(standing),
        detail.initiatives().map(it -> InitiativesView.of(it, moments)).orElse(null),
        Addresses.statements(keyResult.id()),
        statements.stream().map(each -> StatementRow.of(each, keyResult.unit(), moments)).toList(),
        removals.stream().map(each -> GoneRow.of(each, moments)).toList(),
        explained == null ? null : WhyView.of(explained, keyResult.unit(), moments),
        restated.map(it -> RestatementRow.of(it, null, moments)).orElse(null));
  }

  private static List<SourceWorry> worries(KeyResultDetail detail, List<SourceRow> sources) {
    if (detail.standing().marks().isClosed()) {
      return List.of();
    }
    Set<String> own =
        detail.measures().stream().map(MeasureDefinition::from).collect(Collectors.toSet());
    return sources.stream().filter(it -> own.contains(it.name())).flatMap(SourceWorry::of).toList();
  }

  private static String formula(KeyResult keyResult) {
    return keyResult
        .terms()
        .child()
        .map("the score of objective '%s', in per cent"::formatted)
        .orElse(keyResult.isTyped() ? "a person types the value" : keyResult.formula());
  }

  /** Its values, oldest first. */
  private static List<ValueAt> course(KeyResultDetail detail, List<KeyResultReading> newestFirst) {
    List<ValueAt> course = new ArrayList<>(values(newestFirst));
    Collections.reverse(course);
    return detail.course().isEmpty() ? course : detail.course();
  }

  /** Those of the readings that have one. */
  static List<ValueAt> values(List<KeyResultReading> readings) {
    return readings.stream()
        .flatMap(it -> Stream.ofNullable(it.value()).map(value -> new ValueAt(it.at(), value)))
        .toList();
  }

  /** What is told by the day is no clearer from nearer by. */
  private static boolean isSmallPart(KeyResultDetail detail, List<ValueAt> course, Instant now) {
    if (course.size() < 2 || !detail.course().isEmpty()) {
      return false;
    }
    Cycle cycle = detail.standing().keyResult().cycle();
    Duration known = Duration.between(course.get(0).at(), now);
    Duration whole = Duration.between(cycle.start(), cycle.end());
    return known.multipliedBy(SMALL_PART).compareTo(whole) < 0;
  }

  private static MeasureCode code(MeasureDefinition measure) {
    return new MeasureCode(
        measure.name(), measure.from(), Addresses.runsOf(measure.from()), MeasureText.of(measure));
  }

  static InputRow input(Input input, Moments moments) {
    return new InputRow(
        input.name(),
        moments.window(input.from(), input.to()),
        RunRow.count(input.records()),
        Amount.of(input.value(), ""),
        input.run(),
        input.reason());
  }

  private static HistoryRow row(KeyResultReading reading, String unit, Moments moments) {
    return new HistoryRow(
        reading.id(),
        moments.at(reading.at()),
        Amount.of(reading.previous(), unit),
        Amount.of(reading.value(), unit),
        reading.cause().name().toLowerCase(Locale.ROOT),
        reading.run(),
        reading.reason(),
        Addresses.why(reading.keyResult(), reading.at()),
        Addresses.reading(reading.id()));
  }
}
