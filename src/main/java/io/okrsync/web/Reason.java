package io.okrsync.web;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why something is as it is, with the first run that it names as something to follow.
 *
 * @param before all of it where it names no run
 * @param run null where it names none
 */
public record Reason(String before, @Nullable Long run, String after) {
  /** What we say ourselves, from its beginning on: a source may say anything about runs. */
  private static final Pattern NAMES_A_RUN =
      Pattern.compile(
          "(?<before>run |\\d+ of \\d+ items of '[^']+' could not be read; see run |'[^']+' was"
              + " (never read completely|last read at [\\w :]+|read at [\\w :]+, a time that is yet"
              + " to come, so a clock was put back); run )(?<run>\\d{1,18})(?<after> of this source"
              + " (was still at work|(is at work|was ended) in another process)|( of '[^']+')? is"
              + " held: .*; release or discard it.*| since then: .*|)",
          Pattern.DOTALL);

  static Reason of(String text) {
    Matcher matcher = NAMES_A_RUN.matcher(text);
    return matcher.matches()
        ? new Reason(
            matcher.group("before"), Long.valueOf(matcher.group("run")), matcher.group("after"))
        : new Reason(text, null, "");
  }

  static @Nullable Reason ofNullable(@Nullable String text) {
    return text == null ? null : of(text);
  }
}
