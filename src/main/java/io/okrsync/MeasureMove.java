package io.okrsync;

import io.okrsync.audit.Why;
import io.okrsync.formula.MeasureUse;
import io.okrsync.measure.Measure;
import io.okrsync.measure.Reading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A measure, or one key of it, that changes in a step, and the records that moved it.
 *
 * @param to null where nothing is read of the key any more
 * @param since the run as of which it was read before; null where its source had not been read
 * @param until the run as of which it is read then
 * @param why the cause where its records are not named; {@link Why#TIME} where the window moved,
 *     {@link Why#RATES} where its rates are others
 * @param configVersion the configuration that did it; null where none did
 * @param moves empty where its records are not named
 */
record MeasureMove(
    MeasureUse use,
    @Nullable Reading to,
    @Nullable Long since,
    @Nullable Long until,
    Why why,
    @Nullable Long configVersion,
    Optional<List<RecordMoves.Move>> moves) {
  Measure measure() {
    return use.selection().measure();
  }

  String source() {
    return measure().definition().from();
  }

  /** Changes what a formula is given. */
  void applyTo(Map<MeasureUse, Reading> state) {
    if (to == null) {
      state.remove(use);
    } else {
      state.put(use, to);
    }
  }
}
