package io.okrsync.store;

/**
 * There is no database where one was to be looked into; none is made. The message is for a person:
 * where it was looked for, and what to do.
 */
public final class StoreMissing extends RuntimeException {
  StoreMissing(StoreSettings where) {
    super(
        "There is no database of OKR Sync at %s, and none was made; %s. 'sync' and 'serve' make one."
            .formatted(
                where,
                where.folder() == null
                    ? "name the right one with --database"
                    : "name the right folder with --data"));
  }
}
