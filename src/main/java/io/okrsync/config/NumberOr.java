package io.okrsync.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Function;

/**
 * A number, or a text of a certain look.
 *
 * @param of what a number stands for
 */
record NumberOr<T>(Function<BigDecimal, T> of, Value<T> text) implements Kind<T> {

  @Override
  public Optional<T> read(Node node, Context context) {
    if (!(node instanceof Node.Scalar scalar) || scalar.isEmpty()) {
      return Kinds.NUMBER.read(node, context).map(of);
    }
    if (scalar.type() == Node.Scalar.Type.TEXT && looksRight(scalar.text())) {
      return text.read(node, context);
    }
    if (scalar.type() == Node.Scalar.Type.NUMBER && !looksRight(scalar.text() + "%")) {
      return Kinds.NUMBER.read(node, context).map(of);
    }
    context.problem(node, "must be " + holds() + ", but is " + scalar.shown(), hint(scalar));
    return Optional.empty();
  }

  private static String hint(Node.Scalar scalar) {
    return scalar.type() == Node.Scalar.Type.NUMBER
        ? "a part of the baseline (%1$s%%) or more of the unit (%1$s points)"
            .formatted(scalar.text())
        : "digits and a point; no quotes, no unit, no separators";
  }

  private boolean looksRight(String written) {
    return text.looks() != null && text.looks().matcher(written).matches();
  }

  @Override
  public String holds() {
    return Kinds.NUMBER.holds() + ", or " + text.holds();
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.putArray("anyOf").add(Kinds.NUMBER.schema()).add(text.schema());
    return schema;
  }
}
