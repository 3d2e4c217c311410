package io.okrsync;

import com.fasterxml.jackson.databind.JsonNode;
import io.okrsync.connector.SourceRecord;
import io.okrsync.measure.Contribution;
import io.okrsync.measure.Measure;
import io.okrsync.measure.Window;
import io.okrsync.okr.Initiative;
import io.okrsync.okr.Initiatives;
import io.okrsync.okr.KeyResult;
import io.okrsync.store.Evidence;
import io.okrsync.store.RecordVersion;
import io.okrsync.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Finds the issues that are linked to a key result: those that its measure of them counts. */
final class LinkedIssues {
  /** A measure dates each record, and here none is left out for its date. */
  private static final Window ALWAYS =
      new Window(Instant.EPOCH, Instant.parse("9999-12-31T00:00:00Z"));

  private static final Pattern BLOCKED = Pattern.compile("(?i).*\\bblocked\\b.*");

  private final Store store;

  LinkedIssues(Store store) {
    this.store = store;
  }

  /** Empty where none are asked for. */
  Optional<Initiatives> of(KeyResult keyResult, Setup setup, Instant now) {
    return keyResult.terms().initiatives().map(setup::measure).map(it -> of(it, now));
  }

  private Initiatives of(Measure measure, Instant now) {
    String name = measure.definition().name();
    String source = measure.definition().from();
    Evidence evidence = store.evidence();
    @Nullable Long run = evidence.publishedRun(source).orElse(null);
    if (run == null) {
      return new Initiatives(name, List.of(), null, now);
    }
    List<String> ids =
        evidence.populations().population(measure, ALWAYS, run).stream()
            .map(Contribution::recordId)
            .toList();
    List<Initiative> all =
        evidence.recordsAt(source, ids, run).stream()
            .map(RecordVersion::record)
            .flatMap(Optional::stream)
            .map(it -> initiative(source, it))
            .toList();
    return new Initiatives(name, all, run, now);
  }

  private static Initiative initiative(String source, SourceRecord record) {
    RecordName name = RecordName.of(record);
    String status = text(record, "status");
    boolean done = text(record, "category").equals("done");
    boolean blocked =
        !done && Stream.concat(Stream.of(status), labels(record)).anyMatch(LinkedIssues::isBlocked);
    String due = text(record, "dueAt");
    return new Initiative(
        source,
        record.id(),
        name.title(),
        name.url(),
        done,
        blocked,
        status,
        text(record, "assignee"),
        due.isEmpty() ? null : Instant.parse(due));
  }

  private static Stream<String> labels(SourceRecord record) {
    return StreamSupport.stream(record.fields().path("labels").spliterator(), false)
        .map(JsonNode::asText);
  }

  private static boolean isBlocked(String word) {
    return BLOCKED.matcher(word).matches();
  }

  private static String text(SourceRecord record, String field) {
    return record.fields().path(field).asText("");
  }
}
