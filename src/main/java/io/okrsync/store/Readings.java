package io.okrsync.store;

import io.okrsync.measure.Measure;
import io.okrsync.measure.Reading;
import io.okrsync.measure.Window;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can be read while something is being published: every source as of its last published run,
 * the run at hand included. Good only inside the function it is handed to.
 */
public interface Readings {
  /**
   * The measure in this window, computed by the database from the contributions, exactly.
   *
   * @throws IllegalStateException when {@link Store#derive} was not told of this measure
   */
  Reading read(Measure measure, Window window);

  /** The last reading of the key result; empty while there is none. */
  Optional<KeyResultReading> latest(String keyResult);

  /** The run of which this source's records are seen; null while it was never published. */
  @Nullable Long publishedRun(String source);
}
