package io.okrsync.measure;

import java.util.List;
import java.util.stream.Stream;

/**
 * Which contributions a reading takes: those to one measure, in a window, and of some keys only.
 *
 * @param among what its keys must be among, or not among
 */
public record Selection(Measure measure, Window window, List<Among> among) {
  public Selection {
    among = List.copyOf(among);
  }

  /**
   * The keys of another selection.
   *
   * @param inside whether a key must be one of them, or must not
   */
  public record Among(Selection keys, boolean inside) {}

  /** All contributions to a measure in a window. */
  public static Selection of(Measure measure, Window window) {
    return new Selection(measure, window, List.of());
  }

  /** Its measure and those that give it keys. */
  public Stream<Measure> measures() {
    return Stream.concat(Stream.of(measure), among.stream().flatMap(one -> one.keys().measures()));
  }
}
