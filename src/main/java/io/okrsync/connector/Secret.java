package io.okrsync.connector;

import static java.util.Objects.requireNonNull;

/**
 * A value that must not be seen: it prints as stars, and only the request that needs it reveals it.
 */
public final class Secret {
  private final String value;

  public Secret(String value) {
    this.value = requireNonNull(value, "value must not be null");
  }

  /**
   * The value itself, for the one request that needs it; it must not be stored, logged or put into
   * an exchange.
   */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "•••";
  }
}
