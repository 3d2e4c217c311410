package io.okrsync.measure;

import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;
import java.util.LinkedHashSet;
import java.util.Set;

/** The names that stand in an expression, whatever they mean. */
final class Identifiers {
  private final Set<String> found = new LinkedHashSet<>();

  private Identifiers() {}

  /** In the order in which they are written; none where it is no expression. */
  static Set<String> in(String text) {
    Identifiers identifiers = new Identifiers();
    try {
      CelValidationResult parsed = Language.get().parse(text);
      if (!parsed.hasError()) {
        identifiers.look(parsed.getAst().getExpr());
      }
    } catch (CelValidationException e) {
      throw new IllegalStateException("asked for the tree of an expression with errors", e);
    }
    return identifiers.found;
  }

  private void look(CelExpr part) {
    switch (part.getKind()) {
      case IDENT -> found.add(part.ident().name());
      case SELECT -> look(part.select().operand());
      case CALL -> {
        part.call().target().ifPresent(this::look);
        part.call().args().forEach(this::look);
      }
      case LIST -> part.list().elements().forEach(this::look);
      case COMPREHENSION -> look(part.comprehension());
      default -> {
        // nothing is named
      }
    }
  }

  private void look(CelComprehension loop) {
    look(loop.iterRange());
    look(loop.loopCondition());
    look(loop.loopStep());
    look(loop.result());
  }
}
