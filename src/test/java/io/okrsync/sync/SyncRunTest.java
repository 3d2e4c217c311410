package io.okrsync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyncRunTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "SYNC, the next run reads again",
    "BACKFILL, that time is read again when a backfill is asked for",
    "RECONCILE, what it would have changed or removed stays until the next reconcile",
    "CENSUS, what it would have removed counts until the next census or reconcile"
  })
  void what_follows_where_it_is_discarded_depends_on_what_it_was_for(RunKind kind, String words) {
    assertThat(held(kind, Trigger.SCHEDULE).whenDiscarded()).isEqualTo(words);
  }

  @Test
  void what_was_sent_is_not_asked_for_again() {
    assertThat(held(RunKind.SYNC, Trigger.PUSH).whenDiscarded())
        .isEqualTo("what was sent counts when it is sent again");
  }

  private static SyncRun held(RunKind kind, Trigger trigger) {
    return new SyncRun(
        1,
        "crm",
        kind,
        trigger,
        Outcome.HELD,
        "it would remove 412 of 1200 records",
        NOON,
        NOON,
        null,
        null,
        "",
        Counts.NONE,
        null,
        false);
  }
}
