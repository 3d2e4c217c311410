package io.okrsync.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.okrsync.config.Node.Scalar.Type;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A single value.
 *
 * @param holds what it is, in words
 * @param type how YAML must take it: a number in quotes is a text
 * @param looks what its text looks like; null where any will do
 * @param refers whether a reference such as {@code {{env:NAME}}} may stand there, for editors
 * @param parse makes the value of a text that looks right; it may throw a DateTimeException, or an
 *     IllegalArgumentException that says what to write
 */
record Value<T>(
    String holds, Type type, @Nullable Pattern looks, boolean refers, Function<String, T> parse)
    implements Kind<T> {
  /** A number, with an exponent or without, that is no trouble to write out. */
  private static final Pattern POWERS =
      Pattern.compile("[-+]?[0-9]{0,30}(\\.[0-9]{1,30})?([eE][-+]?[0-9]{1,2})?");

  static final String REFERENCE = ".*\\{\\{.+\\}\\}.*";

  @Override
  public Optional<T> read(Node node, Context context) {
    if (node instanceof Node.Spoiled) {
      return Optional.empty();
    }
    if (!(node instanceof Node.Scalar scalar)) {
      context.problem(node, "must be " + holds);
      return Optional.empty();
    }
    if (scalar.isEmpty()) {
      context.problem(node, "has no value; it must be " + holds);
      return Optional.empty();
    }
    if (scalar.type() != type) {
      context.problem(node, refusal(scalar), otherWay(scalar));
      return Optional.empty();
    }
    return context.text(scalar).flatMap(text -> parsed(scalar, text, context));
  }

  private Optional<T> parsed(Node.Scalar scalar, String text, Context context) {
    if (!looksRight(text)) {
      context.problem(scalar, refusal(scalar), type == Type.NUMBER ? plainly(text) : null);
      return Optional.empty();
    }
    try {
      return Optional.of(parse.apply(text));
    } catch (DateTimeException e) {
      context.problem(scalar, refusal(scalar));
    } catch (IllegalArgumentException e) {
      context.problem(scalar, refusal(scalar), e.getMessage());
    }
    return Optional.empty();
  }

  private boolean looksRight(String text) {
    return looks == null || looks.matcher(text).matches();
  }

  /** As a plain decimal, where it is one that is written otherwise, such as 1e5. */
  private @Nullable String plainly(String text) {
    if (!POWERS.matcher(text).matches()) {
      return null;
    }
    String plain = new BigDecimal(text).stripTrailingZeros().toPlainString();
    return looksRight(plain) ? "write it as " + plain : null;
  }

  /** Whether that helps; otherwise what would be said of it then. */
  private @Nullable String inQuotes(String text) {
    if (!looksRight(text)) {
      return null;
    }
    try {
      var unused = parse.apply(text);
      return "write it in quotes: \"" + text + "\"";
    } catch (DateTimeException e) {
      return null;
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  private String refusal(Node.Scalar scalar) {
    return "must be " + holds + ", but is " + scalar.shown();
  }

  private @Nullable String otherWay(Node.Scalar scalar) {
    return switch (type) {
      case TEXT -> inQuotes(scalar.text());
      case NUMBER -> "digits and a point; no quotes, no unit, no separators";
      default -> null;
    };
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    return switch (type) {
      case NUMBER -> schema.put("type", "number");
      case FLAG -> schema.put("const", true);
      default -> text(schema.put("type", "string"));
    };
  }

  private ObjectNode text(ObjectNode schema) {
    if (looks == null) {
      return schema.put("minLength", 1);
    }
    return schema.put("pattern", "^(" + looks + (refers ? "|" + REFERENCE : "") + ")$");
  }
}
