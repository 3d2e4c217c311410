package io.okrsync.connector;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.internal.tree.FunctionCall;
import net.thisptr.jackson.jq.internal.tree.FunctionDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The functions that a compiled jq program calls and defines. The library looks a function up when
 * a call is reached, which may be on a record of next month; so we look at what it has compiled,
 * which it keeps to itself. A definition counts for the whole program.
 */
final class JqNames {
  private static final String COMPILED = "net.thisptr.jackson.jq.internal.";

  /** Such as {@code ascii_downcase/0}. */
  private final Set<String> called = new LinkedHashSet<>();

  private final Set<String> defined = new LinkedHashSet<>();
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private JqNames() {}

  /**
   * The first function that is called and not known, where the text names it.
   *
   * @param builtIn jq's own functions
   * @param others functions without arguments that it may call besides
   */
  static Optional<JqProblem> unknown(
      String text, JsonQuery query, Scope builtIn, Collection<String> others) {
    JqNames names = new JqNames();
    names.walkFields(query);
    others.forEach(name -> names.defined.add(name + "/0"));
    return names.called.stream()
        .filter(call -> !names.defined.contains(call) && !isIn(builtIn, call))
        .map(call -> problem(text, call))
        .findFirst();
  }

  private static boolean isIn(Scope scope, String call) {
    return scope.getFunction(name(call), Integer.parseInt(call.replaceFirst(".*/", ""))) != null;
  }

  private static JqProblem problem(String text, String call) {
    Matcher place =
        Pattern.compile("(?<![\\w.$@])" + Pattern.quote(name(call)) + "(?!\\w)").matcher(text);
    int at = place.find() ? place.start() : 0;
    int line = 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    return new JqProblem(
        line,
        at - text.lastIndexOf('\n', at - 1),
        "there is no function %s".formatted(call.replace("/0", "")));
  }

  private static String name(String call) {
    return call.replaceFirst("/\\d+$", "");
  }

  private void walk(Object part) {
    if (part instanceof Collection<?> parts) {
      parts.forEach(this::walkIfAny);
    }
    if (!part.getClass().getName().startsWith(COMPILED) || !seen.add(part)) {
      return;
    }
    if (part instanceof FunctionCall) {
      called.add(value(part, "name") + "/" + ((List<?>) value(part, "args")).size());
    }
    if (part instanceof FunctionDefinition) {
      List<?> parameters = (List<?>) value(part, "args");
      defined.add(value(part, "fname") + "/" + parameters.size());
      parameters.forEach(name -> defined.add(name.toString().replace("$", "") + "/0"));
    }
    walkFields(part);
  }

  private void walkIfAny(@Nullable Object part) {
    if (part != null) {
      walk(part);
    }
  }

  private void walkFields(Object part) {
    for (Class<?> type = part.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())
            && type.getName().startsWith("net.thisptr.jackson.jq.")) {
          walkIfAny(value(part, field));
        }
      }
    }
  }

  private static Object value(Object part, String field) {
    try {
      return requireNonNull(value(part, part.getClass().getDeclaredField(field)));
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("jackson-jq is not the one this was written for", e);
    }
  }

  private static @Nullable Object value(Object part, Field field) {
    try {
      field.setAccessible(true);
      return field.get(part);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("jackson-jq is not the one this was written for", e);
    }
  }
}
