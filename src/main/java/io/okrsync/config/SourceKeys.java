package io.okrsync.config;

import io.okrsync.connector.Secret;
import io.okrsync.schedule.Missed;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.regex.Pattern;

/** The keys of {@code sources.yaml}: which systems are read, how, and when. */
final class SourceKeys {
  static final Key<String> CONNECTOR =
      Key.required(
          "connector", Kinds.LINE, "pipedrive-deals", "The connector of routes/ that reads it.");
  static final Key<Node.Mapping> WITH =
      Key.optional(
          "with",
          new Settings(),
          null,
          "{ apiToken: \"{{env:PIPEDRIVE_TOKEN}}\" }",
          "The settings the connector declares. A secret must be a reference.");
  static final Key<Duration> EVERY =
      Key.optional(
          "every",
          Kinds.DURATION,
          "15m, unless cron is given",
          "15m",
          "The time between two runs.");
  static final Key<String> CRON =
      Key.optional(
          "cron",
          Kinds.LINE,
          null,
          "\"0 0 6 * * ?\"",
          "When it runs, instead of every: second, minute, hour, day of month, month, day of"
              + " week.");
  static final Key<ZoneId> ZONE =
      Key.optional(
          "zone",
          Kinds.ZONE,
          "UTC",
          "Asia/Jakarta",
          "The time zone of cron, and of dates that come without one.");
  static final Key<Missed> MISSED =
      Key.optional(
          "missed",
          Kinds.text("one of last, all, none", "last|all|none", Missed::of),
          "last",
          "none",
          "What becomes of times missed while the service was down: one run for all, a run for"
              + " each, none.");
  static final Key<Times> CENSUS =
      Key.optional(
          "census",
          Times.KIND,
          "1d where the connector can, else none",
          "6h",
          "When its ids are listed, to find what is gone: a duration, a cron, or none.");
  static final Key<Times> RECONCILE =
      Key.optional(
          "reconcile",
          Times.KIND,
          "7d with a census, else 1d where deleted records vanish, else none",
          "\"0 0 3 ? * SUN\"",
          "When everything is read again, to find what the runs before missed: a duration, a cron,"
              + " or none.");
  static final Key<Duration> OVERLAP =
      Key.optional(
          "overlap",
          Kinds.DURATION,
          "what the connector recommends",
          "10m",
          "How far behind the last record each run reads again, for records that arrive late.");
  static final Key<Duration> WARN =
      Key.required("warn", Kinds.DURATION, "1h", "From this age on values are shown as aging.");
  static final Key<Duration> ERROR =
      Key.required("error", Kinds.DURATION, "6h", "From this age on values are shown as outdated.");
  static final Shape LIMITS = Shape.of(WARN, ERROR);
  static final Key<Section> FRESHNESS =
      Key.optional(
          "freshness",
          LIMITS,
          "4 and 24 times every; with cron it must be given",
          "{ warn: 1h, error: 6h }",
          "How old its values may be; a value past error never looks healthy.");
  static final Key<BigDecimal> DROP =
      Key.optional(
          "drop",
          Kinds.SHARE,
          "20%",
          "20%",
          "The share of known records that one run may remove, or bring under other ids; 100%"
              + " allows any.");
  static final Key<BigDecimal> JUMP =
      Key.optional(
          "jump",
          Kinds.SHARE,
          "any",
          "50%",
          "By how much of its value before one run may move a key result.");
  static final Shape GUARD_LIMITS = Shape.of(DROP, JUMP);
  static final Key<Section> GUARD =
      Key.optional(
          "guard",
          GUARD_LIMITS,
          "{ drop: 20% }",
          "{ drop: 20%, jump: 50% }",
          "A run that changes more is held until a person releases or discards it.");
  static final Key<Duration> RETENTION =
      Key.optional(
          "retention",
          Kinds.DURATION,
          "forever",
          "730d",
          "How long it is kept what records held before they changed or went.");

  static final Key<Integer> PER_MINUTE =
      Key.optional(
          "perMinute", Kinds.COUNT, "any", "60", "How many requests within any 60 seconds.");
  static final Key<Integer> PER_DAY =
      Key.optional(
          "perDay", Kinds.COUNT, "any", "5000", "How many requests on a day of the source's zone.");
  static final Key<Integer> CONCURRENT =
      Key.optional("concurrent", Kinds.COUNT, "any", "1", "How many requests at the same time.");
  static final Shape REQUESTS = Shape.of(PER_MINUTE, PER_DAY, CONCURRENT);
  static final Key<Section> REQUEST_LIMITS =
      Key.optional(
          "limits",
          REQUESTS,
          "as much as the system lets us",
          "{ perMinute: 60, perDay: 5000 }",
          "How much all its runs together may ask of the system.");
  static final Key<String> TOKEN_URL =
      Key.required(
          "tokenUrl",
          Kinds.LINE,
          "https://oauth.pipedrive.com/oauth/token",
          "Where access tokens are had.");
  static final Key<String> CLIENT_ID =
      Key.required(
          "clientId", Kinds.LINE, "7f3a90c2", "The id under which OKR Sync is registered there.");
  static final Key<Secret> CLIENT_SECRET =
      Key.required(
          "clientSecret",
          new SecretReference(),
          "\"{{env:CRM_CLIENT_SECRET}}\"",
          "The secret that belongs to it.");
  static final Key<Secret> REFRESH_TOKEN =
      Key.optional(
          "refreshToken",
          new SecretReference(),
          "none: client credentials",
          "\"{{file:secrets/crm-refresh-token}}\"",
          "The first refresh token; later ones are kept by OKR Sync.");
  static final Key<String> SCOPE =
      Key.optional("scope", Kinds.LINE, null, "deals:read", "What the tokens may be used for.");
  static final Key<Boolean> IN_BODY =
      Key.optional(
          "clientAuth",
          Kinds.text("one of header, body", "header|body", "body"::equals),
          "header",
          "body",
          "Whether id and secret are sent in a header, as is standard, or in the form.");
  static final Shape TOKENS =
      Shape.of(TOKEN_URL, CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN, SCOPE, IN_BODY);
  static final Key<Section> OAUTH2 =
      Key.optional(
          "oauth2",
          TOKENS,
          null,
          "{ tokenUrl: …, clientId: …, clientSecret: … }",
          "OAuth2 instead of the connector's own secret.");

  static final Shape SOURCE =
      Shape.of(
              CONNECTOR,
              WITH,
              EVERY,
              CRON,
              ZONE,
              MISSED,
              OVERLAP,
              CENSUS,
              RECONCILE,
              FRESHNESS,
              GUARD,
              RETENTION,
              REQUEST_LIMITS,
              OAUTH2)
          .with(new Rule.NotBoth(EVERY, CRON), new Rule.Needs(CRON, FRESHNESS));
  static final Key<Map<String, Section>> SOURCES =
      Key.required(
          "sources",
          new MapOf<>(
              Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,59}"),
              "letters, digits, _ and -, at most 60",
              SOURCE),
          "{ crm: { connector: pipedrive-deals } }",
          "Each source by the name that measures use.");
  static final Shape FILE = Shape.of(SOURCES);

  private SourceKeys() {}
}
