package io.okrsync.connector;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One configured use of a connector.
 *
 * @param name the name measures use, such as {@code crm}
 * @param connector the name of the connector
 * @param kind the kind of its records
 * @param with the settings that are not secret, as the connector declares them, without defaults
 * @param secrets the secret settings, by property name
 * @param overlap how far behind the cursor each run reads again
 * @param zone the zone of dates that come without one
 * @param limits how much it may be asked
 * @param oauth2 how it gets access tokens, sent in place of any other credential; null where it has
 *     none
 */
public record Source(
    String name,
    String connector,
    RecordKind kind,
    Map<String, String> with,
    Map<String, Secret> secrets,
    Duration overlap,
    FreshnessLimits freshness,
    ZoneId zone,
    Limits limits,
    @Nullable OAuth2 oauth2) {

  /** One that may be asked as much as it lets us, and has no OAuth2. */
  public Source(
      String name,
      String connector,
      RecordKind kind,
      Map<String, String> with,
      Map<String, Secret> secrets,
      Duration overlap,
      FreshnessLimits freshness,
      ZoneId zone) {
    this(name, connector, kind, with, secrets, overlap, freshness, zone, Limits.NONE, null);
  }
}
