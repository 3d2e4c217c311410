package io.okrsync.store;

import static java.util.Objects.requireNonNull;

import io.okrsync.measure.Measure;
import io.okrsync.measure.MeasureDefinition;
import io.okrsync.measure.Reading;
import io.okrsync.measure.Selection;
import io.okrsync.measure.Window;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Readings as of the last published run of each source; the same is asked of the database once. */
final class PublishedReadings implements Readings {
  private final Work work;
  private final Map<Selection, Reading> answers = new HashMap<>();
  private final Map<Selection, Map<String, Reading>> groups = new HashMap<>();
  private final Map<String, Optional<StoredSource>> sources = new HashMap<>();

  PublishedReadings(Work work) {
    this.work = work;
  }

  @Override
  public Reading read(Measure measure, Window window) {
    return read(Selection.of(measure, window));
  }

  @Override
  public Reading read(Selection selection) {
    return answers.computeIfAbsent(selection, this::ask);
  }

  @Override
  public Map<String, Reading> groups(Selection selection) {
    return groups.computeIfAbsent(selection, this::askForGroups);
  }

  @Override
  public Map<String, KeyResultReading> latest(Collection<String> keyResults) {
    return work.history().latest(keyResults);
  }

  @Override
  public @Nullable Long publishedRun(String source) {
    return source(source).map(StoredSource::publishedRun).orElse(null);
  }

  @Override
  public @Nullable Instant readAt(String source) {
    return source(source).map(StoredSource::readAt).orElse(null);
  }

  @Override
  public boolean owesLook(String source) {
    return source(source).map(StoredSource::owesLook).orElse(false);
  }

  private Optional<StoredSource> source(String name) {
    return sources.computeIfAbsent(name, work.sources()::stored);
  }

  private Reading ask(Selection selection) {
    MeasureDefinition definition = selection.measure().definition();
    Optional<Measure> unread = unread(selection);
    if (unread.isPresent()) {
      return Reading.neverRead(unread.get().definition(), selection.window());
    }
    try {
      return Reading.of(
          definition,
          selection.window(),
          new ContributionTotals(work.sql(), selection, this::seen).ofPublished(definition));
    } catch (SQLException failure) {
      throw couldNotRead(selection, failure);
    }
  }

  private Map<String, Reading> askForGroups(Selection selection) {
    if (unread(selection).isPresent()) {
      return Map.of();
    }
    try {
      return new ContributionGroups(work.sql(), selection, this::seen).all();
    } catch (SQLException failure) {
      throw couldNotRead(selection, failure);
    }
  }

  /** The first measure in it whose source was never read completely. */
  private Optional<Measure> unread(Selection selection) {
    return selection
        .measures()
        .filter(it -> publishedRun(it.definition().from()) == null)
        .findFirst();
  }

  private Selected.Seen seen(Measure measure) {
    long run = requireNonNull(publishedRun(measure.definition().from()), "it was published");
    return new Selected.Seen(measure.definition().from(), upToDate(measure).id(), run);
  }

  private static IllegalStateException couldNotRead(Selection selection, SQLException failure) {
    return new IllegalStateException(
        "could not read '" + selection.measure().version() + "'", failure);
  }

  private StoredMeasure upToDate(Measure measure) {
    String source = measure.definition().from();
    return work.measures()
        .version(source, measure.version())
        .filter(StoredMeasure::isUpToDate)
        .orElseThrow(
            () ->
                new NotDerived(
                    "'%s' is not kept up to date for '%s'; derive it first"
                        .formatted(measure.version(), source)));
  }
}
