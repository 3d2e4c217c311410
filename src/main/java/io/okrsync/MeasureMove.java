package io.okrsync;

import io.okrsync.audit.Why;
import io.okrsync.formula.MeasureUse;
import io.okrsync.measure.Measure;
import io.okrsync.measure.Reading;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A measure that changes in a step, and the records that moved it.
 *
 * @param until the run as of which it is read then
 * @param why the cause where its records are not named; {@link Why#TIME} where the window moved
 * @param moves empty where its records are not named
 */
record MeasureMove(
    MeasureUse use,
    Measure measure,
    Reading to,
    @Nullable Long until,
    Why why,
    Optional<List<RecordMoves.Move>> moves) {
  String source() {
    return measure.definition().from();
  }
}
