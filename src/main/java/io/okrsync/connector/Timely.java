package io.okrsync.connector;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A body that must have come whole by some time: each of its parts may come in time, and so few of
 * them that its end would never come. When it is closed before its end the connection is dropped:
 * its own stream would wait for the rest, and read that.
 */
final class Timely extends FilterInputStream {
  private final Duration atMost;
  private final LongSupplier nanos;
  private final Closeable connection;
  private final long began;
  private boolean isAtEnd;

  /** The answer goes on coming, but too slowly. */
  static final class TooSlow extends IOException {
    TooSlow(Duration atMost) {
      super(
          "had not answered whole after %d s, though it never stopped; see what slows it down, or let its connector ask for fewer records at once or give it more time (timeout)"
              .formatted(atMost.toSeconds()));
    }
  }

  /**
   * @param nanos a time that is never put back, as {@link System#nanoTime()}
   * @param connection is closed where the body is not wanted to its end
   */
  Timely(InputStream in, Duration atMost, LongSupplier nanos, Closeable connection) {
    super(in);
    this.atMost = atMost;
    this.nanos = nanos;
    this.connection = connection;
    this.began = nanos.getAsLong();
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    came(next);
    return next;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int read = super.read(into, from, length);
    came(read);
    return read;
  }

  @Override
  public void close() throws IOException {
    if (!isAtEnd) {
      connection.close();
    }
    super.close();
  }

  private void came(int read) throws TooSlow {
    isAtEnd = read < 0;
    if (nanos.getAsLong() - began > atMost.toNanos()) {
      throw new TooSlow(atMost);
    }
  }
}
