package io.okrsync.store;

import io.okrsync.measure.Measure;
import io.okrsync.measure.MeasureDefinition;
import io.okrsync.measure.Reading;
import io.okrsync.measure.Window;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Readings as of the last published run of each source; the same is asked of the database once. */
final class PublishedReadings implements Readings {
  private record Question(String version, Window window) {}

  private final Work work;
  private final Map<Question, Reading> answers = new HashMap<>();
  private final Map<String, Optional<Long>> publishedRuns = new HashMap<>();

  PublishedReadings(Work work) {
    this.work = work;
  }

  @Override
  public Reading read(Measure measure, Window window) {
    return answers.computeIfAbsent(
        new Question(measure.version(), window), it -> ask(measure, window));
  }

  @Override
  public Map<String, KeyResultReading> latest(Collection<String> keyResults) {
    return work.history().latest(keyResults);
  }

  @Override
  public @Nullable Long publishedRun(String source) {
    return publishedRuns
        .computeIfAbsent(source, it -> work.sources().stored(it).map(StoredSource::publishedRun))
        .orElse(null);
  }

  private Reading ask(Measure measure, Window window) {
    MeasureDefinition definition = measure.definition();
    Long run = publishedRun(definition.from());
    if (run == null) {
      return Reading.neverRead(definition, window);
    }
    long id = upToDate(measure).id();
    try {
      return Reading.of(
          definition,
          window,
          new ContributionTotals(work.sql(), id, window, run).ofPublished(definition));
    } catch (SQLException failure) {
      throw new IllegalStateException("could not read '" + measure.version() + "'", failure);
    }
  }

  private StoredMeasure upToDate(Measure measure) {
    String source = measure.definition().from();
    return work.measures()
        .version(source, measure.version())
        .filter(StoredMeasure::isUpToDate)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "'%s' is not kept up to date for '%s'; derive it first"
                        .formatted(measure.version(), source)));
  }
}
