package io.okrsync.web;

import io.okrsync.okr.Cycle;
import io.okrsync.okr.Objective;
import io.okrsync.okr.ObjectiveStanding;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An objective with its key results, as the API gives it.
 *
 * @param typed the part of the score, 0..1, that rests on typed values
 */
record ObjectiveBody(
    String id,
    String title,
    String owner,
    @Nullable BigDecimal score,
    BigDecimal typed,
    String status,
    CycleBody cycle,
    List<KeyResultBody> keyResults) {

  static ObjectiveBody of(ObjectiveStanding standing) {
    Objective objective = standing.objective();
    return new ObjectiveBody(
        objective.id(),
        objective.title(),
        objective.owner(),
        standing.score(),
        standing.typedShare(),
        standing.status().label(),
        CycleBody.of(objective.cycle()),
        standing.keyResults().stream().map(KeyResultBody::of).toList());
  }

  /** Whole days in one zone; {@code to} is the last of them. */
  record CycleBody(String id, String from, String to, String zone) {
    static CycleBody of(Cycle cycle) {
      return new CycleBody(
          cycle.id(), cycle.from().toString(), cycle.to().toString(), cycle.zone().getId());
    }
  }
}
