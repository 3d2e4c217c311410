package io.okrsync.web;

/** The pages cannot be served where they were asked for; the message says why and what to do. */
public final class WebUnavailable extends RuntimeException {
  public WebUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
