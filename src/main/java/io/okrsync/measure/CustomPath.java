package io.okrsync.measure;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way to one custom field: {@code custom.tier}, {@code custom['Deal tier']}, {@code
 * custom.team.name}. What is not there, or not an object on the way, is unset.
 */
record CustomPath<S>(String root, Name.Lookup<S> rootLookup, List<String> keys)
    implements Name.Lookup<S> {

  /** Reads the part as a path, if it is one. */
  static <S> Optional<CustomPath<S>> of(CelExpr part, Vocabulary<S> vocabulary) {
    Deque<String> keys = new ArrayDeque<>();
    CelExpr rest = part;
    for (String key = key(rest); key != null; key = key(rest)) {
      keys.addFirst(key);
      rest = owner(rest);
    }
    Name<S> root =
        rest.getKind() == Kind.IDENT ? vocabulary.names().get(rest.ident().name()) : null;
    return root == null || !root.type().equals(ValueType.CUSTOM) || keys.isEmpty()
        ? Optional.empty()
        : Optional.of(new CustomPath<>(rest.ident().name(), root.lookup(), new ArrayList<>(keys)));
  }

  Name<S> asName() {
    return new Name<>(ValueType.ANY, this);
  }

  /** As one writes it. */
  String name() {
    StringBuilder name = new StringBuilder(root);
    keys.forEach(key -> name.append(key.matches("[A-Za-z_]\\w*") ? "." + key : "['" + key + "']"));
    return name.toString();
  }

  @Override
  public @Nullable Object in(S subject) {
    @Nullable Object value = rootLookup.in(subject);
    for (String key : keys) {
      value = value instanceof Map<?, ?> fields ? fields.get(key) : null;
    }
    return value;
  }

  private static @Nullable String key(CelExpr part) {
    if (part.getKind() == Kind.SELECT) {
      return part.select().field();
    }
    boolean isIndex = part.getKind() == Kind.CALL && part.call().function().equals("_[_]");
    CelExpr index = isIndex ? part.call().args().get(1) : CelExpr.ofNotSet(0);
    return index.getKind() == Kind.CONSTANT
            && index.constant().getKind() == CelConstant.Kind.STRING_VALUE
        ? index.constant().stringValue()
        : null;
  }

  private static CelExpr owner(CelExpr part) {
    return part.getKind() == Kind.SELECT ? part.select().operand() : part.call().args().get(0);
  }
}
