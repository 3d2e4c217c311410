package io.okrsync.measure;

import static io.okrsync.measure.ValueType.DURATION;
import static io.okrsync.measure.ValueType.FLAG;
import static io.okrsync.measure.ValueType.MOMENT;
import static io.okrsync.measure.ValueType.NUMBER;
import static io.okrsync.measure.ValueType.NUMBERS;
import static io.okrsync.measure.ValueType.TEXT;
import static io.okrsync.measure.ValueType.TIME;

import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import dev.cel.common.types.ListType;
import dev.cel.common.types.TypeParamType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import dev.cel.runtime.CelFunctionOverload.Binary;
import dev.cel.runtime.CelFunctionOverload.Unary;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What our language can do with values, beyond what CEL brings (logic, equality, {@code in}, and
 * searching in texts). CEL's own arithmetic knows only 64-bit integers and doubles and is left out.
 */
final class Functions {
  /** Division carries its divisor's text as a third argument, for the reason when that is 0. */
  static final String DIVIDE = "@divide";

  /** One way to call a function or operator. */
  record Overload(String function, CelOverloadDecl declaration, CelFunctionBinding binding) {}

  private static final List<Overload> ALL = new ArrayList<>();

  static {
    arithmetic();
    comparisons();
    onNumbers();
    onTimes();
    onTexts();
  }

  private Functions() {}

  static List<Overload> all() {
    return ALL;
  }

  private static void arithmetic() {
    two("_+_", NUMBER, NUMBER, NUMBER, Exact::plus);
    two("_-_", NUMBER, NUMBER, NUMBER, Exact::minus);
    two("_*_", NUMBER, NUMBER, NUMBER, Exact::times);
    one("-_", NUMBER, NUMBER, Exact::negative);
    add(
        DIVIDE,
        NUMBER.cel(),
        List.of(NUMBER.cel(), NUMBER.cel(), TEXT.cel()),
        List.of(Exact.class, Exact.class, String.class),
        arguments -> ((Exact) arguments[0]).over((Exact) arguments[1], (String) arguments[2]));
    two("_+_", TEXT, TEXT, TEXT, String::concat);
    two("_+_", TIME, TIME, DURATION, Instant::plus);
    two("_+_", TIME, DURATION, TIME, (duration, time) -> time.plus(duration));
    two("_+_", DURATION, DURATION, DURATION, Duration::plus);
    two("_-_", DURATION, TIME, TIME, (later, earlier) -> Duration.between(earlier, later));
    two("_-_", TIME, TIME, DURATION, Instant::minus);
    two("_-_", DURATION, DURATION, DURATION, Duration::minus);
    lists();
  }

  private static void comparisons() {
    comparable(NUMBER);
    comparable(TEXT);
    comparable(TIME);
    comparable(DURATION);
    comparable(MOMENT);
  }

  private static <T extends Comparable<? super T>> void comparable(ValueType<T> type) {
    two("_<_", FLAG, type, type, (a, b) -> a.compareTo(b) < 0);
    two("_<=_", FLAG, type, type, (a, b) -> a.compareTo(b) <= 0);
    two("_>_", FLAG, type, type, (a, b) -> a.compareTo(b) > 0);
    two("_>=_", FLAG, type, type, (a, b) -> a.compareTo(b) >= 0);
  }

  private static void onNumbers() {
    two("min", NUMBER, NUMBER, NUMBER, Exact::atMost);
    two("max", NUMBER, NUMBER, NUMBER, Exact::atLeast);
    one("abs", NUMBER, NUMBER, Exact::absolute);
    one("round", NUMBER, NUMBER, Exact::rounded);
    two("round", NUMBER, NUMBER, NUMBER, Exact::rounded);
    one("number", NUMBER, TEXT, Texts::number);
    one("sum", NUMBER, NUMBERS, Several::sum);
    one("average", NUMBER, NUMBERS, Several::average);
    one("min", NUMBER, NUMBERS, Several::min);
    one("max", NUMBER, NUMBERS, Several::max);
    one("median", NUMBER, NUMBERS, Several::median);
    two("percentile", NUMBER, NUMBERS, NUMBER, Several::percentile);
  }

  private static void onTimes() {
    two("_-_", NUMBER, MOMENT, MOMENT, Moment::minus);
    two("min", MOMENT, MOMENT, MOMENT, (a, b) -> a.compareTo(b) <= 0 ? a : b);
    two("max", MOMENT, MOMENT, MOMENT, (a, b) -> a.compareTo(b) >= 0 ? a : b);
    two("min", TIME, TIME, TIME, (a, b) -> a.isBefore(b) ? a : b);
    two("max", TIME, TIME, TIME, (a, b) -> a.isAfter(b) ? a : b);
    one("days", NUMBER, DURATION, duration -> Exact.of(duration, 86_400));
    one("hours", NUMBER, DURATION, duration -> Exact.of(duration, 3_600));
    two("workdays", NUMBER, TIME, TIME, (from, to) -> WorkingTime.days(from, to, ZoneOffset.UTC));
    add(
        "workdays",
        NUMBER.cel(),
        List.of(TIME.cel(), TIME.cel(), TEXT.cel()),
        List.of(Instant.class, Instant.class, String.class),
        arguments ->
            WorkingTime.days(
                (Instant) arguments[0], (Instant) arguments[1], Texts.zone((String) arguments[2])));
    one("timestamp", TIME, TEXT, Texts::time);
    two("timestamp", TIME, TEXT, TEXT, Texts::time);
    one("duration", DURATION, TEXT, Texts::duration);
  }

  private static void onTexts() {
    one("lower", TEXT, TEXT, text -> text.toLowerCase(Locale.ROOT));
    one("size", NUMBER, TEXT, text -> Exact.of(text.codePointCount(0, text.length())));
    add(
        "size",
        NUMBER.cel(),
        List.of(ListType.create(TypeParamType.create("A"))),
        id -> CelFunctionBinding.from(id, List.class, list -> Exact.of(list.size())));
  }

  /** What {@code filter} and {@code map} build their results with. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // lists of one type, as the type check says
  private static void lists() {
    CelType list = ListType.create(TypeParamType.create("A"));
    add(
        "_+_",
        list,
        List.of(list, list),
        List.of(List.class, List.class),
        arguments -> {
          List joined = new ArrayList((List) arguments[0]);
          joined.addAll((List) arguments[1]);
          return joined;
        });
  }

  private static <A> void one(String name, ValueType<?> result, ValueType<A> type, Unary<A> does) {
    add(
        name,
        result.cel(),
        List.of(type.cel()),
        id -> CelFunctionBinding.from(id, type.java(), does));
  }

  private static <A, B> void two(
      String name,
      ValueType<?> result,
      ValueType<A> first,
      ValueType<B> second,
      Binary<A, B> does) {
    add(
        name,
        result.cel(),
        List.of(first.cel(), second.cel()),
        id -> CelFunctionBinding.from(id, first.java(), second.java(), does));
  }

  private static void add(
      String name,
      CelType result,
      List<CelType> types,
      List<Class<?>> classes,
      CelFunctionOverload does) {
    add(name, result, types, id -> CelFunctionBinding.from(id, classes, does));
  }

  private static void add(
      String name,
      CelType result,
      List<CelType> types,
      Function<String, CelFunctionBinding> binding) {
    String id = name + types.stream().map(CelTypes::format).toList();
    ALL.add(
        new Overload(
            name, CelOverloadDecl.newGlobalOverload(id, result, types), binding.apply(id)));
  }
}
