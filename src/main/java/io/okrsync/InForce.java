package io.okrsync;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The configuration in force. A step that stores something holds it still for as long as it takes;
 * an exchange waits for such steps, and never for a source that is slow to answer.
 */
final class InForce implements Supplier<Setup> {
  private final ReadWriteLock lock = new ReentrantReadWriteLock(true);
  private volatile @Nullable Setup setup;

  /** As it is at this moment. */
  @Override
  public Setup get() {
    return Objects.requireNonNull(setup, "no configuration is in force yet");
  }

  /** Takes a step during which the configuration stays as it is. */
  <T> T during(Function<Setup, T> step) {
    lock.readLock().lock();
    try {
      return step.apply(get());
    } finally {
      lock.readLock().unlock();
    }
  }

  /** The same, but empty while another one is being prepared, instead of waiting for that. */
  <T> Optional<T> unlessExchanged(Function<Setup, T> step) {
    if (!lock.readLock().tryLock()) {
      return Optional.empty();
    }
    try {
      return Optional.of(step.apply(get()));
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Puts another configuration in force, which is prepared while no step is being taken. */
  void exchange(Supplier<Setup> next) {
    lock.writeLock().lock();
    try {
      setup = next.get();
    } finally {
      lock.writeLock().unlock();
    }
  }
}
