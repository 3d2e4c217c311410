package io.okrsync.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Whoever writes records of a source waits for whoever else in this process does. Some work takes
 * many transactions, and a page stored between two of them would be half missed.
 */
final class SourceLocks {
  private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

  <T> T holding(String source, Supplier<T> work) {
    ReentrantLock lock = locks.computeIfAbsent(source, it -> new ReentrantLock());
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
