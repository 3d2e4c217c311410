package io.okrsync.web;

import io.okrsync.okr.Cycle;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Objective;
import io.okrsync.okr.ObjectiveStanding;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An objective with its key results, as the API gives it.
 *
 * @param countsIn the ids of the key results whose value is its score
 * @param typed the part of the score, 0..1, that rests on typed values
 */
record ObjectiveBody(
    String id,
    String title,
    String owner,
    List<String> countsIn,
    @Nullable BigDecimal score,
    BigDecimal typed,
    String status,
    CycleBody cycle,
    List<KeyResultBody> keyResults) {

  static Items<ObjectiveBody> of(List<ObjectiveStanding> all) {
    Map<String, List<KeyResult>> parents = ObjectiveStanding.parents(all);
    return Items.of(all, it -> of(it, parents.getOrDefault(it.objective().id(), List.of())));
  }

  private static ObjectiveBody of(ObjectiveStanding standing, List<KeyResult> countsIn) {
    Objective objective = standing.objective();
    return new ObjectiveBody(
        objective.id(),
        objective.title(),
        objective.owner(),
        countsIn.stream().map(KeyResult::id).toList(),
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
