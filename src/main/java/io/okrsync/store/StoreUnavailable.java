package io.okrsync.store;

import org.jspecify.annotations.Nullable;

/**
 * The database cannot be used. The message is one sentence or two for a person: what is wrong, and
 * what to do. It never holds a secret.
 */
public final class StoreUnavailable extends RuntimeException {
  public StoreUnavailable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
