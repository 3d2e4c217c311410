package io.okrsync.measure;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.CelVarDecl;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import io.okrsync.measure.Functions.Overload;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * CEL as it is spoken here: its syntax, logic, macros and searching in texts; numbers, times and
 * functions are our own ({@link Functions}). Made once, when the first expression is compiled: it
 * costs some hundred milliseconds.
 */
public final class Language {
  /** The longest expression, in characters. */
  static final int LONGEST = 4_000;

  private static final int DEEPEST = 200;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true) // the planner demands it
          .populateMacroCalls(true) // so that parts can be quoted as they were written
          .maxExpressionCodePointSize(LONGEST)
          .maxParseRecursionDepth(DEEPEST)
          .comprehensionMaxIterations(10_000)
          .maxRegexProgramSize(1_000)
          .build();

  private static final Set<StandardFunction> STANDARD_DECLARATIONS =
      Set.of(
          StandardFunction.CONDITIONAL,
          StandardFunction.LOGICAL_AND,
          StandardFunction.LOGICAL_OR,
          StandardFunction.LOGICAL_NOT,
          StandardFunction.NOT_STRICTLY_FALSE,
          StandardFunction.EQUALS,
          StandardFunction.NOT_EQUALS,
          StandardFunction.IN,
          StandardFunction.CONTAINS,
          StandardFunction.STARTS_WITH,
          StandardFunction.ENDS_WITH,
          StandardFunction.MATCHES);

  private static final Language ONLY = new Language();

  private final CelCompiler compiler = compiler();
  private final CelRuntime runtime = runtime();

  private Language() {}

  /** Makes it already, where a core is idle that will be busy when the first expression comes. */
  public static void prepare() {
    try {
      ONLY.program(ONLY.check(ONLY.parse("1 == 1").getAst(), List.of()).getAst());
    } catch (CelValidationException impossible) {
      throw new IllegalStateException("a number equals itself", impossible);
    }
  }

  static Language get() {
    return ONLY;
  }

  CelValidationResult parse(String text) {
    return compiler.parse(text);
  }

  /** Checks the types, where these names are known. */
  CelValidationResult check(CelAbstractSyntaxTree parsed, Collection<CelVarDecl> names) {
    return compiler.toCompilerBuilder().addVarDeclarations(names).build().check(parsed);
  }

  CelRuntime.Program program(CelAbstractSyntaxTree checked) {
    try {
      return runtime.createProgram(checked);
    } catch (CelEvaluationException e) {
      throw new IllegalStateException("a checked expression could not be planned", e);
    }
  }

  private static CelCompiler compiler() {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setStandardEnvironmentEnabled(false)
            .setStandardDeclarations(
                CelStandardDeclarations.newBuilder()
                    .filterFunctions((each, overload) -> STANDARD_DECLARATIONS.contains(each))
                    .filterIdentifiers(each -> false)
                    .build());
    byFunction()
        .forEach(
            (function, overloads) ->
                builder.addFunctionDeclarations(
                    CelFunctionDecl.newFunctionDeclaration(
                        function, overloads.stream().map(Overload::declaration).toList())));
    return builder.build();
  }

  private static CelRuntime runtime() {
    CelRuntimeBuilder builder =
        CelRuntimeFactory.plannerRuntimeBuilder()
            .setOptions(OPTIONS)
            .setStandardFunctions(
                CelStandardFunctions.newBuilder()
                    .includeFunctions(
                        CelStandardFunctions.StandardFunction.LOGICAL_NOT,
                        CelStandardFunctions.StandardFunction.NOT_STRICTLY_FALSE,
                        CelStandardFunctions.StandardFunction.EQUALS,
                        CelStandardFunctions.StandardFunction.NOT_EQUALS,
                        CelStandardFunctions.StandardFunction.IN,
                        CelStandardFunctions.StandardFunction.CONTAINS,
                        CelStandardFunctions.StandardFunction.STARTS_WITH,
                        CelStandardFunctions.StandardFunction.ENDS_WITH,
                        CelStandardFunctions.StandardFunction.MATCHES)
                    .build());
    byFunction()
        .forEach(
            (function, overloads) ->
                builder.addFunctionBindings(
                    CelFunctionBinding.fromOverloads(
                        function, overloads.stream().map(Overload::binding).toList())));
    return builder.build();
  }

  private static Map<String, List<Overload>> byFunction() {
    return Functions.all().stream().collect(Collectors.groupingBy(Overload::function));
  }
}
