package io.okrsync.formula;

import static io.okrsync.measure.Samples.FOURTH_QUARTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.measure.Measure;
import io.okrsync.measure.Reading;
import io.okrsync.measure.Samples;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random formulas, against the same written in Java while they were thrown together. */
class FormulaLikeByHandTest {
  private static final List<Measure> KNOWN =
      Stream.of("a", "b", "c").map(Samples::counting).toList();

  private static final Scope QUARTER =
      Scope.of(
          LocalDate.of(2026, 10, 1),
          LocalDate.of(2026, 12, 31),
          ZoneOffset.UTC,
          Instant.parse("2026-11-12T09:00:00Z"));

  /**
   * A formula and what it must come to.
   *
   * @param value null where it divides by zero
   */
  private record Expected(String text, @Nullable BigDecimal value) {}

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15})
  void arithmetic_is_that_of_exact_decimals(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 60; i++) {
      Map<String, BigDecimal> values =
          Map.of("a", number(random), "b", number(random), "c", BigDecimal.ZERO);
      Expected expected = formula(random, values, 3);
      Formula formula = Samples.ready(Formula.compile(expected.text, KNOWN));
      Evaluation evaluation = formula.evaluate(QUARTER, readings(formula, values));
      assertThat(evaluation)
          .as(expected.text + " with " + values)
          .isEqualTo(
              expected.value == null
                  ? divisionByNothing(evaluation)
                  : new Evaluation.Value(plain(expected.value)));
    }
  }

  private static Expected formula(Random random, Map<String, BigDecimal> values, int depth) {
    if (depth == 0 || random.nextInt(6) == 0) {
      return leaf(random, values);
    }
    Expected left = formula(random, values, depth - 1);
    Expected right = formula(random, values, depth - 1);
    return switch (random.nextInt(6)) {
      case 0 -> both(left, right, "(%s + %s)", BigDecimal::add);
      case 1 -> both(left, right, "(%s - %s)", BigDecimal::subtract);
      case 2 -> both(left, right, "(%s * %s)", BigDecimal::multiply);
      case 3 -> both(left, right, "(%s / max(1, %s))", FormulaLikeByHandTest::divideByOneOrMore);
      case 4 -> both(left, right, "min(%s, %s)", BigDecimal::min);
      default -> both(left, right, "(%1$s > %2$s ? %1$s : %2$s)", BigDecimal::max);
    };
  }

  private static Expected both(
      Expected left, Expected right, String text, BinaryOperator<BigDecimal> does) {
    BigDecimal value =
        left.value == null || right.value == null ? null : does.apply(left.value, right.value);
    return new Expected(text.formatted(left.text, right.text), value);
  }

  private static BigDecimal divideByOneOrMore(BigDecimal a, BigDecimal b) {
    return a.divide(b.max(BigDecimal.ONE), MathContext.DECIMAL128);
  }

  private static Expected leaf(Random random, Map<String, BigDecimal> values) {
    String name = List.of("a", "b", "c").get(random.nextInt(3));
    BigDecimal literal = number(random);
    return switch (random.nextInt(8)) {
      case 0 -> new Expected("(1 / c)", null);
      case 1, 2, 3 -> new Expected("(" + literal.toPlainString() + ")", literal);
      default -> new Expected(name, values.get(name));
    };
  }

  private static BigDecimal number(Random random) {
    return BigDecimal.valueOf(random.nextInt(2_000) - 1_000, random.nextInt(5));
  }

  private static Map<MeasureUse, Reading> readings(
      Formula formula, Map<String, BigDecimal> values) {
    Map<MeasureUse, Reading> readings = new HashMap<>();
    for (MeasureUse use : formula.uses(QUARTER)) {
      BigDecimal value = values.get(use.written());
      readings.put(use, new Reading(use.written(), FOURTH_QUARTER, 1, value, null));
    }
    return readings;
  }

  private static BigDecimal plain(BigDecimal value) {
    BigDecimal rounded = value.setScale(10, RoundingMode.HALF_EVEN).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }

  private static @Nullable Evaluation divisionByNothing(Evaluation evaluation) {
    boolean is =
        evaluation instanceof Evaluation.NoValue none
            && none.reason().toString().equals("division by nothing: c is 0");
    return is ? evaluation : null;
  }
}
