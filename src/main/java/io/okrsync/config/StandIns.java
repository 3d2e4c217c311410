package io.okrsync.config;

import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets a configuration of long ago be read where its secrets are not: only what its values depend
 * on matters, and that is written in it.
 *
 * @param environment the value of a variable; null where it is not set
 */
record StandIns(UnaryOperator<@Nullable String> environment) implements References {
  private static final Pattern REFERENCE =
      Pattern.compile("\\{\\{(?:env:([^{}:]+)(?::([^{}]*))?|[^{}]*)\\}\\}");
  private static final String STAND_IN = "1";

  @Override
  public boolean areReal() {
    return false;
  }

  @Override
  public Optional<String> resolve(Node.Scalar scalar, Problems problems) {
    return Optional.of(
        REFERENCE
            .matcher(scalar.text())
            .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), found.group(2)))));
  }

  private String value(@Nullable String variable, @Nullable String otherwise) {
    String value = variable == null ? null : environment.apply(variable.strip());
    return value == null || value.isBlank()
        ? Objects.requireNonNullElse(otherwise, STAND_IN)
        : value;
  }
}
