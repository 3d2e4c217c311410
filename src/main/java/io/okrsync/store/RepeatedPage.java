package io.okrsync.store;

/**
 * A page of a run that reads everything holds nothing but records which that run has read already:
 * the paging of the source does not work, and counting items would not show it.
 */
public final class RepeatedPage extends RuntimeException {
  RepeatedPage(int records) {
    super(
        records == 1
            ? "gave a page of 1 record that was read before in this run"
            : "gave a page of %d records that were all read before in this run".formatted(records));
  }
}
