package io.okrsync.config;

import io.okrsync.okr.Status;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The keys of files in {@code tests/}: given these records, a key result is expected so. */
final class CaseKeys {
  private static final Kind<Instant> TIME =
      Kinds.text("a time such as 2026-11-21T12:00:00Z", null, CaseKeys::time);
  private static final Kind<Status> STATUS =
      Kinds.text(
          "one of " + labels(", "),
          labels("|"),
          text ->
              Arrays.stream(Status.values())
                  .filter(status -> status.label().equals(text))
                  .findFirst()
                  .orElseThrow(IllegalArgumentException::new));

  static final Key<BigDecimal> VALUE =
      Key.optional("value", Kinds.NUMBER, null, "25", "The value of the key result.");
  static final Key<String> REASON =
      Key.optional(
          "reason",
          Kinds.LINE,
          null,
          "division by nothing",
          "A part of the reason why it has no value.");
  static final Key<Status> STATUS_KEY =
      Key.optional("status", STATUS, null, "on track", "Its status at that time.");
  static final Shape EXPECTATION = Shape.of(VALUE, REASON, STATUS_KEY);

  static final Key<String> NAME =
      Key.required("name", Kinds.LINE, "an open deal counts neither way", "What it shows.");
  static final Key<Instant> CASE_NOW =
      Key.optional("now", TIME, "that of the file", "2026-12-31T16:00:00Z", "Another time for it.");
  static final Key<Map<String, List<Node>>> RECORDS =
      Key.required(
          "records",
          new MapOf<>(Pattern.compile(".+"), "the name of a source", new GivenRecords()),
          "{ crm: [{ id: 1, status: won, wonAt: 2026-11-02 }] }",
          "What each source returned; one that is not named has never been read.");
  static final Key<Map<String, Expectation>> EXPECT =
      Key.required(
          "expect",
          new MapOf<>(Pattern.compile(".+"), "the id of a key result", new ExpectationKind()),
          "{ win-rate: 50 }",
          "Key results by id: the value, or what else is expected of them.");
  static final Shape CASE = Shape.of(NAME, CASE_NOW, RECORDS, EXPECT);

  static final Key<Instant> NOW =
      Key.required("now", TIME, "2026-11-21T12:00:00Z", "The time at which it is.");
  static final Key<List<Section>> CASES =
      Key.required("cases", new ListOf<>(CASE), "[…]", "The cases.");
  static final Shape FILE = Shape.of(NOW, CASES);

  private CaseKeys() {}

  private static Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("with its zone: Z or +07:00", e);
    }
  }

  private static String labels(String between) {
    return Arrays.stream(Status.values()).map(Status::label).collect(Collectors.joining(between));
  }
}
