package io.okrsync.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.support.ExpressionAdapter;
import org.apache.camel.support.LanguageSupport;
import org.jspecify.annotations.Nullable;

/**
 * The Camel language {@code jq}, on jackson-jq. Besides what jq has, a program knows:
 *
 * <pre>
 * $with     the settings of the source, as an object: $with.baseUrl
 * $since    read what changed since then, as text; null when all is read
 * $cursor   where this page begins; null on the first
 * $limit    how many records were asked for
 * $link     the address of rel="next" in the Link header; null when there is none
 * NAME      a setting that is jq itself (format: jq in the connector file), as a function
 * </pre>
 */
final class JqLanguage extends LanguageSupport {
  static final String LINK = "okrsync.link";

  private final Map<List<Object>, JqProgram> compiled = new ConcurrentHashMap<>();

  @Override
  public Predicate createPredicate(String expression) {
    return (Predicate) createExpression(expression);
  }

  @Override
  public Expression createExpression(String expression) {
    JqProgram.check(expression);
    return new ExpressionAdapter() {
      @Override
      public @Nullable Object evaluate(Exchange exchange) {
        return run(expression, exchange);
      }

      @Override
      public boolean matches(Exchange exchange) {
        return run(expression, exchange).asBoolean();
      }
    };
  }

  private JsonNode run(String text, Exchange exchange) {
    PageCall call = PageCall.of(exchange);
    JsonNode input = exchange.getMessage().getBody(JsonNode.class);
    Map<String, String> functions = call.programs();
    JqProgram program =
        compiled.computeIfAbsent(List.of(text, functions), key -> JqProgram.of(text, functions));
    return program.run(input == null ? NullNode.getInstance() : input, variables(call, exchange));
  }

  private static Map<String, JsonNode> variables(PageCall call, Exchange exchange) {
    return Map.of(
        "with", call.with(),
        "since", text(call.place().since()),
        "cursor", call.cursor(),
        "limit", Json.NODES.numberNode(call.limit()),
        "link", text(exchange.getProperty(LINK)));
  }

  private static JsonNode text(@Nullable Object value) {
    return value == null ? NullNode.getInstance() : Json.NODES.textNode(value.toString());
  }
}
