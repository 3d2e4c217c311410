package io.okrsync.config;

import io.okrsync.schedule.Schedule;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * When something is done, in one word: {@code 1d}, {@code 0 0 3 ? * SUN}, or {@code none}.
 *
 * @param every null where a cron says it, or where it is never done
 * @param cron null where a duration says it, or where it is never done
 */
record Times(@Nullable Duration every, @Nullable String cron) {
  static final Times NONE = new Times(null, null);
  static final Times DAILY = new Times(Duration.ofDays(1), null);
  static final Times WEEKLY = new Times(Duration.ofDays(7), null);
  static final Kind<Times> KIND =
      Kinds.text(
          "a duration such as 1d, a cron such as 0 0 3 ? * SUN, or none", null, Times::parse);

  private static Times parse(String text) {
    if (text.equals("none")) {
      return NONE;
    }
    return text.matches(Kinds.DURATION_LOOKS)
        ? new Times(duration(text), null)
        : new Times(null, cron(text));
  }

  private static Duration duration(String text) {
    Duration duration = Kinds.duration(text);
    if (duration.isZero()) {
      throw new IllegalArgumentException("a duration is 1s or longer; for never write none");
    }
    return duration;
  }

  private static String cron(String text) {
    String word = text.replaceFirst("^every +", "");
    if (word.matches(Kinds.DURATION_LOOKS)) {
      duration(word);
      throw new IllegalArgumentException("write the duration alone: " + word);
    }
    if (!text.contains(" ")) {
      throw new IllegalArgumentException("a duration is a whole number and s, m, h or d");
    }
    new Schedule(null, text, ZoneOffset.UTC); // a schedule says itself what is wrong with a cron
    return text;
  }

  /** The schedule; null for never. */
  @Nullable Schedule in(ZoneId zone) {
    return equals(NONE) ? null : new Schedule(every, cron, zone);
  }
}
