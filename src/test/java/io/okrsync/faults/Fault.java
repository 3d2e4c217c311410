package io.okrsync.faults;

import static io.okrsync.faults.Fault.During.FAILED;
import static io.okrsync.faults.Fault.During.LATER;
import static io.okrsync.faults.Fault.During.PARTIAL;
import static io.okrsync.faults.Fault.During.TRUE;

import java.util.List;
import java.util.function.Predicate;

/** What can go wrong at a tool, and what the service must make of it while it lasts. */
public enum Fault {
  NOTHING("nothing goes wrong", TRUE),
  THROTTLED_WITH_SECONDS("429, come back in 300 s", PARTIAL, "429", "too many", "come back"),
  THROTTLED_WITH_DATE("429, come back at an HTTP date", PARTIAL, "429", "too many", "come back"),
  THROTTLED_IN_SILENCE("429 without a time, again and again", PARTIAL, "429", "asked 5 times"),
  THROTTLED_ONCE("429, come back in 2 s, then well", TRUE),
  QUOTA_SPENT("403 with a quota code", PARTIAL, "403", "quota"),
  UNAVAILABLE("503, again and again", PARTIAL, "503", "asked 5 times"),
  UNAVAILABLE_ONCE("503 once, then well", TRUE),
  SLOW("answers that come in drops", TRUE),
  CUT_OFF("bodies that break off", PARTIAL, "broke the connection"),
  WEB_PAGE("a web page instead of JSON", FAILED, "web page", "instead of JSON"),
  SAME_PLACE_AGAIN(
      "a cursor that comes again",
      dialect -> dialect != Dialect.OFFSET,
      FAILED,
      "reading would not end"),
  PLACE_LOST("a cursor that expires", Dialect::hasOpaqueCursor, FAILED, "400", "expired"),
  NEXT_NOT_NAMED(
      "a next page that is not named, though there is one", Dialect::hasOpaqueCursor, LATER),
  PAGES_SHIFT("records that move between pages while they are read", LATER),
  INDEX_LAGS("a list that shows changes minutes late", LATER),
  LATE_RECORDS("records that appear behind the cursor, within the overlap", LATER),
  VERY_LATE_RECORDS(
      "records that appear hours behind the cursor", dialect -> !dialect.flagsDeletes(), LATER),
  EQUAL_TIMES("one time of change on all records of several pages", TRUE),
  TWICE("records that come twice", TRUE),
  DELETED("records that are deleted", LATER),
  UNDELETED("records that are deleted and come back", LATER),
  MERGED("records that are merged into others", LATER),
  NO_ROWS("an empty list", FAILED, "returned nothing, though"),
  TOTAL_TOO_HIGH("a total that is too high", Dialect::tellsTotal, FAILED, "the source says"),
  TOTAL_TOO_LOW("a total that is too low", Dialect::tellsTotal, FAILED, "the source says"),
  TYPE_CHANGED("a time that becomes a word", FAILED, "expected a time", "soon"),
  FIELD_DROPPED("the id is no longer told", FAILED, "has no id"),
  VALUE_DROPPED("an amount is no longer told", LATER),
  TOKEN_EXPIRED("a token that is refused for a while", FAILED, "401", "renew"),
  TOKEN_ROTATED("a token that is exchanged for another", FAILED, "401", "renew"),
  OTHER_ZONE("times written in the zone of Tokyo", TRUE),
  LOCAL_TIMES(
      "times without a zone, where clocks change", dialect -> dialect == Dialect.OFFSET, TRUE),
  CLOCK_AHEAD("a clock that runs two hours ahead", TRUE),
  ACCESS_TOKEN_EXPIRES("OAuth2 tokens that expire after each page, refresh tokens good once", TRUE),
  GRANT_WITHDRAWN("an OAuth2 grant that is withdrawn", FAILED, "answered 400", "authorise it anew");

  /** What is published while the fault lasts. */
  public enum During {
    /** The run is well and the values are the true ones. */
    TRUE,
    /** The run is well; what the tool did not show yet is caught up with later. */
    LATER,
    /** The run goes on later; the values stay. */
    PARTIAL,
    /** The run fails with words that help; the values stay. */
    FAILED
  }

  private final String what;
  private final Predicate<Dialect> concerns;
  private final During during;
  private final List<String> words;

  Fault(String what, During during, String... words) {
    this(what, dialect -> true, during, words);
  }

  Fault(String what, Predicate<Dialect> concerns, During during, String... words) {
    this.what = what;
    this.concerns = concerns;
    this.during = during;
    this.words = List.of(words);
  }

  public String what() {
    return what;
  }

  public During during() {
    return during;
  }

  /** What the run says while the fault lasts. */
  public List<String> words() {
    return words;
  }

  /** Whether only a person can help, with other credentials. */
  public boolean refusesCredentials() {
    return this == TOKEN_EXPIRED || this == TOKEN_ROTATED || this == GRANT_WITHDRAWN;
  }

  /** Whether the tool wants access tokens that a token endpoint gives. */
  boolean hasTokenEndpoint() {
    return this == ACCESS_TOKEN_EXPIRES || this == GRANT_WITHDRAWN;
  }

  public boolean concerns(Dialect dialect) {
    return concerns.test(dialect);
  }

  /** Whether only reading everything brings it to light. */
  public boolean needsReadOfEverything(Dialect dialect) {
    return switch (this) {
      case VERY_LATE_RECORDS, VALUE_DROPPED -> true;
      case DELETED, MERGED -> !dialect.flagsDeletes();
      case PAGES_SHIFT -> dialect == Dialect.OFFSET;
      default -> false;
    };
  }
}
