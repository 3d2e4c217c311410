package io.okrsync.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One page is fetched ahead, and nobody can tell but by the clock. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class PagesTest {
  private static final ReadingPlace BEGINNING = new ReadingPlace(null, null);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void while_a_page_is_used_the_next_is_fetched_and_no_more() throws InterruptedException {
    try (Pages pages = pages(place -> numbered(place, 5))) {
      assertThat(pages.next().next()).isEqualTo("2");
      assertThat(asked.take()).isEqualTo("1");
      assertThat(asked.take()).isEqualTo("2");
      assertThat(asked.poll(100, TimeUnit.MILLISECONDS)).isNull();

      assertThat(pages.next().next()).isEqualTo("3");
      assertThat(asked.take()).isEqualTo("3");
    }
  }

  @Test
  void nothing_is_fetched_before_the_first_page_is_asked_for() {
    try (Pages pages = pages(place -> numbered(place, 2))) {
      assertThat(pages.hasNext()).isTrue();
      assertThat(asked).isEmpty();
    }
  }

  @Test
  void pages_come_in_their_order_to_the_last() {
    try (Pages pages = pages(place -> numbered(place, 4))) {
      assertThat(pages.iterator())
          .toIterable()
          .map(Page::next)
          .containsExactly("2", "3", "4", null);
      assertThat(asked).containsExactly("1", "2", "3", "4");
    }
  }

  @Test
  void what_goes_wrong_ahead_is_told_only_when_that_page_is_asked_for()
      throws InterruptedException {
    SourceFailure failure =
        new SourceFailure(SourceFailure.Remedy.RETRY_LATER, "it hangs", null, null);
    CountDownLatch failed = new CountDownLatch(1);
    try (Pages pages =
        pages(
            place -> {
              if (place.cursor() == null) {
                return numbered(place, 2);
              }
              failed.countDown();
              throw failure;
            })) {
      assertThat(pages.next().records()).hasSize(1);
      failed.await();
      assertThat(pages.hasNext()).isTrue();
      assertThatThrownBy(pages::next).isSameAs(failure);
    }
  }

  @Test
  void who_is_interrupted_while_waiting_stops_and_so_does_the_fetching()
      throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    try (Pages pages =
        pages(place -> place.cursor() == null ? numbered(place, 2) : hang(stopped))) {
      pages.next();
      assertThat(asked.take()).isEqualTo("1");
      assertThat(asked.take()).isEqualTo("2");
      Thread.currentThread().interrupt();
      assertThatThrownBy(pages::next)
          .hasMessageContaining("was stopped before it had read to the end");
      assertThat(Thread.interrupted()).isTrue();
      stopped.await();
    }
  }

  @Test
  void closing_stops_the_fetching() throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    try (Pages pages =
        pages(place -> place.cursor() == null ? numbered(place, 2) : hang(stopped))) {
      pages.next();
      assertThat(asked.take()).isEqualTo("1");
      assertThat(asked.take()).isEqualTo("2");
    }
    stopped.await();
  }

  private Pages pages(Function<ReadingPlace, Page> read) {
    return new Pages(
        place -> {
          asked.add(number(place.cursor()));
          return read.apply(place);
        },
        new PageAhead(threads),
        "crm",
        BEGINNING);
  }

  private static String number(@Nullable String cursor) {
    return cursor == null ? "1" : cursor;
  }

  private static Page numbered(ReadingPlace place, int last) {
    int number = Integer.parseInt(number(place.cursor()));
    SourceRecord record =
        new SourceRecord(
            String.valueOf(number), null, false, JsonNodeFactory.instance.objectNode());
    return new Page(
        List.of(record), List.of(), number == last ? null : String.valueOf(number + 1), null);
  }

  /** Until it is interrupted. */
  private static Page hang(CountDownLatch stopped) {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      stopped.countDown();
    }
    throw new IllegalStateException("was stopped");
  }
}
