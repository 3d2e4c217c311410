package io.okrsync.measure;

import static java.util.Objects.requireNonNull;

import io.okrsync.connector.RecordKind;
import io.okrsync.connector.SourceRecord;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A number taken from records: which count, when, and how much. Compiled once, used by several
 * threads.
 *
 * <p>What depends on an unset field is unset. A record whose {@code where} is unset does not count;
 * one whose {@code at} is unset is not dated and does not count; one that counts, but whose value
 * or currency is unset, contributes a problem.
 */
public final class Measure {
  private final MeasureDefinition definition;
  private final String version;
  private final @Nullable Expression<SourceRecord> where;
  private final Expression<SourceRecord> at;
  private final @Nullable Expression<SourceRecord> value;
  private final @Nullable Expression<SourceRecord> by;
  private final @Nullable Expression<SourceRecord> currency;

  Measure(
      MeasureDefinition definition,
      String version,
      @Nullable Expression<SourceRecord> where,
      Expression<SourceRecord> at,
      @Nullable Expression<SourceRecord> value,
      @Nullable Expression<SourceRecord> by,
      @Nullable Expression<SourceRecord> currency) {
    this.definition = definition;
    this.version = version;
    this.where = where;
    this.at = at;
    this.value = value;
    this.by = by;
    this.currency = currency;
  }

  /**
   * Compiles a measure over records of this kind, or says all that is wrong with it. The problems'
   * keys are those of measures.yaml; the key of the value is {@link Aggregate#key()}.
   */
  public static Compiled<Measure> compile(
      MeasureDefinition definition, RecordKind kind, Definitions definitions) {
    return new MeasureCompilation(definition, kind, definitions).result();
  }

  /** The same without definitions. */
  public static Compiled<Measure> compile(MeasureDefinition definition, RecordKind kind) {
    return compile(definition, kind, Definitions.NONE);
  }

  public MeasureDefinition definition() {
    return definition;
  }

  /** What it comes to in formulas: a number, or a time. */
  public ValueType<?> type() {
    return ofTimes() ? ValueType.MOMENT : ValueType.NUMBER;
  }

  private boolean ofTimes() {
    return definition.aggregate() != Aggregate.DISTINCT
        && value != null
        && value.type().equals(ValueType.TIME);
  }

  /**
   * Names what it computes: two measures of the same version make the same contributions of the
   * same records. Such as {@code revenue@5f3a9c0d1e2b}.
   */
  public String version() {
    return version;
  }

  /** What the record adds to this measure; empty when it does not count. */
  public Optional<Contribution> contribution(SourceRecord record) {
    if (record.removed()) {
      return Optional.empty();
    }
    Outcome counts = where == null ? new Outcome.Known(true) : where.evaluate(record);
    if (counts instanceof Outcome.Unset || counts.equals(new Outcome.Known(false))) {
      return Optional.empty();
    }
    @Nullable String problem = problem("where", counts, ValueType.FLAG);
    return date(record)
        .flatMap(dated -> contribution(record, dated, problem))
        .map(counting -> keyed(record, counting));
  }

  /**
   * The unset fields for want of which the record does not count; empty where it counts, and where
   * it does not for another reason.
   */
  public List<String> lacking(SourceRecord record) {
    Outcome counts = where == null ? new Outcome.Known(true) : where.evaluate(record);
    if (counts instanceof Outcome.Unset unset) {
      return unset.names();
    }
    return counts.equals(new Outcome.Known(true))
            && at.evaluate(record) instanceof Outcome.Unset undated
        ? undated.names()
        : List.of();
  }

  /**
   * A record that counts under no key still counts; one whose key cannot be told is a problem,
   * before all others, since it may be of any key.
   */
  private Contribution keyed(SourceRecord record, Contribution counting) {
    boolean byItem = by == null && definition.aggregate() == Aggregate.DISTINCT;
    @Nullable Expression<SourceRecord> keys = byItem ? value : by;
    @Nullable Outcome key = keys == null ? null : keys.evaluate(record);
    if (key instanceof Outcome.Failed failed) {
      Dated dated = new Dated(counting.at(), null);
      return problem(record, dated, (byItem ? "distinct: " : "by: ") + text(failed.reason()));
    }
    @Nullable String text = key instanceof Outcome.Known known ? known.value().toString() : null;
    return counting.under(text);
  }

  private Optional<Contribution> contribution(
      SourceRecord record, Dated dated, @Nullable String problemBefore) {
    @Nullable String problem = problemBefore != null ? problemBefore : dated.problem;
    if (problem != null) {
      return Optional.of(problem(record, dated, problem));
    }
    return switch (definition.aggregate()) {
      case COUNT -> Optional.of(counted(record, dated, null));
      case DISTINCT -> distinct(record, dated);
      default -> Optional.of(valued(record, dated));
    };
  }

