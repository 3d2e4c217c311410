package io.okrsync.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A mapping that was read by a {@link Shape}: the values that are right, and where each key stands.
 *
 * @param sound whether nothing in it was reported
 */
record Section(Node.Mapping node, Map<Key<?>, Object> values, boolean sound) {

  @SuppressWarnings("unchecked") // Shape puts under each key what its kind has read
  <T> Optional<T> get(Key<T> key) {
    return Optional.ofNullable((T) values.get(key));
  }

  /** The value of a key that is required, in a section that is sound. */
  <T> T need(Key<T> key) {
    return get(key).orElseThrow();
  }

  boolean has(Key<?> key) {
    return node.entries().containsKey(key.name());
  }

  /** The names in the mapping under this key, also of values that are not right. */
  Set<String> names(Key<?> key) {
    Node.Entry entry = node.entries().get(key.name());
    return entry != null && entry.value() instanceof Node.Mapping mapping
        ? mapping.entries().keySet()
        : Set.of();
  }

  /** Where the value of this key begins; where the section begins if it is not given. */
  Place place(String key) {
    return node.place(key);
  }

  /**
   * A record that checks itself, made from a sound section. What it refuses is reported at the key
   * with which its message begins.
   */
  <T> Optional<T> make(Context context, Supplier<T> made) {
    return sound ? tried(context, made) : Optional.empty();
  }

  /**
   * A record that checks itself, made of a section that may have other problems, so that they hide
   * none; missing values must be stood in for.
   */
  <T> Optional<T> tried(Context context, Supplier<T> made) {
    try {
      return Optional.of(made.get());
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      context.problems().add(place(message.split("[ .]", 2)[0]), message);
      return Optional.empty();
    }
  }
}
