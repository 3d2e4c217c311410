package io.okrsync.measure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.okrsync.connector.RecordKind;
import io.okrsync.connector.SourceRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records, measures and windows for tests. */
public final class Samples {
  public static final Instant OCTOBER = Instant.parse("2026-10-01T00:00:00Z");
  public static final Window FOURTH_QUARTER =
      new Window(OCTOBER, Instant.parse("2027-01-01T00:00:00Z"));

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private Samples() {}

  /** A record with these fields, in JSON in which ' stands for ". */
  static SourceRecord record(String id, String fields) {
    return new SourceRecord(id, OCTOBER, false, json(fields));
  }

  /** Reads JSON in which ' stands for ". */
  static ObjectNode json(String text) {
    try {
      return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  static MeasureDefinition definition(
      Aggregate aggregate, @Nullable String where, String at, @Nullable String value) {
    return new MeasureDefinition("measured", "crm", where, at, aggregate, value, null, null);
  }

  static MeasureDefinition money(String where, String at, String value) {
    return new MeasureDefinition(
        "revenue", "crm", where, at, Aggregate.SUM, value, "currency", "USD");
  }

  public static Measure compiled(MeasureDefinition definition) {
    return ready(Measure.compile(definition, RecordKind.DEAL));
  }

  /** A measure of this name that counts won deals. */
  public static Measure counting(String name) {
    return compiled(
        new MeasureDefinition(
            name, "crm", "status == 'won'", "wonAt", Aggregate.COUNT, null, null, null));
  }

  /** A measure of this name that counts won deals under these keys. */
  public static Measure keyed(String name, String by) {
    return compiled(
        new MeasureDefinition(
            name, "crm", "status == 'won'", "wonAt", Aggregate.COUNT, null, null, by, null, null));
  }

  public static <T> T ready(Compiled<T> compiled) {
    if (compiled instanceof Compiled.Refused<T> refused) {
      throw new AssertionError(refused.problems());
    }
    return ((Compiled.Ready<T>) compiled).value();
  }

  public static List<ExpressionProblem> problems(Compiled<?> compiled) {
    return compiled instanceof Compiled.Refused<?> refused ? refused.problems() : List.of();
  }
}
