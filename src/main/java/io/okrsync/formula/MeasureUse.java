package io.okrsync.formula;

import io.okrsync.measure.Selection;
import io.okrsync.measure.Window;
import org.jspecify.annotations.Nullable;

/**
 * A measure as a formula uses it.
 *
 * @param written as the formula calls it, such as {@code previous(deals_won)}
 * @param selection what is read
 * @param grouped whether it is also read for each key
 * @param key of a reading of one key, that key; null of a reading of all
 */
public record MeasureUse(
    String written, Selection selection, boolean grouped, @Nullable String key) {

  public Window window() {
    return selection.window();
  }

  /** The part of it that has this key. */
  public MeasureUse of(String one) {
    String called = one.isEmpty() ? "[no key]" : "['" + one + "']";
    return new MeasureUse(written + called, selection, true, one);
  }

  @Override
  public String toString() {
    return written;
  }
}
