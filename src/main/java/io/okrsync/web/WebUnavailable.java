package io.okrsync.web;

import org.jspecify.annotations.Nullable;

/** The pages cannot be served where they were asked for; the message says why and what to do. */
public final class WebUnavailable extends RuntimeException {
  public WebUnavailable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
