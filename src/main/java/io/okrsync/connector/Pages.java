package io.okrsync.connector;

import static io.okrsync.connector.SourceFailure.Remedy.ASK_ADMIN;
import static io.okrsync.connector.SourceFailure.Remedy.RETRY_LATER;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Follows the cursors of a source from page to page, and never for ever. */
final class Pages implements Iterator<Page> {
  static final int MOST = 100_000;
  static final int MOST_EMPTY = 100;

  private final Function<ReadingPlace, Page> read;
  private final String source;
  private final Set<String> cursors = new HashSet<>();
  private @Nullable ReadingPlace place;
  private int pages;
  private int empty;
  private List<String> before = List.of();

  Pages(Function<ReadingPlace, Page> read, String source, ReadingPlace from) {
    this.read = read;
    this.source = source;
    this.place = from;
    remember(from.cursor());
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
    if (Thread.currentThread().isInterrupted()) {
      throw new SourceFailure(
          RETRY_LATER,
          "Source '%s' was stopped between two pages; it goes on next time".formatted(source),
          null,
          null);
    }
    Page page = read.apply(here);
    String next = page.next();
    checkEnd(page);
    place = next == null ? null : new ReadingPlace(here.since(), next);
    return page;
  }

  private void checkEnd(Page page) {
    pages++;
    empty = page.read() == 0 ? empty + 1 : 0;
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
              : "gave %d pages in a row without a record, and names yet another"
                  .formatted(MOST_EMPTY));
    }
  }

  private boolean remember(@Nullable String cursor) {
    return cursor == null || cursors.add(cursor);
  }

  private SourceFailure endless(String what) {
    return new SourceFailure(
        ASK_ADMIN,
        "Source '%s' %s, so reading would not end; the paging of its connector or of the server is wrong"
            .formatted(source, what),
        null,
        null);
  }
}
