package io.okrsync.measure;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A function that evaluates what it is given elsewhere than where it stands, such as {@code
 * previous(deals_won)}. What "elsewhere" means is known to the vocabulary that has it.
 */
public interface Within<S> {
  /** What it may be given, in this order in messages. */
  Set<ValueType<?>> TAKES =
      Collections.unmodifiableSet(new LinkedHashSet<>(List.of(ValueType.NUMBER, ValueType.MOMENT)));

  /** How it is called, for messages. */
  String usage();

  /** How many expressions it takes. */
  int expressions();

  /** Whether a text in quotes comes after them. */
  boolean takesText();

  /** What is wrong with that text, and after a tab what to write. */
  default Optional<String> problem(String text) {
    return Optional.empty();
  }

  /**
   * The call as a name.
   *
   * @param written the whole call
   * @param inner what it is given, compiled
   * @param text the text in quotes; null where it takes none
   */
  Compiled<Name<S>> name(String written, List<Expression<S>> inner, @Nullable String text);
}
