package io.okrsync;

import com.fasterxml.jackson.databind.JsonNode;
import io.okrsync.audit.Explanation.RecordPart;
import io.okrsync.connector.SourceRecord;
import io.okrsync.store.RecordVersion;
import java.util.List;
import java.util.Optional;
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
