package io.okrsync.store;

import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Goes through all rows of a kind in small transactions, so that a check of millions of rows holds
 * nobody up.
 */
record RowByRow(Database database) {
  /** How many rows are asked for at once. */
  static final int AT_ONCE = 1000;

  /** Asks for the rows that follow a key, in order. */
  interface Next<K, T> {
    List<T> after(Work work, K key) throws SQLException;
  }

  <K, T> void each(K first, Next<K, T> next, Function<T, K> key, Consumer<T> to) {
    inOrder(first, next, key, some -> some.forEach(to));
  }

  /** Some at a time, each in a transaction of its own, until there are no more. */
  <K, T> void inOrder(K first, Next<K, T> next, Function<T, K> key, Consumer<List<T>> to) {
    K last = first;
    List<T> some = after(last, next);
    while (!some.isEmpty()) {
      to.accept(some);
      last = key.apply(some.get(some.size() - 1));
      some = after(last, next);
    }
  }

  private <K, T> List<T> after(K key, Next<K, T> next) {
    return database.get(work -> next.after(work, key));
  }
}
