package io.okrsync.okr;

import java.util.List;

/** What a team wants to reach in a cycle, told by its key results. There is at least one. */
public record Objective(
    String id, String title, String owner, Cycle cycle, List<KeyResult> keyResults) {
  public Objective {
    keyResults = List.copyOf(keyResults);
    if (keyResults.isEmpty()) {
      throw new IllegalArgumentException("objective '" + id + "' needs at least one key result");
    }
  }
}
