package io.okrsync.measure;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why there is no value. It has a name that can be looked up and a sentence that says what to do.
 */
public record Reason(Name name, String text) {
  /** The reasons there are. */
  public enum Name {
    /** The source has not been read completely yet. */
    NEVER_READ,
    /** The formula asks for days that are over, and none is. */
    NOT_YET,
    /**
     * No record counts in the window, and of nothing there is no average, minimum, maximum, median
     * or latest value.
     */
    NO_RECORDS,
    /** A record that counts lacks what the measure needs. */
    MISSING_FIELD,
    /** Money in a currency of which the table of rates has no rate on its day. */
    MISSING_RATE,
    /** Money in more than one currency, or not in the one asked for. */
    MIXED_CURRENCIES,
    /** The formula divides by zero. */
    DIVISION_BY_NOTHING,
    /** The formula failed in another way on these readings. */
    FORMULA_FAILED
  }

  /** Such as {@code division by nothing: deals_won + deals_lost is 0}. */
  @Override
  public String toString() {
    return name.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + text;
  }

  /** The source of the measure has no published run. */
  static Reason neverRead(MeasureDefinition measure) {
    return new Reason(
        Name.NEVER_READ,
        "source '%s' of '%s' has not been read completely yet"
            .formatted(measure.from(), measure.name()));
  }

  /** Why these totals are no value, the gravest reason first; null where they are one. */
  static @Nullable Reason in(MeasureDefinition measure, Totals totals) {
    if (totals.problems() > 0) {
      return missingField(measure, totals);
    }
    if (measure.in() != null && !totals.currenciesBesides(measure.in()).isEmpty()) {
      return mixedCurrencies(measure, measure.in(), totals);
    }
    if (totals.records() == 0 && !measure.aggregate().emptyIsZero()) {
      return noRecords(measure);
    }
    return null;
  }

  private static Reason missingField(MeasureDefinition measure, Totals totals) {
    return new Reason(
        Name.MISSING_FIELD,
        "%d of %d records that count for '%s' cannot be used; the first is '%s': %s"
            .formatted(
                totals.problems(),
                totals.records(),
                measure.name(),
                totals.firstProblemRecord(),
                totals.firstProblem()));
  }

  private static Reason mixedCurrencies(MeasureDefinition measure, String in, Totals totals) {
    if (measure.rates() != null) {
      return new Reason(
          Name.MISSING_RATE,
          "'%s' is in %s, but the rates '%s' have none of %s for the day of a record that counts"
              .formatted(
                  measure.name(),
                  in,
                  measure.rates().name(),
                  String.join(", ", totals.currenciesBesides(in))));
    }
    return new Reason(
        Name.MIXED_CURRENCIES,
        "'%s' is in %s, but records that count are in %s"
            .formatted(measure.name(), in, String.join(", ", totals.currenciesBesides(in))));
  }

  private static Reason noRecords(MeasureDefinition measure) {
    return new Reason(
        Name.NO_RECORDS,
        "no record counts for '%s', and of nothing there is no %s"
            .formatted(measure.name(), measure.aggregate().key()));
  }
}
