package io.okrsync.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.okrsync.audit.Belief;
import io.okrsync.audit.Explanation;
import io.okrsync.okr.CheckIn;
import io.okrsync.okr.ObjectiveStanding;
import io.okrsync.store.KeyResultReading;
import io.okrsync.sync.Difference;
import io.okrsync.sync.SyncRun;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How values are written as JSON: numbers with all their digits and no exponent, times in UTC. */
public final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private Json() {}

  /** This, as JSON in one line. */
  public static String write(Object body) {
    try {
      return MAPPER.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws IllegalArgumentException where it is no JSON
   */
  static JsonNode read(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The body is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * A plan, as the API gives it.
   *
   * @throws IllegalArgumentException where it is none
   */
  public static Plan plan(String text) {
    try {
      return MAPPER.readValue(text, Plan.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("this is no plan: " + e.getOriginalMessage(), e);
    }
  }

  /** What went wrong, as the API says it; the text itself where it is nothing of the API. */
  public static String detail(String text) {
    try {
      JsonNode detail = MAPPER.readTree(text).path("detail");
      return detail.isTextual() ? detail.asText() : text;
    } catch (JsonProcessingException e) {
      return text;
    }
  }

  static @Nullable String time(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }

  /** These runs, as {@code GET /api/v1/runs} gives them. */
  public static String runs(List<SyncRun> runs) {
    return write(Items.of(runs, RunBody::of));
  }

  /** These runs, and what they found, as {@code GET /api/v1/runs/ID/differences} gives it. */
  public static String runs(List<SyncRun> runs, List<Difference> found) {
    return write(
        Map.of(
            "items", runs.stream().map(RunBody::of).toList(),
            "differences", found.stream().map(DifferenceBody::of).toList()));
  }

  /** This key result, as {@code GET /api/v1/key-results/{id}} gives it. */
  public static String keyResult(
      KeyResultDetail detail, List<KeyResultReading> newest, List<CheckIn> checkIns) {
    return write(KeyResultDetailBody.of(detail, newest, checkIns));
  }

  /** These beliefs, as {@code GET /api/v1/as-of} gives them. */
  public static String beliefs(List<Belief> beliefs) {
    return write(Items.of(beliefs, BeliefBody::of));
  }

  /** These restatements, as {@code GET /api/v1/restatements} gives them. */
  public static String restatements(List<Audit.Restated> restatements) {
    return write(Items.of(restatements, RestatementBody::of));
  }

  /** This explanation, as {@code GET /api/v1/key-results/ID/explanation} gives it. */
  public static String explanation(Explanation explained) {
    return write(ExplanationBody.of(explained));
  }

  /** These objectives, as {@code GET /api/v1/objectives} gives them. */
  public static String objectives(List<ObjectiveStanding> objectives) {
    return write(ObjectiveBody.of(objectives));
  }
}
