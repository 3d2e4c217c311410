package io.okrsync.connector;

import static io.okrsync.connector.SourceFailure.Remedy.BEGIN_ANEW;
import static io.okrsync.connector.SourceFailure.Remedy.RETRY_LATER;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Follows the cursors of a source from page to page, and never for ever. While a page is being used
 * the one after it is fetched, and no more than that one; what goes wrong with it is told when it
 * is asked for.
 */
public final class Pages implements Iterable<Page>, Iterator<Page>, AutoCloseable {
  static final int MOST = 100_000;
  static final int MOST_EMPTY = 100;

  private final Function<ReadingPlace, Page> read;
  private final PageAhead ahead;
  private final String source;
  private final Set<String> cursors = new HashSet<>();
  private @Nullable ReadingPlace place;
  private int pages;
  private int empty;
  private List<String> before = List.of();

  Pages(Function<ReadingPlace, Page> read, PageAhead ahead, String source, ReadingPlace from) {
    this.read = read;
    this.ahead = ahead;
    this.source = source;
    this.place = from;
    remember(from.cursor());
  }

  /** Itself: the pages can be gone through once. */
  @Override
  public Iterator<Page> iterator() {
    return this;
  }

  @Override
  public boolean hasNext() {
    return place != null;
  }

  @Override
  public Page next() {
    ReadingPlace here = place;
    if (here == null) {
      throw new NoSuchElementException("the last page was read");
    }
    Page page = fetched(here);
    String next = page.next();
    checkEnd(page);
    place = next == null ? null : here.at(next);
    if (place != null) {
      ReadingPlace following = place;
      ahead.fetch(() -> read.apply(following));
    }
    return page;
  }

  /** Gives up what was fetched ahead. */
  @Override
  public void close() {
    ahead.giveUp();
  }

  private Page fetched(ReadingPlace here) {
    if (Thread.currentThread().isInterrupted()) {
      ahead.giveUp();
      throw stopped();
    }
    try {
      return ahead.isUnderWay() ? ahead.await() : read.apply(here);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopped();
    }
  }

  private SourceFailure stopped() {
    return new SourceFailure(
        RETRY_LATER,
        "Source '%s' was stopped before it had read to the end".formatted(source),
        null,
        null);
  }

  private void checkEnd(Page page) {
    pages++;
    empty = page.records().isEmpty() ? empty + 1 : 0;
    List<String> ids = page.records().stream().map(SourceRecord::id).toList();
    if (!ids.isEmpty() && ids.equals(before)) {
      throw endless("gave the same page twice");
    }
    before = ids;
    if (page.next() == null) {
      return;
    }
    if (!remember(page.next())) {
      throw endless("names a next page that was read already");
    }
    if (pages >= MOST || empty >= MOST_EMPTY) {
      throw endless(
          pages >= MOST
              ? "has more than %,d pages".formatted(MOST)
              : "gave %d pages in a row without a record%s, and names yet another"
                  .formatted(MOST_EMPTY, rejected(page)));
    }
  }

  private static String rejected(Page page) {
    return page.rejections().stream()
        .findFirst()
        .map(it -> " (%s: %s)".formatted(it.id(), it.why()))
        .orElse("");
  }

  private boolean remember(@Nullable String cursor) {
    return cursor == null || cursors.add(cursor);
  }

  private SourceFailure endless(String what) {
    return wrongly(source, what + ", so reading would not end");
  }

  /** Its pages do not follow each other as they should, and from this place they never will. */
  public static SourceFailure wrongly(String source, String what) {
    return new SourceFailure(
        BEGIN_ANEW,
        "Source '%s' %s; the paging of its connector or of the server is wrong"
            .formatted(source, what),
        null,
        null);
  }
}
