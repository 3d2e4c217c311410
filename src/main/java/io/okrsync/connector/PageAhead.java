package io.okrsync.connector;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** The one page that is fetched while the one before it is being used. */
final class PageAhead {
  private final ExecutorService threads;
  private @Nullable Future<Page> page;

  PageAhead(ExecutorService threads) {
    this.threads = threads;
  }

  /** Begins to fetch, in another thread that logs as this one does. */
  void fetch(Supplier<Page> read) {
    Map<String, String> context = MDC.getCopyOfContextMap();
    page =
        threads.submit(
            () -> {
              MDC.setContextMap(context == null ? Map.of() : context);
              return read.get();
            });
  }

  boolean isUnderWay() {
    return page != null;
  }

  /**
   * The page, or what went wrong with it.
   *
   * @throws InterruptedException when this thread is to stop; so is the fetching
   */
  Page await() throws InterruptedException {
    Future<Page> awaited = requireNonNull(page, "nothing is being fetched");
    try {
      return awaited.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (failed.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(failed.getCause());
    } finally {
      giveUp();
    }
  }

  /** Nobody will ask for the page any more. */
  void giveUp() {
    if (page != null) {
      page.cancel(true);
      page = null;
    }
  }
}
