package io.okrsync.measure;

import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an expression or a name in it holds.
 *
 * @param words how messages call it
 */
public record ValueType<J>(String words, CelType cel, Class<J> java) {
  /** An exact decimal; the one kind of number there is. */
  public static final ValueType<Exact> NUMBER =
      new ValueType<>("number", OpaqueType.create("decimal"), Exact.class);

  public static final ValueType<String> TEXT =
      new ValueType<>("text", SimpleType.STRING, String.class);

  public static final ValueType<Boolean> FLAG =
      new ValueType<>("yes/no", SimpleType.BOOL, Boolean.class);

  public static final ValueType<Instant> TIME =
      new ValueType<>("time", SimpleType.TIMESTAMP, Instant.class);

  public static final ValueType<Duration> DURATION =
      new ValueType<>("duration", SimpleType.DURATION, Duration.class);

  @SuppressWarnings("rawtypes") // a class literal knows no type arguments
  public static final ValueType<List> TEXTS =
      new ValueType<>("list of texts", ListType.create(SimpleType.STRING), List.class);

  @SuppressWarnings("rawtypes") // a class literal knows no type arguments
  public static final ValueType<List> NUMBERS =
      new ValueType<>("list of numbers", ListType.create(NUMBER.cel()), List.class);

  /** What a measure of times comes to in a formula. */
  public static final ValueType<Moment> MOMENT =
      new ValueType<>("time of a measure", OpaqueType.create("moment"), Moment.class);

  @SuppressWarnings("rawtypes") // a class literal knows no type arguments
  public static final ValueType<List> MOMENTS =
      new ValueType<>("list of times of a measure", ListType.create(MOMENT.cel()), List.class);

  /** An object of the vendor's own fields; an expression takes single fields of it. */
  @SuppressWarnings("rawtypes") // a class literal knows no type arguments
  public static final ValueType<Map> CUSTOM =
      new ValueType<>(
          "custom fields", MapType.create(SimpleType.STRING, SimpleType.DYN), Map.class);

  /** Known only when a record is there: a field of the vendor's own. */
  public static final ValueType<Object> ANY =
      new ValueType<>("anything", SimpleType.DYN, Object.class);

  static final List<ValueType<?>> ALL =
      List.of(NUMBER, TEXT, FLAG, TIME, DURATION, TEXTS, NUMBERS, MOMENT, MOMENTS, CUSTOM, ANY);

  /** What can be computed and given a name. */
  static final Set<ValueType<?>> VALUES =
      Set.of(NUMBER, TEXT, FLAG, TIME, DURATION, TEXTS, NUMBERS, MOMENT, MOMENTS, ANY);

  /** The type that CEL calls this; where we know none, any. */
  static ValueType<?> of(CelType cel) {
    return ALL.stream().filter(type -> type.cel.equals(cel)).findFirst().orElse(ANY);
  }

  /** How messages call the type that CEL prints this way. */
  static String wordsFor(String printed) {
    return switch (printed) {
      case "google.protobuf.Timestamp", "timestamp" -> TIME.words;
      case "google.protobuf.Duration", "duration" -> DURATION.words;
      default ->
          ALL.stream()
              .filter(type -> print(type.cel).equals(printed))
              .map(ValueType::words)
              .findFirst()
              .orElse(printed.startsWith("list(") ? "list" : ANY.words);
    };
  }

  /** How messages call what an actual value is. */
  static String wordsFor(Object value) {
    return ALL.stream()
        .filter(type -> type.java.isInstance(value))
        .map(ValueType::words)
        .findFirst()
        .orElse("an object");
  }

  private static String print(CelType type) {
    return CelTypes.format(type);
  }
}
