package io.okrsync.demo;

/**
 * What goes wrong between a client and a vendor: of 80 requests two are throttled, one finds the
 * vendor not well, and some take their time. The same seed gives the same order.
 */
final class Disturbances {
  /** What becomes of a request. */
  enum Kind {
    NONE,
    THROTTLED,
    UNAVAILABLE,
    SLOW
  }

  private final Deck<Kind> kinds;

  private Disturbances(Deck<Kind> kinds) {
    this.kinds = kinds;
  }

  static Disturbances nowAndThen(long seed, String tool) {
    return new Disturbances(
        new Deck<Kind>(new Dice(seed, "disturbances of " + tool))
            .with(Kind.NONE, 73)
            .with(Kind.THROTTLED, 2)
            .with(Kind.UNAVAILABLE, 1)
            .with(Kind.SLOW, 4));
  }

  static Disturbances never() {
    return new Disturbances(new Deck<Kind>(new Dice(0, "nothing")).with(Kind.NONE, 1));
  }

  synchronized Kind next() {
    return kinds.draw();
  }
}
