package io.okrsync.store;

import java.sql.SQLException;
import java.util.List;
import java.util.function.BiConsumer;
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

  /** The next rows by number, as many as are asked for. */
  interface NextRows<T> {
    List<T> after(Work work, long id, int atOnce) throws SQLException;
  }

  /**
   * Rows by their number, in order; one that cannot even be read, because somebody made it what it
   * cannot be, is told by its number, and the next one follows.
   */
  <T> void readable(
      String table,
      NextRows<T> next,
      Function<T, Long> id,
      Consumer<T> to,
      BiConsumer<Long, RuntimeException> broken) {
    long last = Long.MIN_VALUE;
    int atOnce = AT_ONCE;
    while (true) {
      try {
        long from = last;
        int many = atOnce;
        List<T> some = database.get(work -> next.after(work, from, many));
        if (some.isEmpty()) {
          return;
        }
        some.forEach(to);
        last = id.apply(some.get(some.size() - 1));
      } catch (StoreUnavailable gone) {
        throw gone;
      } catch (RuntimeException unreadable) {
        if (atOnce == 1) {
          last = idAfter(table, last);
          broken.accept(last, unreadable);
        }
        atOnce = atOnce == 1 ? AT_ONCE : 1;
      }
    }
  }

  private long idAfter(String table, long id) {
    return database.get(
        work ->
            work.sql()
                .list(
                    "select min(id) from %s where id > ?".formatted(table),
                    row -> row.getLong(1),
                    id)
                .get(0));
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
