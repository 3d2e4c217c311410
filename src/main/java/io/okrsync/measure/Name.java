package io.okrsync.measure;

import org.jspecify.annotations.Nullable;

/** A name that an expression may use: what it holds, and how it is looked up in a subject. */
public record Name<S>(ValueType<?> type, Lookup<S> lookup) {

  /** Gets a value out of a subject. */
  public interface Lookup<S> {
    /** Null means unset. */
    @Nullable Object in(S subject);
  }
}
