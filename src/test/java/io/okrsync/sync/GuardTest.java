package io.okrsync.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.okrsync.okr.Cause;
import io.okrsync.okr.KeyResultChange;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GuardTest {
  private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");
  private static final Guard HALF = new Guard(BigDecimal.ONE, new BigDecimal("0.5"));

  @Test
  void doubts_a_run_that_removes_more_than_a_fifth_unless_told_otherwise() {
    assertThat(removing(21, 100, Guard.STANDARD))
        .hasValue("it would remove 21 of 100 records, 21%, and guard.drop is 20%");
    assertThat(removing(20, 100, Guard.STANDARD)).isEmpty();
    assertThat(removing(100, 100, HALF)).isEmpty();
  }

  @Test
  void does_not_doubt_a_few_records_nor_a_first_run() {
    assertThat(removing(9, 10, Guard.STANDARD)).isEmpty();
    assertThat(removing(10, 10, Guard.STANDARD)).isPresent();
    assertThat(removing(50, 0, Guard.STANDARD)).isEmpty();
  }

  /** What did not come counts until another look, so all would count twice until then. */
  @Test
  void doubts_a_run_of_others_than_those_that_are_known() {
    assertThat(Guard.STANDARD.doubt(run(30, 0), 100, 30, List.of(), List.of()))
        .hasValue(
            "30 of 100 records did not come and 30 others did, as where ids have changed; both"
                + " would count until another look, and guard.drop is 20%");
    assertThat(Guard.STANDARD.doubt(run(30, 0), 100, 20, List.of(), List.of())).isEmpty();
    assertThat(Guard.STANDARD.doubt(run(20, 0), 100, 100, List.of(), List.of())).isEmpty();
    assertThat(Guard.STANDARD.doubt(run(9, 0), 9, 9, List.of(), List.of())).isEmpty();
  }

  @Test
  void doubts_a_value_that_jumps_either_way() {
    assertThat(moving("100", "151", HALF))
        .hasValue("it would move revenue from 100 to 151, by 51%, and guard.jump is 50%");
    assertThat(moving("100", "49", HALF)).isPresent();
    assertThat(moving("-10", "-16", HALF)).isPresent();
    assertThat(moving("100", "150", HALF)).isEmpty();
  }

  @Test
  void does_not_doubt_a_first_value_nor_a_move_from_nothing() {
    assertThat(moving(null, "151", HALF)).isEmpty();
    assertThat(moving("0", "151", HALF)).isEmpty();
    assertThat(moving("100", "900", Guard.STANDARD)).isEmpty();
  }

  @Test
  void tells_whoever_decides_what_else_would_move() {
    List<KeyResultChange> changes =
        List.of(
            move("revenue", "1594.50", "516"),
            move("same", "5", "5.0"),
            move("a", null, "1"),
            move("b", "1", "2"),
            move("c", "1", "2"),
            move("d", "1", "2"),
            move("e", "1", "2"));
    assertThat(Guard.STANDARD.doubt(run(50), 100, 0, changes, List.of()))
        .hasValue(
            "it would remove 50 of 100 records, 50%, and guard.drop is 20%;"
                + " it would move revenue from 1594.5 to 516; it would move a from nothing to 1;"
                + " it would move b from 1 to 2; it would move c from 1 to 2;"
                + " it would move d from 1 to 2; and 1 more");
    assertThat(Guard.STANDARD.doubt(run(0), 100, 0, changes, List.of())).isEmpty();
  }

  @Test
  void refuses_limits_that_mean_nothing() {
    assertThatThrownBy(() -> new Guard(new BigDecimal("1.01"), null))
        .hasMessage("drop must be 0% to 100%");
    assertThatThrownBy(() -> new Guard(BigDecimal.ONE, BigDecimal.ZERO))
        .hasMessageContaining("jump must be more than 0%");
  }

  private static Optional<String> removing(long removed, long known, Guard guard) {
    return guard.doubt(run(removed), known, 0, List.of(), List.of());
  }

  private static Optional<String> moving(@Nullable String from, String to, Guard guard) {
    return guard.doubt(run(0), 100, 0, List.of(move("revenue", from, to)), List.of());
  }

  private static KeyResultChange move(String keyResult, @Nullable String from, String to) {
    BigDecimal before = from == null ? null : new BigDecimal(from);
    return new KeyResultChange(
        keyResult, before, new BigDecimal(to), null, Cause.SYNC, NOON, List.of());
  }

  private static SyncRun run(long removed) {
    return run(0, removed);
  }

  private static SyncRun run(long created, long removed) {
    Counts counts = new Counts(100, created, 0, 100 - created, removed, 0, null);
    return new SyncRun(
        1,
        "crm",
        RunKind.SYNC,
        Trigger.SCHEDULE,
        Outcome.OK,
        null,
        NOON,
        NOON,
        null,
        null,
        "",
        counts,
        null,
        false);
  }
}
