package io.okrsync.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times in JQL: milliseconds since 1970; a date or a date with hours and minutes in the zone of the
 * user who asks, which is a trap for clients in another zone; or a while ago, such as {@code -2d}.
 */
final class JqlTime {
  private static final Pattern MILLISECONDS = Pattern.compile("\\d{9,15}");
  private static final Pattern AGO = Pattern.compile("-(\\d{1,6})([mhdw])");
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  private JqlTime() {}

  /** Throws Refused if it is none of these. */
  static Instant parse(String text, Instant now) {
    if (MILLISECONDS.matcher(text).matches()) {
      return Instant.ofEpochMilli(Long.parseLong(text));
    }
    Matcher ago = AGO.matcher(text);
    if (ago.matches()) {
      return now.minus(unit(ago.group(2)).multipliedBy(Long.parseLong(ago.group(1))));
    }
    return local(text.replace('/', '-'));
  }

  private static Instant local(String text) {
    try {
      LocalDateTime local =
          text.contains(":")
              ? LocalDateTime.parse(text, MINUTE)
              : LocalDate.parse(text).atStartOfDay();
      return local.atZone(OfficeHours.ZONE).toInstant();
    } catch (DateTimeParseException notTime) {
      throw new Refused(
          "jql",
          "Date value '"
              + text
              + "' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm',"
              + " 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period such as '-5d'.");
    }
  }

  private static Duration unit(String letter) {
    return switch (letter) {
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      case "d" -> Duration.ofDays(1);
      default -> Duration.ofDays(7);
    };
  }
}
