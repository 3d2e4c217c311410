package io.okrsync.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a connector file may write into an option of {@code okr:page}, filled in for one page:
 *
 * <pre>{@code
 * @since           2026-11-21T19:33:18Z, to read only what changed; nothing when all is read
 * @since:millis    1795289598000; also :seconds, and :date (2026-11-21, in the source's zone)
 * @until           the same of the last change that is wanted; nothing where none is the last
 * @cursor          where the page begins, as the page before said; nothing on the first
 * @cursor.after    one field of it, where it is an object
 * @limit           how many records to ask for
 * [ and x > @since]   a part that is left out when a placeholder in it has nothing
 * }</pre>
 *
 * <p>A text that has a placeholder without a value is left out as a whole, and so is an empty text.
 * Texts filled in are never looked at again, so a setting may hold any character.
 */
final class Placeholders {
  /** A setting handed over by name, so that it meets no URI: secrets, and texts such as a JQL. */
  private static final String REFERENCE = "@\\{(?<setting>\\w+)}";

  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          REFERENCE
              + "|@(?<time>since|until)\\b(?::(?<format>millis|seconds|date)\\b)?"
              + "|@(?<cursor>cursor)\\b(?:\\.(?<field>\\w+))?"
              + "|@limit\\b");
  private static final Pattern PART = Pattern.compile("\\[(?<part>[^\\[\\]]*@[^\\[\\]]*)]");
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N} ._~:/,;*-]*");

  private final PageCall call;

  Placeholders(PageCall call) {
    this.call = call;
  }

  /** How a setting is written into a template: itself, or by name where it may break a URI. */
  static String written(String name, String value) {
    return PLAIN.matcher(value).matches() ? value : "@{" + name + "}";
  }

  static String reference(String name) {
    return "@{" + name + "}";
  }

  /** The secret setting that this text names, if it names one and it is set. */
  Optional<Secret> secret(String text) {
    Matcher matcher = Pattern.compile(REFERENCE).matcher(text);
    return matcher.matches() ? call.secret(matcher.group("setting")) : Optional.empty();
  }

  /** The text with everything filled in; empty when it is to be left out. */
  Optional<String> fill(String text) {
    StringBuilder filled = new StringBuilder();
    Matcher parts = PART.matcher(text);
    int end = 0;
    while (parts.find()) {
      if (!append(filled, text.substring(end, parts.start()))) {
        return Optional.empty();
      }
      appendPart(filled, parts.group("part"));
      end = parts.end();
    }
    return append(filled, text.substring(end)) && !filled.isEmpty()
        ? Optional.of(filled.toString())
        : Optional.empty();
  }

  private void appendPart(StringBuilder filled, String part) {
    StringBuilder inner = new StringBuilder();
    if (append(inner, part)) {
      filled.append(inner);
    }
  }

  /** False when a placeholder has no value. */
  private boolean append(StringBuilder filled, String text) {
    Matcher matcher = PLACEHOLDER.matcher(text);
    int start = 0;
    while (matcher.find()) {
      String value = value(matcher);
      if (value == null) {
        return false;
      }
      filled.append(text.substring(start, matcher.start())).append(value);
      start = matcher.end();
    }
    filled.append(text.substring(start));
    return true;
  }

  private @Nullable String value(Matcher found) {
    String setting = found.group("setting");
    if (setting != null) {
      return call.value(setting).orElse(null);
    }
    if (found.group("time") != null) {
      boolean since = found.group("time").equals("since");
      return time(since ? call.place().since() : until(), found.group("format"));
    }
    return found.group("cursor") != null
        ? cursor(found.group("field"))
        : String.valueOf(call.limit());
  }

  /** Rounded up, as {@code @since} is rounded down: more may come than is wanted, never less. */
  private @Nullable Instant until() {
    Instant until = call.place().until();
    return until == null ? null : until.plusMillis(999);
  }

  private @Nullable String time(@Nullable Instant at, @Nullable String format) {
    if (at == null) {
      return null;
    }
    if (format == null) {
      return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
    return switch (format) {
      case "millis" -> String.valueOf(at.toEpochMilli());
      case "seconds" -> String.valueOf(at.getEpochSecond());
      default -> LocalDate.ofInstant(at, call.source().zone()).toString();
    };
  }

  private @Nullable String cursor(@Nullable String field) {
    if (field == null) {
      return call.place().cursor();
    }
    JsonNode value = call.cursor().path(field);
    return value.isMissingNode() || value instanceof NullNode ? null : value.asText();
  }
}
