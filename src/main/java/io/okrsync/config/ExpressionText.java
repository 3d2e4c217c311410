package io.okrsync.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** A CEL expression, kept with the places of its characters; whether it compiles is told later. */
record ExpressionText() implements Kind<Node.Scalar> {
  @Override
  public Optional<Node.Scalar> read(Node node, Context context) {
    return Kinds.LINE
        .read(node, context)
        .flatMap(
            text -> node instanceof Node.Scalar scalar ? Optional.of(scalar) : Optional.empty());
  }

  @Override
  public String holds() {
    return "an expression";
  }

  @Override
  public ObjectNode schema() {
    return Kinds.LINE.schema();
  }
}
