package io.okrsync.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.okrsync.connector.FreshnessLimits;
import io.okrsync.connector.Page;
import io.okrsync.connector.RecordKind;
import io.okrsync.connector.Rejection;
import io.okrsync.connector.Source;
import io.okrsync.connector.SourceRecord;
import io.okrsync.measure.Aggregate;
import io.okrsync.measure.Compiled;
import io.okrsync.measure.Measure;
import io.okrsync.measure.MeasureDefinition;
import io.okrsync.measure.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deals of a source called crm, and measures of them. */
final class Samples {
  static final Instant NOON = Instant.parse("2026-11-02T12:00:00.123456Z");
  static final Window QUARTER =
      new Window(Instant.parse("2026-10-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z"));

  static final Source CRM = source("crm");
  static final Measure DEALS_WON = measure("deals_won", Aggregate.COUNT, null);
  static final Measure REVENUE = money("revenue", Aggregate.SUM);

  private Samples() {}

  static Source source(String name) {
    return new Source(
        name,
        "pipedrive-deals",
        RecordKind.DEAL,
        Map.of(),
        Map.of(),
        Duration.ofMinutes(10),
        new FreshnessLimits(Duration.ofHours(1), Duration.ofHours(6)),
        ZoneOffset.UTC);
  }

  static Measure measure(String name, Aggregate aggregate, @Nullable String value) {
    return measure(name, "crm", aggregate, value);
  }

  static Measure measure(String name, String from, Aggregate aggregate, @Nullable String value) {
    return compiled(
        new MeasureDefinition(
            name, from, "status == 'won'", "wonAt", aggregate, value, null, null));
  }

  static Measure money(String name, Aggregate aggregate) {
    return compiled(
        new MeasureDefinition(
            name, "crm", "status == 'won'", "wonAt", aggregate, "value", "currency", "USD"));
  }

  static Measure compiled(MeasureDefinition definition) {
    Compiled<Measure> compiled = Measure.compile(definition, RecordKind.DEAL);
    if (compiled instanceof Compiled.Ready<Measure> ready) {
      return ready.value();
    }
    throw new AssertionError(compiled);
  }

  static SourceRecord open(String id) {
    return deal(id, "open", "100", NOON);
  }

  static SourceRecord won(String id, String value) {
    return deal(id, "won", value, NOON);
  }

  static SourceRecord deal(String id, String status, @Nullable String value, Instant updatedAt) {
    return deal(id, status, value, "USD", updatedAt, updatedAt, "anna");
  }

  static SourceRecord deal(
      String id,
      String status,
      @Nullable String value,
      String currency,
      Instant updatedAt,
      Instant wonAt,
      String owner) {
    ObjectNode fields = Json.MAPPER.createObjectNode();
    fields.put("id", id).put("updatedAt", updatedAt.toString()).put("status", status);
    if (value != null) {
      fields.put("value", new BigDecimal(value));
    }
    fields.put("currency", currency).put("owner", owner);
    if (status.equals("won")) {
      fields.put("wonAt", wonAt.toString());
    }
    return new SourceRecord(id, updatedAt, false, fields);
  }

  static SourceRecord removed(String id) {
    return new SourceRecord(id, NOON, true, Json.MAPPER.createObjectNode());
  }

  static Page last(SourceRecord... records) {
    return new Page(List.of(records), List.of(), null, null);
  }

  static Page page(String next, SourceRecord... records) {
    return new Page(List.of(records), List.of(), next, null);
  }

  static Page rejecting(String id) {
    return new Page(
        List.of(), List.of(new Rejection(id, "value: text where a number is needed")), null, null);
  }
}
