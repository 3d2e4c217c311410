package io.okrsync;

import io.okrsync.config.Configuration;
import io.okrsync.connector.Source;
import io.okrsync.store.SourceState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a planned configuration means for sources: the values know only what was read before. */
record SourceNotes(@Nullable Setup before, Configuration planned, Map<String, SourceState> states) {

  List<String> all() {
    Stream<String> each = planned.sources().values().stream().flatMap(this::about);
    Stream<String> gone =
        before == null
            ? Stream.of()
            : before.configuration().sources().keySet().stream()
                .filter(it -> !planned.sources().containsKey(it))
                .map("source '%s' would not be read any more; its records stay stored"::formatted);
    return Stream.concat(each, gone).toList();
  }

  private Stream<String> about(Source source) {
    @Nullable SourceState state = states.get(source.name());
    if (state == null || state.publishedRun() == null) {
      return Stream.of(
          "source '%s' has not been read yet, so what it feeds has no value in this plan"
              .formatted(source.name()));
    }
    @Nullable Source now =
        before == null ? null : before.configuration().sources().get(source.name());
    boolean same = now != null && Objects.equals(Setup.definition(now), Setup.definition(source));
    return same || before == null
        ? Stream.of()
        : Stream.of(
            "source '%s' is configured otherwise, so all of it would be read again; this plan knows its records as they were read before"
                .formatted(source.name()));
  }
}
