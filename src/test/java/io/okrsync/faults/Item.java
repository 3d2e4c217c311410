package io.okrsync.faults;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One record of the simulated tool: a deal, or an issue that is done when it is won.
 *
 * @param closedAt when it was won or lost; null while it is open
 * @param deleted it is gone; only tools that flag deletes still show it
 */
record Item(
    int id,
    State state,
    BigDecimal value,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant closedAt,
    boolean deleted) {

  /** Where it stands. */
  enum State {
    OPEN,
    WON,
    LOST
  }

  Item closed(State how, Instant closed, Instant now) {
    return new Item(id, how, value, createdAt, now, closed, deleted);
  }

  Item reopened(Instant now) {
    return new Item(id, State.OPEN, value, createdAt, now, null, deleted);
  }

  Item worth(BigDecimal other, Instant now) {
    return new Item(id, state, other, createdAt, now, closedAt, deleted);
  }

  /** The same by another clock. */
  Item changedAt(Instant other) {
    return new Item(id, state, value, createdAt, other, closedAt, deleted);
  }

  Item deleted(boolean gone, Instant now) {
    return new Item(id, state, value, createdAt, now, closedAt, gone);
  }
}
