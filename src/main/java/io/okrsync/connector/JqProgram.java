package io.okrsync.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/**
 * A jq program that has been compiled. Running it changes nothing and reads nothing but its input.
 */
final class JqProgram {
  private final JsonQuery query;

  private JqProgram(JsonQuery query) {
    this.query = query;
  }

  /** A program that is not jq, or that does not fit what it was given. */
  static final class Unusable extends RuntimeException {
    private final JqProblem problem;

    Unusable(JqProblem problem) {
      super(
          "%s (line %d, column %d)".formatted(problem.message(), problem.line(), problem.column()),
          null,
          false,
          false);
      this.problem = problem;
    }

    Unusable(String why) {
      super(why, null, false, false);
      this.problem = new JqProblem(1, 1, why);
    }

    JqProblem problem() {
      return problem;
    }
  }

  /** jq's own functions. */
  private static final class BuiltIn {
    static final Scope SCOPE = scope();

    private static Scope scope() {
      Scope scope = Scope.newEmptyScope();
      BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_6, scope);
      // A connector has no business with the environment: that is where secrets are.
      scope.addFunction(
          "env",
          0,
          (inner, args, in, path, output, version) -> output.emit(Json.NODES.objectNode(), null));
      scope.setValue("ENV", Json.NODES.objectNode());
      return scope;
    }
  }

  /** Compiles the text, to learn whether it is jq. */
  static void check(String text) {
    compile(text);
  }

  /**
   * Compiles the text, to learn whether it is jq and calls only functions that there are.
   *
   * @param functions what it may call besides jq's own functions and those it defines
   */
  static void check(String text, Collection<String> functions) {
    JqNames.unknown(text, compile(text), BuiltIn.SCOPE, functions)
        .ifPresent(
            problem -> {
              throw new Unusable(problem);
            });
  }

  /**
   * Compiles the text with functions in front of it.
   *
   * @param functions jq by function name
   */
  static JqProgram of(String text, Map<String, String> functions) {
    StringBuilder all = new StringBuilder();
    functions.forEach((name, body) -> all.append(function(name, body)));
    return new JqProgram(compile(all.append(text).toString()));
  }

  private static String function(String name, String body) {
    try {
      compile(body);
    } catch (Unusable e) {
      throw new Unusable("setting '%s' is not jq: %s".formatted(name, e.getMessage()));
    }
    return "def %s: (%s\n);\n".formatted(name, body);
  }

  private static JsonQuery compile(String text) {
    try {
      return JsonQuery.compile(text, Versions.JQ_1_6);
    } catch (JsonQueryException e) {
      throw new Unusable(JqProblem.of(e));
    }
  }

  /** The one value the program makes of the input; null when it makes none. */
  JsonNode run(JsonNode input, Map<String, JsonNode> variables) {
    Scope scope = Scope.newChildScope(BuiltIn.SCOPE);
    variables.forEach(scope::setValue);
    List<JsonNode> results = new ArrayList<>(1);
    try {
      query.apply(scope, input, results::add);
    } catch (JsonQueryException e) {
      throw new Unusable(ErrorText.clean(String.valueOf(e.getMessage())));
    }
    return results.isEmpty() ? NullNode.getInstance() : results.get(0);
  }
}
