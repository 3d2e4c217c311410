package io.okrsync.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value that must not be seen: it prints as stars, and only the request that needs it reveals it.
 */
public final class Secret {
  private static final Pattern REFERENCE = Pattern.compile("\\{\\{(env|file):(.+)\\}\\}");

  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{4,}={0,2}");

  private final String value;
  private final @Nullable String reference;

  public Secret(String value) {
    this(value, null);
  }

  /**
   * One that is kept elsewhere.
   *
   * @param reference where, such as {@code {{file:secrets/crm}}} or {@code {{env:CRM_TOKEN}}}; null
   *     where nobody knows
   */
  public Secret(String value, @Nullable String reference) {
    this.value = requireNonNull(value, "value must not be null");
    this.reference = reference;
  }

  /**
   * The value itself, for the one request that needs it; it must not be stored, logged or put into
   * an exchange.
   */
  public String reveal() {
    return value;
  }

  /**
   * This text without the value, in whichever form it was sent: as it is, as a field of a form, or
   * in base64 together with a user, as basic authentication has it.
   */
  String hiddenIn(String text) {
    String plain = value.strip();
    if (plain.isEmpty()) {
      return text;
    }
    String field = URLEncoder.encode(plain, UTF_8);
    String clean = text.replace(plain, toString()).replace(field, toString());
    return BASE64
        .matcher(clean)
        .replaceAll(
            word -> {
              String decoded = decoded(word.group());
              return decoded.contains(plain) || decoded.contains(field)
                  ? toString()
                  : Matcher.quoteReplacement(word.group());
            });
  }

  /** Empty where the word is no base64, as most are not. */
  private static String decoded(String word) {
    try {
      return new String(Base64.getDecoder().decode(word), UTF_8);
    } catch (IllegalArgumentException noBase64) {
      return "";
    }
  }

  /**
   * How a person puts another value in its place.
   *
   * @param name what people call it, such as {@code apiToken}
   */
  String toReplace(String name) {
    Matcher place = REFERENCE.matcher(reference == null ? "" : reference);
    if (!place.matches()) {
      return "put another %s where the settings of this source refer to".formatted(name);
    }
    return place.group(1).equals("file")
        ? "put another %s into the file %s of the configuration, and it is taken up within seconds"
            .formatted(name, place.group(2).strip())
        : "set the environment variable %s to another %s; a service that runs must be started again"
            .formatted(place.group(2).strip(), name);
  }

  @Override
  public String toString() {
    return "•••";
  }
}
