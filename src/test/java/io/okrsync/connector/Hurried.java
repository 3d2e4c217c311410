package io.okrsync.connector;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;

/** Connectors that do not wait where they would, but tell for how long. */
public final class Hurried {
  private Hurried() {}

  public static Connectors connectors(Path routes, Clock clock, Consumer<Duration> waited) {
    return new Connectors(routes, clock, waited::accept);
  }
}
