package io.okrsync.web;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why a run ended so, with the run it names as something to follow.
 *
 * @param before all of it where it names no run
 * @param run null where it names none
 */
public record Reason(String before, @Nullable Long run, String after) {
  private static final Pattern AT_WORK =
      Pattern.compile(
          "run (\\d{1,18})( of this source (?:was still at work|is at work in another process)| is"
              + " held: .*; release or discard it)",
          Pattern.DOTALL);

  static Reason of(String text) {
    Matcher matcher = AT_WORK.matcher(text);
    return matcher.matches()
        ? new Reason("run ", Long.valueOf(matcher.group(1)), matcher.group(2))
        : new Reason(text, null, "");
  }

  static @Nullable Reason ofNullable(@Nullable String text) {
    return text == null ? null : of(text);
  }
}
