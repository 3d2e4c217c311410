package io.okrsync.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** What a server is asked at: a URL of http or https with a host. */
final class WebAddress {
  private WebAddress() {}

  /** Why this is none; empty where it is one. */
  static Optional<String> wrong(String text) {
    if (!text.startsWith("https://") && !text.startsWith("http://")) {
      return Optional.of("it must begin with https:// or http://");
    }
    try {
      return new URI(text).getHost() == null
          ? Optional.of("no host can be read from it")
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.of("it holds a space, or another character that no address has");
    }
  }
}
