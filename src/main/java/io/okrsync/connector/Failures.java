package io.okrsync.connector;

import static io.okrsync.connector.SourceFailure.Remedy.ASK_ADMIN;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever a connector's route threw into a failure that says what to do. */
final class Failures {
  private static final Logger log = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  static SourceFailure of(Exception thrown, PageCall call) {
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      if (e instanceof SourceFailure failure) {
        return failure;
      }
      if (e instanceof JqProgram.Unusable) {
        return call.failure(
            ASK_ADMIN,
            "answered what connector '%s' cannot read: %s"
                .formatted(call.connector().name(), e.getMessage()),
            null);
      }
    }
    log.debug("source '{}' could not be read", call.source().name(), thrown);
    return call.failure(
        ASK_ADMIN,
        "could not be read with connector '%s': %s"
            .formatted(call.connector().name(), reason(thrown)),
        null);
  }

  /** The innermost reason in one line: what Camel wraps around it repeats whole routes. */
  static String reason(Throwable thrown) {
    Throwable inner = thrown;
    while (inner.getCause() != null && inner.getCause() != inner) {
      inner = inner.getCause();
    }
    @Nullable String message = inner.getMessage();
    return ErrorText.clean(message == null ? inner.getClass().getSimpleName() : message);
  }
}
