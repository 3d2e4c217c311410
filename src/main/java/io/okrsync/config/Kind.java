package io.okrsync.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What a key may hold: it reads and checks a value, and describes itself to people and editors. */
interface Kind<T> {
  /** The value; empty where it is not right, which is then reported. */
  Optional<T> read(Node node, Context context);

  /** Such as {@code a duration such as 15m}. */
  String holds();

  /** The JSON Schema of what may stand there. */
  ObjectNode schema();
}
