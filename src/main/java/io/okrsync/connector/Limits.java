package io.okrsync.connector;

import org.jspecify.annotations.Nullable;

/**
 * How much a source may be asked, by all its runs together; null is as much as it lets us.
 *
 * @param perMinute requests within any 60 seconds
 * @param perDay requests on a day of the source's zone
 * @param concurrent requests at the same time
 */
public record Limits(
    @Nullable Integer perMinute, @Nullable Integer perDay, @Nullable Integer concurrent) {
  public static final Limits NONE = new Limits(null, null, null);

  public Limits {
    positive(perMinute, "perMinute");
    positive(perDay, "perDay");
    positive(concurrent, "concurrent");
  }

  private static void positive(@Nullable Integer limit, String name) {
    if (limit != null && limit < 1) {
      throw new IllegalArgumentException(name + " must be 1 or more; leave it out for no limit");
    }
  }
}
