package io.okrsync.measure;

import static java.util.Objects.requireNonNull;

import io.okrsync.connector.RecordKind;
import io.okrsync.connector.SourceRecord;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compiles all expressions of a measure and gathers all problems. */
final class MeasureCompilation {
  /**
   * Part of every version. It is raised when the same expression comes to mean something else, so
   * that contributions made before are not taken for current ones.
   */
  private static final String MEANING = "2";

  private static final Pattern USABLE_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Set<String> RESERVED =
      Set.of(
          "as",
          "break",
          "const",
          "continue",
          "else",
          "false",
          "for",
          "function",
          "if",
          "import",
          "in",
          "let",
          "loop",
          "namespace",
          "null",
          "package",
          "return",
          "true",
          "var",
          "void",
          "while");
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
  private static final Set<ValueType<?>> TELLS_APART =
      Set.of(ValueType.TEXT, ValueType.NUMBER, ValueType.TIME, ValueType.FLAG);

  private static final Set<ValueType<?>> MAY_BE_TIMES = Set.of(ValueType.NUMBER, ValueType.TIME);

  private final MeasureDefinition definition;
  private final RecordKind kind;
  private final Definitions definitions;
  private final List<ExpressionProblem> problems = new ArrayList<>();

  MeasureCompilation(MeasureDefinition definition, RecordKind kind, Definitions definitions) {
    this.definition = definition;
    this.kind = kind;
    this.definitions = definitions;
  }

  Compiled<Measure> result() {
    checkName();
    checkShape();
    Expression<SourceRecord> where = compile("where", definition.where(), Set.of(ValueType.FLAG));
    Expression<SourceRecord> at = compile("at", definition.at(), Set.of(ValueType.TIME));
    Expression<SourceRecord> value = compile(valueKey(), definition.value(), wantedValue());
    Expression<SourceRecord> by = compile("by", definition.by(), TELLS_APART);
    Expression<SourceRecord> currency =
        compile("currency", definition.currency(), Set.of(ValueType.TEXT));
    if (currency != null && value != null && value.type().equals(ValueType.TIME)) {
      problem("currency", "a time has no currency", null);
    }
    return problems.isEmpty()
        ? new Compiled.Ready<>(
            new Measure(definition, version(), where, requireNonNull(at), value, by, currency))
        : new Compiled.Refused<>(problems);
  }

  private void checkName() {
    String name = definition.name();
    if (RESERVED.contains(name) || !USABLE_NAME.matcher(name).matches()) {
      problem(
          "name",
          "a formula cannot call a measure '" + name + "'",
          "take letters, digits and _, no digit first, and no word of the language");
    }
  }

  private void checkShape() {
    boolean counts = definition.aggregate() == Aggregate.COUNT;
    if (counts == (definition.value() != null)) {
      problem(valueKey(), counts ? "count takes no value" : valueKey() + " needs a value", null);
    }
    if ((definition.aggregate() == Aggregate.PERCENTILE) != (definition.rank() != null)) {
      problem("rank", "percentile and rank go together", "percentile: value, rank: 90");
    }
    if (definition.rank() != null && !isRank(definition.rank())) {
      problem("rank", "the rank must be above 0 and at most 100", "such as 90");
    }
    boolean takesMoney = !counts && definition.aggregate() != Aggregate.DISTINCT;
    if (definition.currency() != null && !takesMoney) {
      problem("currency", valueKey() + " has no currency", null);
    }
    if ((definition.currency() == null) != (definition.in() == null)) {
      problem(
          definition.in() == null ? "in" : "currency",
          "currency and in go together",
          "currency: currency, in: USD");
    }
    if (definition.in() != null && !CURRENCY.matcher(definition.in()).matches()) {
      problem("in", "'" + definition.in() + "' is not a currency code", "such as USD");
    }
  }

  private static boolean isRank(BigDecimal rank) {
    return rank.signum() > 0 && rank.compareTo(BigDecimal.valueOf(100)) <= 0;
  }

  private String valueKey() {
    return definition.aggregate().key();
  }

  private Set<ValueType<?>> wantedValue() {
    return switch (definition.aggregate()) {
      case DISTINCT -> TELLS_APART;
      case MIN, MAX, LATEST -> MAY_BE_TIMES;
      default -> Set.of(ValueType.NUMBER);
    };
  }

  private @Nullable Expression<SourceRecord> compile(
      String key, @Nullable String text, Set<ValueType<?>> wanted) {
    if (text == null) {
      return null;
    }
    Compiled<Expression<SourceRecord>> compiled = definitions.over(kind).compile(key, text, wanted);
    if (compiled instanceof Compiled.Refused<Expression<SourceRecord>> refused) {
      problems.addAll(refused.problems());
      return null;
    }
    return ((Compiled.Ready<Expression<SourceRecord>>) compiled).value();
  }

  private void problem(String key, String message, @Nullable String hint) {
    problems.add(new ExpressionProblem(key, 1, 1, message, hint));
  }

  private String version() {
    String canonical =
        Stream.of(
                MEANING,
                definition.name(),
                definition.from(),
                kind.label(),
                definition.where(),
                definition.at(),
                definition.aggregate().key(),
                definition.value(),
                definition.currency(),
                definition.in())
            .map(part -> part == null ? "-" : part.length() + ":" + part)
            .collect(Collectors.joining("\n", "", keys() + behind()));
    return definition.name() + "@" + sha256(canonical).substring(0, 12);
  }

  /** Left out where they are not given, as they were before there were any. */
  private String keys() {
    return (definition.rank() == null ? "" : "\nrank: " + definition.rank().toPlainString())
        + (definition.by() == null ? "" : "\nby: " + definition.by())
        + (definition.rates() == null ? "" : "\nrates: " + definition.rates().text());
  }

  /** A definition that means something else makes another measure of it. */
  private String behind() {
    return definition.expressions().stream()
        .flatMap(text -> definitions.behindRecords(text).entrySet().stream())
        .map(one -> "\n" + one.getKey() + " = " + one.getValue())
        .distinct()
        .collect(Collectors.joining());
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
