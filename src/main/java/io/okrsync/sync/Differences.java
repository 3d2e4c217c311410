package io.okrsync.sync;

import java.util.List;

/**
 * What a run found that its counts alone do not tell.
 *
 * @param first some of them, by what they are and by record
 * @param all how many there are
 */
public record Differences(List<Difference> first, long all) {
  public static final Differences NONE = new Differences(List.of(), 0);

  /** How many are not among the first. */
  public long more() {
    return all - first.size();
  }
}
