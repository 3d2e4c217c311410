package io.okrsync.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** An expression, which may be a mere number, or a list of texts. */
record DefinitionText() implements Kind<DefinitionText.Defined> {
  private static final ExpressionText EXPRESSION = new ExpressionText();
  private static final ListOf<String> LIST = new ListOf<>(Kinds.LINE);

  /** What was written, and where. */
  record Defined(Node node, String text) {
    /** Where this line and column of the expression stand. */
    Place inside(int line, int column) {
      return node instanceof Node.Scalar scalar ? scalar.inside(line, column) : node.place();
    }
  }

  @Override
  public Optional<Defined> read(Node node, Context context) {
    if (node instanceof Node.Items items) {
      int before = context.problems().count();
      return LIST.read(items, context)
          .filter(texts -> context.problems().count() == before)
          .map(texts -> new Defined(node, list(texts)));
    }
    if (node instanceof Node.Scalar scalar && scalar.type() == Node.Scalar.Type.NUMBER) {
      return Kinds.NUMBER.read(node, context).map(number -> new Defined(node, scalar.text()));
    }
    return EXPRESSION.read(node, context).map(scalar -> new Defined(node, scalar.text()));
  }

  private static String list(List<String> texts) {
    return texts.stream()
        .map(text -> "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
        .collect(Collectors.joining(", ", "[", "]"));
  }

  @Override
  public String holds() {
    return "an expression, a number or a list of texts";
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.putArray("anyOf").add(EXPRESSION.schema()).add(Kinds.NUMBER.schema()).add(LIST.schema());
    return schema;
  }
}
