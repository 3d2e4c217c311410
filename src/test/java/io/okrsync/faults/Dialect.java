package io.okrsync.faults;

import static io.okrsync.faults.Item.State.LOST;
import static io.okrsync.faults.Item.State.OPEN;
import static io.okrsync.faults.Item.State.WON;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a vendor speaks, one for each way of paging. Times are written with the vendor's offset. */
public enum Dialect {
  /** A cursor that the vendor makes; deletes are flagged. */
  PIPEDRIVE("pipedrive-deals") {
    @Override
    String with(String url, String secret) {
      return "{ baseUrl: \"%s\", apiToken: \"%s\" }".formatted(url, secret);
    }

    @Override
    String item(Item item, ZoneOffset zone) {
      return """
      {"id":%d,"title":"Deal %d","status":"%s","value":%s,"currency":"USD",\
      "add_time":"%s","update_time":"%s","won_time":%s,"lost_time":%s,"is_deleted":%s}\
      """
          .formatted(
              item.id(),
              item.id(),
              word(item, "open", "won", "lost"),
              item.value(),
              time(item.createdAt(), zone),
              time(item.updatedAt(), zone),
              item.state() == WON ? quoted(item.closedAt(), zone) : "null",
              item.state() == LOST ? quoted(item.closedAt(), zone) : "null",
              item.deleted());
    }

    @Override
    String page(String items, @Nullable String next, int left) {
      return "{\"success\":true,\"data\":[%s],\"additional_data\":{\"next_cursor\":%s}}"
          .formatted(items, next == null ? "null" : '"' + next + '"');
    }
  },

  /** A token for the next page; deleted issues vanish. */
  JIRA("jira-issues") {
    @Override
    String with(String url, String secret) {
      return "{ baseUrl: \"%s\", email: \"a@example.org\", apiToken: \"%s\" }"
          .formatted(url, secret);
    }

    @Override
    String item(Item item, ZoneOffset zone) {
      return """
      {"id":"%d","key":"OKR-%d","fields":{"summary":"Issue %d","issuetype":{"name":"Task"},\
      "status":{"name":"S","statusCategory":{"key":"%s"}},"project":{"key":"OKR"},"labels":[],\
      "customfield_10016":%s,"created":"%s","updated":"%s","resolutiondate":%s}}\
      """
          .formatted(
              item.id(),
              item.id(),
              item.id(),
              word(item, "new", "done", "indeterminate"),
              item.value(),
              time(item.createdAt(), zone),
              time(item.updatedAt(), zone),
              item.state() == WON ? quoted(item.closedAt(), zone) : "null");
    }

    @Override
    String page(String items, @Nullable String next, int left) {
      return "{\"issues\":[%s],\"isLast\":%s%s}"
          .formatted(items, next == null, next == null ? "" : ",\"nextPageToken\":\"" + next + '"');
    }
  },

  /** From an id on, with a total; deleted issues vanish. */
  REDMINE("redmine-issues") {
    @Override
    String with(String url, String secret) {
      return "{ baseUrl: \"%s\", apiKey: \"%s\" }".formatted(url, secret);
    }

    @Override
    String item(Item item, ZoneOffset zone) {
      return """
      {"id":%d,"subject":"Issue %d","tracker":{"name":"Task"},"project":{"name":"OKR"},\
      "status":{"name":"S","is_closed":%s},"done_ratio":0,"created_on":"%s","updated_on":"%s",\
      "closed_on":%s,"custom_fields":[{"id":1,"name":"worth","value":%s}]}\
      """
          .formatted(
              item.id(),
              item.id(),
              item.state() == WON,
              time(item.createdAt(), ZoneOffset.UTC),
              time(item.updatedAt(), ZoneOffset.UTC),
              item.state() == OPEN ? "null" : quoted(item.closedAt(), ZoneOffset.UTC),
              item.value());
    }

    @Override
    String page(String items, @Nullable String next, int left) {
      return "{\"issues\":[%s],\"total_count\":%d}".formatted(items, left);
    }
  },

