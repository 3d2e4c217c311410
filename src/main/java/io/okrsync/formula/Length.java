package io.okrsync.formula;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** So many periods of a calendar: {@code 30d}, {@code 2 weeks}, {@code month}. */
record Length(int periods, CalendarUnit unit) {
  private static final Pattern DAYS = Pattern.compile("([1-9][0-9]{0,3})d");
  private static final Pattern PERIODS = Pattern.compile("(?:([1-9][0-9]{0,3}) )?([a-z]+)");

  static Optional<Length> read(String text) {
    Matcher days = DAYS.matcher(text);
    if (days.matches()) {
      return Optional.of(new Length(Integer.parseInt(days.group(1)), CalendarUnit.DAY));
    }
    Matcher periods = PERIODS.matcher(text);
    return periods.matches()
        ? CalendarUnit.named(periods.group(2))
            .map(unit -> new Length(number(periods.group(1)), unit))
        : Optional.empty();
  }

  private static int number(@Nullable String digits) {
    return digits == null ? 1 : Integer.parseInt(digits);
  }
}
