package io.okrsync.store;

import io.okrsync.measure.Measure;
import io.okrsync.measure.Reading;
import io.okrsync.measure.Selection;
import io.okrsync.measure.Window;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be read while something is being published: every source as of its last published run,
 * the run at hand included. Good only inside the function it is handed to.
 */
public interface Readings {
  /**
   * The measure in this window, computed by the database from the contributions, exactly.
   *
   * @throws NotDerived when {@link Store#derive} was not told of this measure
   */
  Reading read(Measure measure, Window window);

  /** The same of selected contributions only; the source of each measure in it is seen. */
  Reading read(Selection selection);

  /** The same for each key; what has none is under the empty text. */
  Map<String, Reading> groups(Selection selection);

  /** The last reading of each of these key results that has one, by its id; asked all at once. */
  Map<String, KeyResultReading> latest(Collection<String> keyResults);

  /** The run of which this source's records are seen; null while it was never published. */
  @Nullable Long publishedRun(String source);

  /** When that run began: what is read is as of then; null while there is none. */
  @Nullable Instant readAt(String source);

  /** Whether records did not come in the last look, and another one is to tell if they are gone. */
  boolean owesLook(String source);
}
