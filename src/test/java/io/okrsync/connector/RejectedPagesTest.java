package io.okrsync.connector;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pages of nothing but rejected items are no reason to read on for ever. */
class RejectedPagesTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  @Timeout(10)
  void pages_without_a_usable_item_end_the_run_and_say_what_is_wrong_with_the_items() {
    int[] asked = {0};
    Pages pages =
        new Pages(
            place ->
                new Page(
                    List.of(),
                    List.of(new Rejection("item 1", "has no id")),
                    "place " + ++asked[0],
                    null),
            new PageAhead(threads),
            "crm",
            new ReadingPlace(null, null));

    assertThatThrownBy(() -> pages.forEachRemaining(page -> {}))
        .isInstanceOf(SourceFailure.class)
        .hasMessageContainingAll("crm", "100 pages in a row", "item 1: has no id");
  }
}
