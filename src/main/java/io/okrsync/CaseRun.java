package io.okrsync;

import io.okrsync.config.Configuration;
import io.okrsync.config.Expectation;
import io.okrsync.config.TestCase;
import io.okrsync.connector.Connectors;
import io.okrsync.connector.Page;
import io.okrsync.connector.Rejection;
import io.okrsync.connector.Secret;
import io.okrsync.connector.Source;
import io.okrsync.okr.Input;
import io.okrsync.okr.Standing;
import io.okrsync.store.KeyResultReading;
import io.okrsync.store.StoreSettings;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One case, run: what was expected, and what came. */
record CaseRun(TestCase it, List<String> unusable, List<Compared> compared) {

  /** A key result as expected and as it came out. */
  record Compared(String keyResult, Expectation expected, Standing actual, List<Input> inputs) {

    boolean isMet() {
      boolean reasonMet =
          expected.reason() == null
              ? expected.value() == null || actual.reason() == null
              : actual.reason() != null && actual.reason().contains(expected.reason());
      return reasonMet
          && expected.isMetBy(actual.value())
          && (expected.status() == null || expected.status() == actual.status());
    }
  }

  boolean isMet() {
    return unusable.isEmpty() && compared.stream().allMatch(Compared::isMet);
  }

  static CaseRun of(TestCase it, Configuration configuration, Connectors connectors) {
    Map<Source, Page> pages = new LinkedHashMap<>();
    List<String> unusable = new ArrayList<>();
    it.records()
        .forEach(
            (name, records) -> {
              Source source = Objects.requireNonNull(configuration.sources().get(name));
              Page page = connectors.given(source, records);
              pages.put(source, page);
              page.rejections().stream().map(each -> said(name, each)).forEach(unusable::add);
            });
    return new CaseRun(
        it, unusable, unusable.isEmpty() ? compared(it, configuration, pages) : List.of());
  }

  private static String said(String source, Rejection rejection) {
    return "records.%s: '%s' is no record: %s".formatted(source, rejection.id(), rejection.why());
  }

  private static List<Compared> compared(
      TestCase it, Configuration configuration, Map<Source, Page> pages) {
    Clock clock = Clock.fixed(it.now(), ZoneOffset.UTC);
    StoreSettings memory =
        StoreSettings.at("jdbc:h2:mem:" + UUID.randomUUID(), "okrsync", new Secret(""));
    try (Rehearsal rehearsal = new Rehearsal(memory, configuration, it.now(), clock)) {
      pages.forEach(
          (source, page) -> {
            Rehearsal.Source reading = rehearsal.begin(source, it.now());
            reading.add(page.records());
            reading.publish();
          });
      rehearsal.settle();
      Map<String, KeyResultReading> readings = rehearsal.readings();
      List<Compared> compared = new ArrayList<>();
      for (Standing actual : rehearsal.keyResults()) {
        String id = actual.keyResult().id();
        @Nullable Expectation expected = it.expected().get(id);
        if (expected != null) {
          @Nullable KeyResultReading reading = readings.get(id);
          compared.add(
              new Compared(id, expected, actual, reading == null ? List.of() : reading.inputs()));
        }
      }
      return compared;
    }
  }
}
