package io.okrsync.config;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What reading a value needs besides the value.
 *
 * @param now the present time
 */
record Context(Problems problems, References references, Instant now) {

  /** For files that were in order once, or tell no times: nothing in them is over. */
  Context(Problems problems, References references) {
    this(problems, references, Instant.EPOCH);
  }

  /** What a value stands for; empty where that is not known, which is then reported. */
  Optional<String> text(Node.Scalar scalar) {
    return references.resolve(scalar, problems);
  }

  void problem(Node node, String message) {
    problems.add(node.place(), message);
  }

  void problem(Node node, String message, @Nullable String hint) {
    problems.add(node.place(), message, hint);
  }
}
