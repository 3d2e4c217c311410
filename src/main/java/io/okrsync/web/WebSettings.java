package io.okrsync.web;

import static java.util.Objects.requireNonNull;

/**
 * Where the pages and the API are served.
 *
 * @param host the address to listen on; only a loopback address keeps other machines out
 * @param port 0..65535, where 0 takes any free port
 */
public record WebSettings(String host, int port) {
  public static final String LOOPBACK = "127.0.0.1";
  public static final int DEFAULT_PORT = 8080;

  public WebSettings {
    requireNonNull(host, "host must not be null");
    if (host.isBlank()) {
      throw new IllegalArgumentException("host must not be empty; leave it out for " + LOOPBACK);
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be from 0 to 65535: " + port);
    }
  }

  /** This machine only, on the default port. */
  public static WebSettings defaults() {
    return new WebSettings(LOOPBACK, DEFAULT_PORT);
  }

  /** Whether it listens on every address of the machine, so that its names cannot be known. */
  boolean onEveryAddress() {
    return host.equals("0.0.0.0") || host.equals("::") || host.equals("[::]");
  }
}
