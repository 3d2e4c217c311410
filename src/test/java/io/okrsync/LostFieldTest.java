package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.FakeCrm.Mood;
import io.okrsync.Workspace.Said;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A field by which records count, and that the source tells no more. */
class LostFieldTest {
  @TempDir Path folder;
  private final FakeCrm crm = new FakeCrm();
  private Workspace workspace = new Workspace(Path.of("target"));
  private int lost;

  @BeforeEach
  void workspace() {
    workspace = new Workspace(folder).withCrm(crm.url());
  }

  @AfterEach
  void close() {
    crm.close();
  }

  @Test
  void many_records_that_would_count_no_more_for_want_of_it_let_the_run_be_held() {
    won(12);
    assertThat(workspace.run("sync").exit()).isZero();
    crm.mood = Mood.WON_TIME_IS_GONE;

    Said held = workspace.run("sync");

    assertThat(held.exit()).as(held.all()).isEqualTo(Main.FAILED);
    assertThat(held.out())
        .contains("run 2  held")
        .containsPattern(
            "12 records came without wonAt, and count no more in deals_won, revenue for want of"
                + " it: 1, 10, 11, …; nothing else came with it")
        .contains("discard this run when that is repaired, or release it");
    assertThat(workspace.run("status").out()).contains("1,200 USD");

    crm.mood = Mood.WELL;
    assertThat(workspace.run("discard", "2", "--reason", "the token was repaired").exit()).isZero();
    assertThat(workspace.run("sync").out()).contains("run 3  OK", "12 unchanged");
  }

  @Test
  void where_they_are_really_without_it_the_run_is_released() {
    won(12);
    workspace.run("sync");
    crm.mood = Mood.WON_TIME_IS_GONE;
    workspace.run("sync");

    Said released = workspace.run("release", "2", "--reason", "the column was emptied");

    assertThat(released.exit()).as(released.all()).isZero();
    assertThat(workspace.run("status").out()).doesNotContain("1,200");
    assertThat(workspace.run("sync").out()).contains("run 3  OK").doesNotContain("wonAt");
  }

  /**
   * What else speaks against it is told, too, and what it did not bring is gone when it is
   * released.
   */
  @Test
  void a_run_that_lost_a_field_says_what_else_would_change_and_is_released_as_a_whole() {
    for (int deal = 1; deal <= 40; deal++) {
      crm.won(deal, "100", deal > 12 ? "2026-11-20T03:00:00Z" : "2026-11-02T03:00:00Z");
    }
    workspace.run("sync");
    crm.forget(20);
    crm.mood = Mood.WON_TIME_IS_GONE;

    assertThat(workspace.run("reconcile", "crm").out())
        .containsPattern(
            "12 records came without wonAt.*; it would remove 20 of 40 records.*revenue");
    workspace.run("release", "2", "--reason", "so it is");

    assertThat(workspace.run("status").out()).contains("800 USD");
  }

  @Test
  void of_a_few_it_is_told() {
    won(4);
    crm.won(20, "70", "2026-11-20T03:00:00Z");
    workspace.run("sync");
    crm.mood = Mood.WON_TIME_IS_GONE;

    assertThat(workspace.run("sync").out())
        .contains("run 2  OK", "4 records came without wonAt", "for want of it: 1, 2, 3, …");
  }

  @Test
  void of_a_few_that_are_all_that_counted_the_run_is_held() {
    won(4);
    workspace.run("sync");
    crm.mood = Mood.WON_TIME_IS_GONE;

    assertThat(workspace.run("sync").out()).contains("run 2  held", "4 records came without wonAt");
    assertThat(workspace.run("status").out()).contains("400 USD");
  }

  @Test
  void of_a_few_again_and_again_the_run_is_held_that_makes_them_many() {
    won(20);
    workspace.run("sync");
    for (int run = 2; run <= 4; run++) {
      assertThat(afterLosing(3).out()).contains("run %d  OK".formatted(run), "3 records came");
    }

    assertThat(afterLosing(3).out())
        .contains("run 5  held", "12 have lost it since everything was read last");
    workspace.run("release", "5", "--reason", "they were emptied by hand");

    assertThat(afterLosing(3).out()).contains("run 6  OK", "3 records came");
  }

  /** More left another measure, which goes on counting the rest. */
  @Test
  void of_a_few_that_are_all_of_one_measure_the_run_is_held_though_others_lost_more() {
    workspace.write(
        "config/measures.yaml",
        """
        measures:
          deals_won:  { from: crm, where: status == 'won',  at: wonAt,  count: true }
          deals_lost: { from: crm, where: status == 'lost', at: lostAt, count: true }
          big:        { from: crm, where: status == 'won' && value > 500, at: wonAt, count: true }
          revenue:    { from: crm, where: status == 'won',  at: wonAt,  sum: value, currency: currency, in: USD }
        """);
    won(1);
    for (int deal = 2; deal <= 5; deal++) {
      crm.won(deal, "1000");
    }
    for (int deal = 6; deal <= 20; deal++) {
      crm.won(deal, "100");
    }
    workspace.run("sync");

    assertThat(afterLosing(5).out())
        .contains("run 2  held", "4 records came without wonAt, and count no more in big for want");
  }

  private Said afterLosing(int deals) {
    for (int i = 0; i < deals; i++) {
      crm.losesWonTime(++lost);
    }
    return workspace.run("sync");
  }

  @Test
  void nothing_is_said_where_another_condition_keeps_them_from_counting() {
    won(12);
    workspace.run("sync");
    crm.mood = Mood.REOPENED;

    assertThat(workspace.run("sync").out())
        .contains("run 2  OK", "12 changed")
        .doesNotContain("wonAt");
  }

  @Test
  void one_that_comes_with_it_proves_nothing_about_many_that_come_without() {
    won(12);
    workspace.run("sync");
    crm.mood = Mood.WON_TIME_IS_GONE;
    crm.won(20, "70", "2026-11-20T03:00:00Z");

    assertThat(workspace.run("sync").out())
        .contains("run 2  held", "12 records came without wonAt", "1 that count came with it");
  }

  @Test
  void nothing_is_said_where_as_many_come_with_it() {
    won(12);
    workspace.run("sync");
    crm.mood = Mood.WON_TIME_IS_GONE;
    for (int deal = 20; deal < 32; deal++) {
      crm.won(deal, "70", "2026-11-20T03:00:00Z");
    }

    assertThat(workspace.run("sync").out()).contains("run 2  OK").doesNotContain("wonAt");
  }

  private void won(int deals) {
    for (int deal = 1; deal <= deals; deal++) {
      crm.won(deal, "100");
    }
  }
}
