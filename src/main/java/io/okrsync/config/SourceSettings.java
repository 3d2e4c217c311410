package io.okrsync.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.okrsync.connector.Connector;
import io.okrsync.connector.ConnectorProperty;
import io.okrsync.connector.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The settings of one source, checked against what its connector declares. Values may be secret by
 * mistake, so a problem never shows one.
 *
 * @param plain what is not secret, by property
 * @param secrets what is, by property
 */
record SourceSettings(Map<String, String> plain, Map<String, Secret> secrets) {
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,18})?");
  private static final Pattern USER_IN_URL =
      Pattern.compile("^[a-zA-Z][a-zA-Z0-9+.-]*://[^/?#]*@.*");

  /**
   * @param source the name of the source, for hints
   * @param with what stands in the file
   * @param authorised whether it has OAuth2, and so needs no secret of the connector
   */
  static SourceSettings read(
      String source, Connector connector, Node.Mapping with, boolean authorised, Context context) {
    SourceSettings settings = new SourceSettings(new LinkedHashMap<>(), new LinkedHashMap<>());
    with.entries().forEach((name, entry) -> settings.read(source, connector, name, entry, context));
    for (ConnectorProperty property : connector.properties()) {
      boolean given = with.entries().containsKey(property.name());
      boolean needed = property.required() && !(authorised && property.secret());
      if (needed && property.defaultValue() == null && !given) {
        context.problem(
            with, "needs the setting '" + property.name() + "'", property.description());
      }
    }
    return settings;
  }

  private void read(
      String source, Connector connector, String name, Node.Entry entry, Context context) {
    Optional<ConnectorProperty> property = connector.property(name);
    if (property.isEmpty()) {
      List<String> known = connector.properties().stream().map(ConnectorProperty::name).toList();
      context
          .problems()
          .add(
              entry.key(),
              "%s has no setting '%s'".formatted(connector.name(), name),
              Names.hint(name, known));
      return;
    }
    if (property.get().secret()) {
      secret(source, name, entry.value(), context).ifPresent(value -> secrets.put(name, value));
      return;
    }
    text(property.get(), entry.value(), context).ifPresent(value -> plain.put(name, value));
  }

  private static Optional<Secret> secret(String source, String name, Node node, Context context) {
    if (node instanceof Node.Spoiled) {
      return Optional.empty();
    }
    if (node instanceof Node.Scalar scalar && References.ALONE.matcher(scalar.text()).matches()) {
      return context.text(scalar).map(value -> new Secret(value, scalar.text()));
    }
    String words = source + "_" + name.replaceAll("([a-z])([A-Z])", "$1_$2");
    String variable = words.replace('-', '_').toUpperCase(Locale.ROOT);
    context.problem(
        node,
        "is a secret, and a secret must not stand in a file that is kept and shown",
        "write \"{{env:%s}}\" and set that variable, or \"{{file:PATH}}\"".formatted(variable));
    return Optional.empty();
  }

  private static Optional<String> text(ConnectorProperty property, Node node, Context context) {
    if (node instanceof Node.Spoiled) {
      return Optional.empty();
    }
    if (property.type().equals("object") && node instanceof Node.Mapping) {
      return NestedSettings.json(node, context).map(JsonNode::toString);
    }
    if (!(node instanceof Node.Scalar scalar) || scalar.isEmpty()) {
      context.problem(node, "must be " + expected(property));
      return Optional.empty();
    }
    return context.text(scalar).filter(text -> fits(property, scalar, text, context));
  }

  private static boolean fits(
      ConnectorProperty property, Node.Scalar scalar, String text, Context context) {
    boolean right =
        switch (property.type()) {
          case "integer" -> INTEGER.matcher(text).matches() && isEnough(property, text);
          case "number" -> NUMBER.matcher(text).matches();
          case "boolean" -> text.equals("true") || text.equals("false");
          case "object" -> text.strip().startsWith("{");
          default -> true;
        };
    if (!right || !property.allowed().isEmpty() && !property.allowed().contains(text)) {
      context.problem(scalar, "must be " + expected(property) + ", but is " + scalar.shown());
      return false;
    }
    if (USER_IN_URL.matcher(text).matches()) {
      context.problem(scalar, "must not carry a user or password within the address");
      return false;
    }
    return !property.address()
        || !context.references().areReal()
        || isAddress(property, scalar, text, context);
  }

  private static boolean isEnough(ConnectorProperty property, String number) {
    Long minimum = property.minimum();
    return minimum == null || Long.parseLong(number) >= minimum;
  }

  private static boolean isAddress(
      ConnectorProperty property, Node.Scalar scalar, String text, Context context) {
    Optional<String> wrong = WebAddress.wrong(text);
    wrong.ifPresent(
        why -> {
          String example =
              property.example() == null ? property.defaultValue() : property.example();
          context.problem(
              scalar,
              "must be the address of a server, but is " + scalar.shown(),
              why + (example == null ? "" : "; such as " + example));
        });
    return wrong.isEmpty();
  }

  private static String expected(ConnectorProperty property) {
    if (!property.allowed().isEmpty()) {
      return "one of " + String.join(", ", property.allowed());
    }
    String type =
        switch (property.type()) {
          case "integer" ->
              "a whole number"
                  + (property.minimum() == null
                      ? ""
                      : " of %d or more".formatted(property.minimum()));
          case "number" -> "a number";
          case "boolean" -> "true or false";
          case "object" -> "a mapping";
          default -> "a text";
        };
    return property.example() == null ? type : type + " such as " + property.example();
  }
}