  /**
   * When a record counts.
   *
   * @param at null where it cannot be computed; the problem says why
   */
  private record Dated(@Nullable Instant at, @Nullable String problem) {}

  private Optional<Dated> date(SourceRecord record) {
    Outcome outcome = at.evaluate(record);
    if (outcome instanceof Outcome.Unset) {
      return Optional.empty();
    }
    @Nullable String problem = problem("at", outcome, ValueType.TIME);
    return Optional.of(
        outcome instanceof Outcome.Known known && known.value() instanceof Instant date
            ? new Dated(date.truncatedTo(ChronoUnit.MICROS), problem)
            : new Dated(null, problem));
  }

  private Optional<Contribution> distinct(SourceRecord record, Dated dated) {
    Outcome outcome = requireNonNull(value).evaluate(record);
    if (outcome instanceof Outcome.Unset) {
      return Optional.empty();
    }
    return Optional.of(
        outcome instanceof Outcome.Known known
            ? counted(record, dated, known.value().toString())
            : problem(record, dated, requireNonNull(problem(key(), outcome, ValueType.ANY))));
  }

  private Contribution valued(SourceRecord record, Dated dated) {
    Outcome outcome = numbered(requireNonNull(value).evaluate(record));
    @Nullable String problem = problem(key(), outcome, ValueType.NUMBER);
    if (problem != null) {
      return problem(record, dated, problem);
    }
    Exact number = (Exact) ((Outcome.Known) outcome).value();
    BigDecimal rounded = Decimals.rounded(number.value());
    if (Decimals.isTooLarge(rounded)) {
      return problem(record, dated, key() + ": the number is too large");
    }
    return currency == null
        ? contribution(record, dated, rounded, null)
        : money(record, dated, rounded, currency.evaluate(record));
  }

  /** A time is the days since 1970 began in UTC, so that the difference of two is days. */
  private Outcome numbered(Outcome outcome) {
    return outcome instanceof Outcome.Known known
            && known.value() instanceof Instant time
            && ofTimes()
        ? new Outcome.Known(Exact.of(Duration.between(Instant.EPOCH, time), 86_400))
        : outcome;
  }

  private Contribution money(SourceRecord record, Dated dated, BigDecimal amount, Outcome outcome) {
    @Nullable String problem = problem("currency", outcome, ValueType.TEXT);
    if (problem != null) {
      return problem(record, dated, problem);
    }
    String code = ((String) ((Outcome.Known) outcome).value()).strip();
    return code.isEmpty()
        ? problem(record, dated, "currency is empty")
        : converted(record, dated, new Money(amount, code.toUpperCase(Locale.ROOT)));
  }

  /** Money without a rate keeps its currency, which makes the whole unknown. */
  private Contribution converted(SourceRecord record, Dated dated, Money stated) {
    Instant at = requireNonNull(dated.at, "one without a problem is dated");
    Optional<Money> converted = definition.converted(stated, at);
    if (converted.isEmpty()) {
      return contribution(record, dated, stated.amount(), stated.currency());
    }
    Money its = converted.get();
    return Decimals.isTooLarge(its.amount())
        ? problem(record, dated, key() + ": the number is too large")
        : new Contribution(
            version, record.id(), at, its.amount(), null, null, its.currency(), null, stated);
  }

  /** Why the outcome is no value of this type, such as {@code points is not set}. */
  private static @Nullable String problem(String key, Outcome outcome, ValueType<?> wanted) {
    if (outcome instanceof Outcome.Unset unset) {
      return String.join(" and ", unset.names()) + " is not set";
    }
    if (outcome instanceof Outcome.Failed failed) {
      return key + ": " + text(failed.reason());
    }
    Object value = ((Outcome.Known) outcome).value();
    return wanted.java().isInstance(value)
        ? null
        : "%s: %s where %s is needed".formatted(key, ValueType.wordsFor(value), wanted.words());
  }

  private String key() {
    return definition.aggregate().key();
  }

  private static String text(Reason reason) {
    return reason.name() == Reason.Name.DIVISION_BY_NOTHING ? reason.toString() : reason.text();
  }

  private Contribution counted(SourceRecord record, Dated dated, @Nullable String item) {
    return new Contribution(version, record.id(), dated.at, BigDecimal.ONE, item, null, null);
  }

  private Contribution contribution(
      SourceRecord record, Dated dated, BigDecimal amount, @Nullable String currency) {
    return new Contribution(version, record.id(), dated.at, amount, null, currency, null);
  }

  private Contribution problem(SourceRecord record, Dated dated, String problem) {
    return new Contribution(version, record.id(), dated.at, null, null, null, problem);
  }
}
