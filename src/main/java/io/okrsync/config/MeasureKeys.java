package io.okrsync.config;

import io.okrsync.measure.Aggregate;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The keys of {@code measures.yaml}: which records count, when, and how much. */
final class MeasureKeys {
  static final Key<String> FROM =
      Key.required("from", Kinds.LINE, "crm", "The source whose records it takes.");
  static final Key<Node.Scalar> WHERE =
      Key.optional(
          "where",
          new ExpressionText(),
          "all records",
          "status == 'won'",
          "Which records count: a condition over their fields.");
  static final Key<Node.Scalar> AT =
      Key.required(
          "at",
          new ExpressionText(),
          "wonAt",
          "When a record counts: a time. A record without it does not count yet.");
  static final Key<Boolean> COUNT =
      Key.optional("count", Kinds.TRUE, null, "true", "The number of records.");
  static final Key<BigDecimal> RANK =
      Key.optional(
          "rank",
          Kinds.NUMBER,
          null,
          "90",
          "With percentile: how many of a hundred records do not exceed the result.");
  static final Key<Node.Scalar> BY =
      Key.optional(
          "by",
          new ExpressionText(),
          null,
          "owner",
          "The key under which a record counts, for groups() and among().");
  static final Key<Node.Scalar> CURRENCY =
      Key.optional(
          "currency",
          new ExpressionText(),
          null,
          "currency",
          "The currency of a record's value, where the value is money.");
  static final Key<String> IN =
      Key.optional(
          "in",
          Kinds.CURRENCY,
          null,
          "USD",
          "The currency of the result. Records in another make it unknown, never wrong.");
  static final Key<String> RATES =
      Key.optional(
          "rates",
          Kinds.LINE,
          null,
          "monthly",
          "The table of rates by which other currencies are converted, on the day of 'at'.");

  /** Every aggregate but count, whose key holds the value of one record. */
  static final Map<Aggregate, Key<Node.Scalar>> VALUES =
      Map.of(
          Aggregate.DISTINCT,
              value(Aggregate.DISTINCT, "owner", "How many different values there are."),
          Aggregate.SUM, value(Aggregate.SUM, "value", "The exact sum."),
          Aggregate.AVERAGE,
              value(Aggregate.AVERAGE, "days(wonAt - createdAt)", "The mean over the records."),
          Aggregate.MIN, value(Aggregate.MIN, "value", "The smallest value."),
          Aggregate.MAX, value(Aggregate.MAX, "value", "The greatest value."),
          Aggregate.MEDIAN,
              value(
                  Aggregate.MEDIAN,
                  "days(resolvedAt - createdAt)",
                  "The value in the middle, which single extremes do not move."),
          Aggregate.PERCENTILE,
              value(
                  Aggregate.PERCENTILE,
                  "hours(resolvedAt - createdAt)",
                  "The least value that so many of a hundred (rank) do not exceed."),
          Aggregate.LATEST,
              value(Aggregate.LATEST, "value", "The value of the record dated last."));

  private static final List<Key<?>> AGGREGATES =
      Arrays.stream(Aggregate.values()).<Key<?>>map(MeasureKeys::of).toList();

  static final Shape MEASURE =
      new Shape(
          Stream.of(List.of(FROM, WHERE, AT), AGGREGATES, List.of(RANK, BY, CURRENCY, IN, RATES))
              .<Key<?>>flatMap(List::stream)
              .toList(),
          List.of(
              new Rule.OneOf(AGGREGATES),
              new Rule.Needs(CURRENCY, IN),
              new Rule.Needs(IN, CURRENCY),
              new Rule.Needs(RATES, CURRENCY),
              new Rule.Needs(of(Aggregate.PERCENTILE), RANK),
              new Rule.Needs(RANK, of(Aggregate.PERCENTILE))),
          Map.of(
              "last", "a formula says in which days: last(deals_won, '30d')",
              "window", "a formula says in which days: last(deals_won, '30d')",
              "each", "a formula says in which days: sum(each(deals_won, 'month'))",
              "previous", "a formula says in which days: previous(deals_won)"));
  static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,59}");
  static final Key<Map<String, Section>> MEASURES =
      Key.required(
          "measures",
          new MapOf<>(
              NAME, "lower case letters, digits and _, at most 60, as formulas use it", MEASURE),
          "{ deals_won: { from: crm, at: wonAt, count: true } }",
          "Each measure by the name that formulas use.");
  static final Key<Map<String, DefinitionText.Defined>> DEFINITIONS =
      Key.optional(
          "definitions",
          new MapOf<>(NAME, "lower case letters, digits and _, at most 60", new DefinitionText()),
          "none",
          "{ mql: stage == 'MQL', key_customers: [Acme, Globex], quota: { ann: 12, bob: 8 } }",
          "Names for expressions, lists and numbers for each key, to be used in measures and"
              + " formulas.");
  static final Key<String> RATES_IN =
      Key.required("in", Kinds.CURRENCY, "USD", "The currency in which the rates are told.");
  static final Key<Map<String, Map<String, BigDecimal>>> RATES_FROM =
      Key.required(
          "from",
          new MapOf<>(
              Pattern.compile("[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"),
              "the first day on which the rates hold, such as 2026-10-01",
              new MapOf<>(Pattern.compile("[A-Z]{3}"), "a currency code such as EUR", Kinds.RATE)),
          "{ 2026-10-01: { EUR: 1.08 } }",
          "What one unit of each currency is worth, from each day (UTC) on.");
  static final Shape RATE_TABLE = Shape.of(RATES_IN, RATES_FROM);
  static final Key<Map<String, Section>> RATE_TABLES =
      Key.optional(
          "rates",
          new MapOf<>(NAME, "lower case letters, digits and _, at most 60", RATE_TABLE),
          "none",
          "{ monthly: { in: USD, from: { 2026-10-01: { EUR: 1.08 } } } }",
          "Tables of currency rates by name, for measures that convert money.");
  static final Shape FILE = Shape.of(DEFINITIONS, RATE_TABLES, MEASURES);

  private MeasureKeys() {}

  /** The key of an aggregate. */
  static Key<?> of(Aggregate aggregate) {
    Key<?> value = VALUES.get(aggregate);
    return value == null ? COUNT : value;
  }

  private static Key<Node.Scalar> value(Aggregate aggregate, String example, String meaning) {
    return Key.optional(aggregate.key(), new ExpressionText(), null, example, meaning);
  }
}
