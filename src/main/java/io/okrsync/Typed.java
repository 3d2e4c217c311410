package io.okrsync;

import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What a person typed. */
final class Typed {
  private Typed() {}

  /**
   * Reads it.
   *
   * @param reading refuses it by an {@link IllegalArgumentException} that says what is wrong
   * @throws ParameterException where it is refused, for the same reason
   */
  static <T> T read(CommandSpec spec, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
    }
  }
}
