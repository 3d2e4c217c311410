package io.okrsync.config;

import io.okrsync.config.Node.Scalar.Type;
import io.okrsync.measure.NearestName;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The single values there are. */
final class Kinds {
  private static final Map<Character, ChronoUnit> UNITS =
      Map.of(
          's', ChronoUnit.SECONDS,
          'm', ChronoUnit.MINUTES,
          'h', ChronoUnit.HOURS,
          'd', ChronoUnit.DAYS);

  /** What people in Indonesia call their zones; the names of the database are others. */
  private static final Map<String, String> ABBREVIATED =
      Map.of("WIB", "Asia/Jakarta", "WITA", "Asia/Makassar", "WIT", "Asia/Jayapura");

  /** Ten, or ten thousand as half of the world writes it. */
  private static final Pattern AMBIGUOUS = Pattern.compile("-?[1-9][0-9]{0,2}\\.[0-9]{2}0");

  private static final Pattern OFFSET = Pattern.compile("(UTC|GMT|UT)?[+-][0-9][0-9:]*");

  static final String DURATION_LOOKS = "[0-9]{1,6}[smhd]";

  static final Kind<String> LINE = text("a text", null, text -> text);
  static final Kind<String> ID =
      text(
          "an id of letters, digits, _ and -, at most 60",
          "[A-Za-z0-9][A-Za-z0-9_-]{0,59}",
          text -> text);
  static final Kind<String> CURRENCY =
      text("a currency code such as USD", "[A-Z]{3}", text -> text);
  static final Kind<LocalDate> DATE =
      text("a date such as 2026-10-01", "[0-9]{4}-[0-9]{2}-[0-9]{2}", LocalDate::parse);
  static final Kind<ZoneId> ZONE = text("a time zone such as Asia/Jakarta", null, Kinds::zone);
  static final Kind<Duration> DURATION =
      new Value<>(
          "a duration such as 30s, 15m, 6h or 2d",
          Type.TEXT,
          Pattern.compile(DURATION_LOOKS),
          true,
          Kinds::duration);
  static final Kind<BigDecimal> NUMBER =
      new Value<>(
          "a number such as 18 or 0.25",
          Type.NUMBER,
          Pattern.compile("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,10})?"),
          false,
          Kinds::number);
  static final Kind<Integer> COUNT =
      new Value<>(
          "a whole number of 1 or more",
          Type.NUMBER,
          Pattern.compile("[1-9][0-9]{0,8}"),
          false,
          Integer::valueOf);
  static final Kind<BigDecimal> SHARE =
      new Value<>(
          "a share such as 20% or 2.5%",
          Type.TEXT,
          Pattern.compile("[0-9]{1,4}(\\.[0-9]{1,2})?%"),
          true,
          text -> new BigDecimal(text.substring(0, text.length() - 1)).movePointLeft(2));
  static final Kind<BigDecimal> RATE =
      new Value<>(
          "a rate above 0 such as 1.08 or 0.0000613",
          Type.NUMBER,
          Pattern.compile("(0|[1-9][0-9]{0,11})(\\.[0-9]{1,18})?"),
          false,
          Kinds::rate);
  static final Kind<Integer> FACTOR =
      new Value<>(
          "a whole number from 1 to 5",
          Type.NUMBER,
          Pattern.compile("[1-5]"),
          false,
          Integer::valueOf);
  static final Kind<Boolean> TRUE =
      new Value<>("true", Type.FLAG, Pattern.compile("true"), false, text -> true);

  private Kinds() {}

  static <T> Kind<T> text(String holds, @Nullable String looks, Function<String, T> parse) {
    return textValue(holds, looks, parse);
  }

  static <T> Value<T> textValue(String holds, @Nullable String looks, Function<String, T> parse) {
    Pattern pattern = looks == null ? null : Pattern.compile(looks);
    return new Value<>(holds, Type.TEXT, pattern, false, parse);
  }

  /** Reads the name of one of these, in lower case. */
  static <E extends Enum<E>> Function<String, E> of(Class<E> names) {
    return text -> Enum.valueOf(names, text.toUpperCase(Locale.ROOT));
  }

  private static BigDecimal number(String text) {
    BigDecimal number = new BigDecimal(text);
    if (AMBIGUOUS.matcher(text).matches()) {
      String plain = number.stripTrailingZeros().toPlainString();
      throw new IllegalArgumentException(
          "write %s, or %s if a thousand is meant".formatted(plain, text.replace(".", "")));
    }
    return number;
  }

  private static BigDecimal rate(String text) {
    BigDecimal rate = new BigDecimal(text);
    if (rate.signum() == 0) {
      throw new IllegalArgumentException("leave out what has no rate");
    }
    return rate;
  }

  static Duration duration(String text) {
    int last = text.length() - 1;
    ChronoUnit unit = UNITS.getOrDefault(text.charAt(last), ChronoUnit.SECONDS);
    return Duration.of(Long.parseLong(text.substring(0, last)), unit);
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(zoneHint(text), e);
    }
  }

  private static String zoneHint(String text) {
    if (ABBREVIATED.containsKey(text)) {
      return "write %s".formatted(ABBREVIATED.get(text));
    }
    if (OFFSET.matcher(text).matches()) {
      return "an offset is written such as +02:00, from -18:00 to +18:00";
    }
    return NearestName.to(text, ZoneId.getAvailableZoneIds())
        .map("did you mean '%s'?"::formatted)
        .orElse("a zone is a name such as Europe/Berlin, UTC, or an offset such as +02:00");
  }
}
