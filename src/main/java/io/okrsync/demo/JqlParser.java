package io.okrsync.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** Reads a query from left to right; one method for each level of the grammar. */
final class JqlParser {
  private final JqlLexer lexer;
  private final Instant now;

  JqlParser(JqlLexer lexer, Instant now) {
    this.lexer = lexer;
    this.now = now;
  }

  Jql query() {
    if (lexer.isAtEnd() || lexer.comes("ORDER", "BY")) {
      throw new Refused(
          "jql",
          "Unbounded JQL queries are not allowed here."
              + " Please add a search restriction to your query.");
    }
    Predicate<Issue> where = either();
    List<ToLongFunction<Issue>> keys = new ArrayList<>();
    String name = lexer.take("ORDER", "BY") ? orderBy(keys) : newestFirst(keys);
    if (!lexer.isAtEnd()) {
      throw JqlLexer.error("expecting AND, OR or ORDER BY but got '" + lexer.next("AND") + "'");
    }
    keys.add(Issue::id);
    return new Jql(where, new Order<>(List.copyOf(keys)), name);
  }

  private Predicate<Issue> either() {
    Predicate<Issue> left = both();
    while (lexer.take("OR")) {
      left = left.or(both());
    }
    return left;
  }

  private Predicate<Issue> both() {
    Predicate<Issue> left = one();
    while (lexer.take("AND")) {
      left = left.and(one());
    }
    return left;
  }

  private Predicate<Issue> one() {
    if (lexer.take("NOT")) {
      return one().negate();
    }
    if (lexer.take("(")) {
      Predicate<Issue> inside = either();
      lexer.expect(")");
      return inside;
    }
    return clause();
  }

  private Predicate<Issue> clause() {
    JqlField field = field();
    if (lexer.take("IS", "NOT")) {
      return empty(field).negate();
    }
    if (lexer.take("IS")) {
      return empty(field);
    }
    if (lexer.take("NOT", "IN")) {
      return among(field, list()).negate().and(field.isEmpty().negate());
    }
    if (lexer.take("IN")) {
      return among(field, list());
    }
    return compared(field, lexer.next("an operator"));
  }

  private Predicate<Issue> compared(JqlField field, String operator) {
    String value = lexer.next("a value");
    if (operator.equals("=")) {
      return among(field, List.of(value));
    }
    if (operator.equals("!=")) {
      return among(field, List.of(value)).negate().and(field.isEmpty().negate());
    }
    if (!List.of(">", ">=", "<", "<=").contains(operator)) {
      throw JqlLexer.error("expecting an operator but got '" + operator + "'");
    }
    if (!field.isTime()) {
      throw new Refused("jql", "The operator '" + operator + "' is not supported by this field.");
    }
    return ordered(field, operator, JqlTime.parse(value, now));
  }

  private static Predicate<Issue> ordered(JqlField field, String operator, Instant limit) {
    return issue -> {
      Instant time = field.time(issue);
      if (time == null) {
        return false;
      }
      int compared = time.compareTo(limit);
      return switch (operator) {
        case ">" -> compared > 0;
        case ">=" -> compared >= 0;
        case "<" -> compared < 0;
        default -> compared <= 0;
      };
    };
  }

  private Predicate<Issue> among(JqlField field, List<String> values) {
    if (!field.isTime()) {
      return field.isAmong(values);
    }
    List<Instant> times = values.stream().map(value -> JqlTime.parse(value, now)).toList();
    return issue -> times.stream().anyMatch(time -> time.equals(field.time(issue)));
  }

  private Predicate<Issue> empty(JqlField field) {
    if (!lexer.take("EMPTY") && !lexer.take("NULL")) {
      throw JqlLexer.error("expecting EMPTY but got '" + lexer.next("EMPTY") + "'");
    }
    return field.isEmpty();
  }

  private List<String> list() {
    List<String> values = new ArrayList<>();
    lexer.expect("(");
    do {
      values.add(lexer.next("a value"));
    } while (lexer.take(","));
    lexer.expect(")");
    return values;
  }

  private JqlField field() {
    String name = lexer.next("a field");
    Optional<JqlField> field = JqlField.named(name);
    return field.orElseThrow(
        () ->
            new Refused(
                "jql",
                "Field '" + name + "' does not exist or you do not have permission to view it."));
  }

  private String orderBy(List<ToLongFunction<Issue>> keys) {
    StringBuilder name = new StringBuilder();
    do {
      JqlField field = field();
      int sign = direction();
      keys.add(key(field, sign));
      name.append(field.name()).append(sign);
    } while (lexer.take(","));
    return name.toString();
  }

  private int direction() {
    if (lexer.take("DESC")) {
      return -1;
    }
    lexer.take("ASC");
    return 1;
  }

  private static ToLongFunction<Issue> key(JqlField field, int sign) {
    if (field == JqlField.KEY) {
      return issue -> (long) sign * issue.id();
    }
    if (!field.isTime()) {
      throw new Refused("jql", "Not able to sort using this field here.");
    }
    return issue -> {
      Instant time = field.time(issue);
      return time == null ? Long.MAX_VALUE : sign * time.toEpochMilli();
    };
  }

  private static String newestFirst(List<ToLongFunction<Issue>> keys) {
    keys.add(key(JqlField.CREATED, -1));
    return "default";
  }
}
