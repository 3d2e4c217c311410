package io.okrsync.catalogue;

import java.util.Arrays;
import java.util.List;

/** What became of an entry of the inventory. */
sealed interface Answer {

  /** By key results of the catalogue, or by the progress of one of its objectives. */
  record Expressed(List<String> blocks) implements Answer {}

  /** It cannot be computed as it is written. */
  record Refused(String why) implements Answer {}

  /** The language lacks an idea. */
  record NotYet(String needs) implements Answer {}

  static Answer of(String text) {
    if (text.startsWith("refused: ")) {
      return new Refused(text.substring("refused: ".length()));
    }
    if (text.startsWith("not yet: ")) {
      return new NotYet(text.substring("not yet: ".length()));
    }
    return new Expressed(Arrays.stream(text.split(",")).map(String::strip).toList());
  }
}
