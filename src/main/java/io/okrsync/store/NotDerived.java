package io.okrsync.store;

/**
 * The measures kept up to date are not those that are wanted: {@link Store#derive} was not told of
 * them, or of others since, as by another process with other files.
 */
public final class NotDerived extends IllegalStateException {
  NotDerived(String message) {
    super(message);
  }
}
