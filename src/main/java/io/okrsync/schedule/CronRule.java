package io.okrsync.schedule;

import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/**
 * What a cron expression must be before Quartz gets it. Quartz alone is not enough: it accepts a
 * second or minute of 99 and fires anyway, and its messages do not say how to write it right.
 */
final class CronRule {
  private static final List<String> FIELDS =
      List.of("seconds", "minutes", "hours", "day of month", "month", "day of week", "year");
  private static final List<Integer> GREATEST = List.of(59, 59, 23, 31, 12, 7, 2099);
  private static final int DAY_OF_MONTH = 3;
  private static final int DAY_OF_WEEK = 5;
  private static final Pattern STEP = Pattern.compile("/(\\d+)");
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private CronRule() {}

  /**
   * @throws IllegalArgumentException with a message that begins with {@code cron} and says what is
   *     wrong
   */
  static void check(String cron) {
    String[] fields = cron.strip().split("\\s+");
    if (fields.length < 6 || fields.length > 7) {
      throw new IllegalArgumentException(
          "cron has %s; it needs seconds, minutes, hours, day of month, month and day of week, such as 0 0 6 * * ?"
              .formatted(fields.length == 1 ? "1 field" : fields.length + " fields"));
    }
    for (int i = 0; i < fields.length; i++) {
      checkRange(i, fields[i]);
    }
    if (fields[DAY_OF_MONTH].equals("?") == fields[DAY_OF_WEEK].equals("?")) {
      throw new IllegalArgumentException(
          "cron gives both day of month and day of week; exactly one of them must be ?, such as 0 0"
              + " 6 * * ? or 0 0 6 ? * MON-FRI");
    }
    checkByQuartz(cron);
  }

  private static void checkRange(int field, String text) {
    Matcher steps = STEP.matcher(text);
    while (steps.find()) {
      inRange(field, steps.group(1), 1);
    }
    Matcher numbers = NUMBER.matcher(STEP.matcher(text).replaceAll(""));
    int least = field < DAY_OF_MONTH ? 0 : 1;
    while (numbers.find()) {
      inRange(field, numbers.group(), least);
    }
  }

  private static void inRange(int field, String number, int least) {
    int greatest = GREATEST.get(field);
    if (number.length() > 4
        || Integer.parseInt(number) < least
        || Integer.parseInt(number) > greatest) {
      throw new IllegalArgumentException(
          "cron has %s in %s, which go from %d to %d"
              .formatted(number, FIELDS.get(field), least, greatest));
    }
  }

  private static void checkByQuartz(String cron) {
    try {
      CronExpression expression = new CronExpression(cron.toUpperCase(Locale.ROOT));
      if (expression.getNextValidTimeAfter(Date.from(Instant.EPOCH)) == null) {
        throw new IllegalArgumentException("cron '" + cron + "' never comes");
      }
    } catch (ParseException e) {
      throw new IllegalArgumentException("cron '" + cron + "' is not valid: " + e.getMessage(), e);
    }
  }
}
