package io.okrsync;

import com.fasterxml.jackson.databind.JsonNode;
import io.okrsync.audit.Explanation.RecordPart;
import io.okrsync.connector.SourceRecord;
import io.okrsync.measure.Contribution;
import io.okrsync.store.Evidence;
import io.okrsync.store.RecordVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What people call a record, and where it is in its tool.
 *
 * @param title null where it has none
 * @param url null where none is known; never anything but http and https
 */
record RecordName(@Nullable String title, @Nullable String url) {
  private static final List<String> TITLES = List.of("title", "name", "key");

  static RecordName of(SourceRecord record) {
    String title =
        TITLES.stream()
            .map(it -> record.fields().path(it))
            .filter(JsonNode::isTextual)
            .map(JsonNode::textValue)
            .findFirst()
            .orElse(null);
    String url = record.fields().path("url").textValue();
    return new RecordName(title, url != null && url.matches("(?i)https?://.*") ? url : null);
  }

  /** Empty where the body is no JSON; of one that was pruned nothing but that is known. */
  static Optional<RecordName> of(RecordVersion version) {
    return version.body() == null
        ? Optional.of(new RecordName("(pruned)", null))
        : version.record().map(RecordName::of);
  }

  /** Of those that count, by their ids, as they were at a run. */
  static Map<String, RecordName> of(
      Evidence evidence, String source, List<Contribution> counted, long run) {
    Map<String, RecordName> names = new TreeMap<>();
    List<String> ids = counted.stream().map(Contribution::recordId).toList();
    for (RecordVersion version : evidence.recordsAt(source, ids, run)) {
      of(version).ifPresent(it -> names.put(version.recordId(), it));
    }
    return names;
  }

  RecordPart on(RecordPart part) {
    return new RecordPart(
        part.source(),
        part.record(),
        part.run(),
        part.at(),
        part.before(),
        part.after(),
        part.amount(),
        title,
        url);
  }
}
