package io.okrsync.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.okrsync.audit.EntryFilter;
import io.okrsync.okr.Frozen;
import io.okrsync.sync.RunFilter;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Where pages are. Names come from the configuration and may hold anything. */
final class Addresses {
  private Addresses() {}

  /** The page of a key result, also by the name of its baseline or of its final value. */
  static String keyResult(String id) {
    return "/key-results/" + encoded(Frozen.keyResultOf(id));
  }

  /** Its place on the page of objectives. */
  static String objective(String id) {
    return "/#objective-" + encoded(id);
  }

  static String statements(String keyResult) {
    return keyResult(keyResult) + "/statements";
  }

  /** The change at this moment, explained. */
  static String why(String keyResult, Instant at) {
    Instant before = at.minus(1, ChronoUnit.MICROS);
    return "%s?from=%s&to=%s#why".formatted(keyResult(keyResult), before, at);
  }

  /** The change since a moment, explained. */
  static String since(String keyResult, Instant at) {
    return "%s?from=%s#why".formatted(keyResult(keyResult), at);
  }

  static String reading(long id) {
    return "/readings/" + id;
  }

  /** Its place in the log. */
  static String entry(long sequence) {
    return audit(EntryFilter.ALL.olderThan(sequence + 1)) + "#entry-" + sequence;
  }

  /** The log of these entries. */
  static String audit(EntryFilter filter) {
    StringJoiner query = new StringJoiner("&", "/audit?", "").setEmptyValue("/audit");
    add(query, "actor", filter.actor());
    add(query, "action", filter.action());
    add(query, "keyResult", filter.keyResult());
    add(query, "source", filter.source());
    add(query, "run", filter.run());
    add(query, "from", filter.from());
    add(query, "to", filter.to());
    add(query, "before", filter.before());
    return query.toString();
  }

  private static void add(StringJoiner query, String name, @Nullable Object value) {
    if (value != null) {
      query.add(name + "=" + encoded(value.toString()));
    }
  }

  static String checkIns(String keyResult) {
    return keyResult(keyResult) + "/check-ins";
  }

  static String run(long id) {
    return "/runs/" + id;
  }

  static String release(long run) {
    return run(run) + "/release";
  }

  static String discard(long run) {
    return run(run) + "/discard";
  }

  /** The list of these runs; below the sources where those stand above it. */
  static String runs(RunFilter filter) {
    StringJoiner query = new StringJoiner("&", "/runs?", "#runs").setEmptyValue("/runs#runs");
    if (filter.source() != null) {
      query.add("source=" + encoded(filter.source()));
    }
    if (filter.outcome() != null) {
      query.add("outcome=" + filter.outcome());
    }
    if (filter.before() != null) {
      query.add("before=" + filter.before());
    }
    return query.toString();
  }

  static String runsOf(String source) {
    return runs(RunFilter.ofSource(source));
  }

  static String sync(String source) {
    return "/sources/" + encoded(source) + "/runs";
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, UTF_8).replace("+", "%20");
  }
}
