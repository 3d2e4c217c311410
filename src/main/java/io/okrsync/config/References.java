package io.okrsync.config;

import java.util.Optional;
import java.util.regex.Pattern;

/** What {@code {{env:NAME}}}, {@code {{env:NAME:default}}} and {@code {{file:PATH}}} stand for. */
interface References {
  /** A value that is one reference, without a default, and nothing else. */
  Pattern ALONE = Pattern.compile("\\{\\{(env:[^{}:]+|file:[^{}]+)\\}\\}");

  /** For files whose meaning must not depend on the machine: the text as it is written. */
  References NONE = (scalar, problems) -> Optional.of(scalar.text());

  /** Whether values are what the machine says, and not stood in for. */
  default boolean areReal() {
    return true;
  }

  /** The text with its references replaced; empty where one is not known, which is reported. */
  Optional<String> resolve(Node.Scalar scalar, Problems problems);
}
