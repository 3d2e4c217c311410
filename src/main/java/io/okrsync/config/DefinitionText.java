package io.okrsync.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.okrsync.measure.Definitions;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** An expression, which may be a mere number, a list of texts, or a number for each key. */
record DefinitionText() implements Kind<DefinitionText.Defined> {
  private static final ExpressionText EXPRESSION = new ExpressionText();
  private static final ListOf<String> LIST = new ListOf<>(Kinds.LINE);
  private static final MapOf<BigDecimal> TABLE =
      new MapOf<>(Pattern.compile("\\S(.*\\S)?"), "a key, without spaces around it", Kinds.NUMBER);

  /**
   * What was written, and where.
   *
   * @param table a number for each key; empty where it is an expression
   */
  record Defined(Node node, String text, Map<String, BigDecimal> table) {
    Defined(Node node, String text) {
      this(node, text, Map.of());
    }

    /** Where this line and column of the expression stand. */
    Place inside(int line, int column) {
      return node instanceof Node.Scalar scalar ? scalar.inside(line, column) : node.place();
    }
  }

  @Override
  public Optional<Defined> read(Node node, Context context) {
    if (node instanceof Node.Mapping mapping) {
      return table(mapping, context);
    }
    if (node instanceof Node.Items items) {
      int before = context.problems().count();
      return LIST.read(items, context)
          .filter(texts -> context.problems().count() == before)
          .map(texts -> new Defined(node, Definitions.list(texts)));
    }
    if (node instanceof Node.Scalar scalar && scalar.type() == Node.Scalar.Type.NUMBER) {
      return Kinds.NUMBER.read(node, context).map(number -> new Defined(node, scalar.text()));
    }
    return EXPRESSION.read(node, context).map(scalar -> new Defined(node, scalar.text()));
  }

  private static Optional<Defined> table(Node.Mapping mapping, Context context) {
    if (mapping.entries().isEmpty()) {
      context.problem(mapping, "must hold a number for each key, such as { ann: 12, bob: 8 }");
      return Optional.empty();
    }
    int before = context.problems().count();
    return TABLE
        .read(mapping, context)
        .filter(numbers -> context.problems().count() == before)
        .map(numbers -> new Defined(mapping, "", numbers));
  }

  @Override
  public String holds() {
    return "an expression, a number, a list of texts or a number for each key";
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema
        .putArray("anyOf")
        .add(EXPRESSION.schema())
        .add(Kinds.NUMBER.schema())
        .add(LIST.schema())
        .add(TABLE.schema());
    return schema;
  }
}
