package io.okrsync.web;

import io.okrsync.measure.NearestName;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A name that was asked for and is not there.
 *
 * @param detail in a sentence
 * @param nearest the name that was probably meant; null where none is near
 */
record Unknown(String detail, @Nullable String nearest) {
  /**
   * @param what such as {@code key result}
   */
  static Unknown of(String what, String name, Collection<String> known) {
    String nearest = NearestName.to(name, known).orElse(null);
    String detail = "No %s is called '%s'".formatted(what, name);
    return new Unknown(
        nearest == null ? detail : "%s; did you mean '%s'?".formatted(detail, nearest), nearest);
  }

  Answer answer() {
    return Problem.of(404, detail, nearest, null).answer();
  }
}
