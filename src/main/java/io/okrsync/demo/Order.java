package io.okrsync.demo;

import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * An order of records in which a place can be named: a client that goes on from a place misses
 * nothing that lies behind it, whatever was changed or deleted meanwhile.
 *
 * @param keys what is compared, the most important first; the last one must tell any two apart
 */
record Order<T>(List<ToLongFunction<T>> keys) {

  /**
   * A page.
   *
   * @param next the place of the first record of the next page; null at the end
   */
  record Slice<T>(List<T> items, @Nullable List<Long> next) {}

  /** So many of these records, in this order, from the place on (null: from the beginning). */
  Slice<T> slice(List<T> records, @Nullable List<Long> from, int limit) {
    List<T> rest =
        records.stream()
            .filter(item -> from == null || compare(place(item), from) >= 0)
            .sorted((one, other) -> compare(place(one), place(other)))
            .toList();
    if (rest.size() <= limit) {
      return new Slice<>(rest, null);
    }
    return new Slice<>(rest.subList(0, limit), place(rest.get(limit)));
  }

  private List<Long> place(T item) {
    return keys.stream().map(key -> key.applyAsLong(item)).toList();
  }

  private static int compare(List<Long> one, List<Long> other) {
    for (int i = 0; i < one.size(); i++) {
      int compared = Long.compare(one.get(i), other.get(i));
      if (compared != 0) {
        return compared;
      }
    }
    return 0;
  }
}
