package io.okrsync.config;

import org.jspecify.annotations.Nullable;

/**
 * One key of the configuration. From this come its reading, the help when it is misspelt, the
 * editors' schema and the reference page.
 *
 * @param standard what holds when it is not given, in words; null where it must be given or nothing
 *     holds then
 * @param example a value to copy
 * @param meaning one sentence for admins
 */
record Key<T>(
    String name,
    Kind<T> kind,
    boolean required,
    @Nullable String standard,
    String example,
    String meaning) {

  static <T> Key<T> required(String name, Kind<T> kind, String example, String meaning) {
    return new Key<>(name, kind, true, null, example, meaning);
  }

  static <T> Key<T> optional(
      String name, Kind<T> kind, @Nullable String standard, String example, String meaning) {
    return new Key<>(name, kind, false, standard, example, meaning);
  }
}
