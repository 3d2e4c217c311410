package io.okrsync.connector;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A source that could not be read. The message says what failed, which source, and what to do;
 * never a secret or a payload.
 */
public final class SourceFailure extends RuntimeException {
  /** What can be done about it. */
  public enum Remedy {
    /** It may work later by itself: throttled, down, or cut off. */
    RETRY_LATER,
    /** The credentials are refused; somebody must renew them. */
    REAUTHENTICATE,
    /** Reading cannot go on from this place; another run begins anew. */
    BEGIN_ANEW,
    /** It will fail again until an admin changes something. */
    ASK_ADMIN
  }

  private final Remedy remedy;
  private final transient @Nullable Instant retryAt;

  public SourceFailure(
      Remedy remedy, String message, @Nullable Instant retryAt, @Nullable Throwable cause) {
    super(message, cause);
    this.remedy = remedy;
    this.retryAt = retryAt;
  }

  public Remedy remedy() {
    return remedy;
  }

  /** When the source asked us to come back; null where it did not say. */
  public @Nullable Instant retryAt() {
    return retryAt;
  }
}
