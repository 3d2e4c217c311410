package io.okrsync.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.okrsync.connector.SourceRecord;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record as it was between two runs.
 *
 * @param untilRun the first run in which it was so no more; null while it is still so
 * @param hash the SHA-256 it was stored with
 * @param body null where it was pruned
 * @param prunedBy the audit entry that tells of it; null where it was not
 */
public record RecordVersion(
    String recordId,
    long sinceRun,
    @Nullable Long untilRun,
    @Nullable Instant updatedAt,
    String hash,
    @Nullable String body,
    @Nullable Long prunedBy) {

  /** Whether its body is there, and what it was when it was stored. */
  public boolean isIntact() {
    return body != null && ContentHash.of(body).equals(hash);
  }

  /** Whether it was true at a run. */
  public boolean isTrueAt(long run) {
    return sinceRun <= run && (untilRun == null || untilRun > run);
  }

  /** The record; empty where the body was pruned, or is no JSON. */
  public Optional<SourceRecord> record() {
    if (body == null) {
      return Optional.empty();
    }
    try {
      return Json.MAPPER.readTree(body) instanceof ObjectNode fields
          ? Optional.of(new SourceRecord(recordId, updatedAt, false, fields, body))
          : Optional.empty();
    } catch (JsonProcessingException broken) {
      return Optional.empty();
    }
  }
}