  /** By the number of records read, with a total, sorted by what changes; deletes vanish. */
  OFFSET("http-records") {
    @Override
    String with(String url, String secret) {
      return """
      { kind: deal, baseUrl: "%s", path: /records, auth: bearer, secret: "%s", paging: offset,
            query: { since: "@since", offset: "@cursor" }, items: ".rows[]", total: ".total",
            fields: { id: ".id", title: ".name", status: ".state", value: ".worth", currency: ".money",
                      createdAt: ".created", updatedAt: ".modified", wonAt: ".won" } }\
      """
          .formatted(url, secret);
    }

    @Override
    String item(Item item, ZoneOffset zone) {
      return """
      {"id":%d,"name":"Order %d","state":"%s","worth":%s,"money":"USD","created":"%s",\
      "modified":"%s","won":%s}\
      """
          .formatted(
              item.id(),
              item.id(),
              word(item, "open", "won", "lost"),
              item.value(),
              time(item.createdAt(), zone),
              time(item.updatedAt(), zone),
              item.state() == WON ? quoted(item.closedAt(), zone) : "null");
    }

    @Override
    String page(String items, @Nullable String next, int left) {
      return "{\"rows\":[%s],\"total\":%d}".formatted(items, left);
    }
  };

  private static final Pattern SINCE =
      Pattern.compile("(?:updated_since|since|updated_on)=(?:>=)?([0-9T:.Z-]+)");
  private static final Pattern SINCE_MILLIS = Pattern.compile("updated >= (\\d+)");
  private static final Pattern PLACE =
      Pattern.compile("(?:&|^)(?:cursor|nextPageToken|offset|issue_id)=(?:>=)?([^&]+)");

  private final String connector;

  Dialect(String connector) {
    this.connector = connector;
  }

  public String connector() {
    return connector;
  }

  boolean flagsDeletes() {
    return this == PIPEDRIVE;
  }

  boolean tellsTotal() {
    return this == REDMINE || this == OFFSET;
  }

  boolean hasOpaqueCursor() {
    return this == PIPEDRIVE || this == JIRA;
  }

  abstract String with(String url, String secret);

  abstract String item(Item item, ZoneOffset zone);

  /**
   * One page.
   *
   * @param left how many records there are: in all, or for Redmine from this page on
   */
  abstract String page(String items, @Nullable String next, int left);

  /** Measures and key results need to know what the number is that a record carries. */
  String measures(String source, String name) {
    boolean deal = this == PIPEDRIVE || this == OFFSET;
    String where = deal ? "status == 'won'" : "category == 'done'";
    String at = deal ? "wonAt" : "resolvedAt";
    String sum =
        switch (this) {
          case PIPEDRIVE, OFFSET -> "sum: value, currency: currency, in: USD";
          case JIRA -> "sum: points";
          case REDMINE -> "sum: custom.worth";
        };
    return """
      %s_count: { from: %s, where: "%s", at: %s, count: true }
      %s_sum: { from: %s, where: "%s", at: %s, %s }
    """
        .formatted(name, source, where, at, name, source, where, at, sum);
  }

  /** From when on it is asked; null means for everything. */
  static @Nullable Instant since(String query) {
    Matcher millis = SINCE_MILLIS.matcher(query);
    if (millis.find()) {
      return Instant.ofEpochMilli(Long.parseLong(millis.group(1)));
    }
    Matcher text = SINCE.matcher(query);
    return text.find() ? Instant.parse(text.group(1)) : null;
  }

  /** The place it is asked for; null means the beginning. */
  static @Nullable String place(String query) {
    Matcher place = PLACE.matcher(query);
    return place.find() ? place.group(1) : null;
  }

  private static String word(Item item, String open, String won, String lost) {
    return requireNonNull(Map.of(OPEN, open, WON, won, LOST, lost).get(item.state()));
  }

  private static String quoted(@Nullable Instant at, ZoneOffset zone) {
    return at == null ? "null" : '"' + time(at, zone) + '"';
  }

  private static String time(Instant at, ZoneOffset zone) {
    return OffsetDateTime.ofInstant(at, zone)
        .toString()
        .replaceFirst("(T\\d\\d:\\d\\d)([Z+-])", "$1:00$2");
  }
}
