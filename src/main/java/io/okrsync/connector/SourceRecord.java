package io.okrsync.connector;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One item a source returned, in the canonical shape of its kind.
 *
 * @param id the source's own id, unique within the source
 * @param updatedAt when the source says it last changed; null where the source does not tell
 * @param removed whether the source marks it as deleted
 * @param fields the fields that are set, in the order of the kind: texts, exact numbers, instants
 *     as ISO text in UTC to the microsecond, flags, lists, and {@code custom} with keys sorted; two
 *     records with the same content print the same
 * @param text how the fields print: what is kept of the record
 */
public record SourceRecord(
    String id, @Nullable Instant updatedAt, boolean removed, ObjectNode fields, String text) {

  /** Prints the fields, which are not to be changed any more. */
  public SourceRecord(String id, @Nullable Instant updatedAt, boolean removed, ObjectNode fields) {
    this(id, updatedAt, removed, fields, fields.toString());
  }
}
