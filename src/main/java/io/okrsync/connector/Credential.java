package io.okrsync.connector;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A header that proves who asks. It is made of its secret only when the request leaves, and never
 * printed.
 *
 * @param prefix what stands before the secret, such as {@code Bearer}; may be empty
 * @param user for Basic: the user, whose password is the secret; null otherwise
 */
record Credential(String header, String prefix, @Nullable String user, Secret secret) {
  Credential {
    if (secret.reveal().strip().chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "the secret holds a line break or another control character; set it again");
    }
  }

  /** What {@code auth} and {@code secret} say; null when there is none to send. */
  static @Nullable Credential of(PageOptions options, Placeholders placeholders) {
    Secret secret = placeholders.secret(options.get("secret", "")).orElse(null);
    if (secret == null) {
      return null;
    }
    String[] words =
        placeholders.fill(options.get("auth", "none")).orElse("").strip().split(" +", 3);
    String name = words.length > 1 ? words[1] : "";
    return switch (words[0]) {
      case "bearer" -> new Credential("Authorization", "Bearer ", null, secret);
      case "basic" -> new Credential("Authorization", "Basic ", name, secret);
      case "header" ->
          new Credential(
              name.isEmpty() ? "Authorization" : name,
              words.length > 2 ? words[2] + " " : "",
              null,
              secret);
      case "none", "" -> null;
      default ->
          throw new IllegalArgumentException(
              "auth is 'header NAME', 'bearer', 'basic USER' or 'none', not '%s'"
                  .formatted(words[0]));
    };
  }

  /** The header's value, for the request that is leaving. */
  String reveal() {
    if (user == null) {
      return prefix + secret.reveal().strip();
    }
    String both = user + ":" + secret.reveal().strip();
    return prefix + Base64.getEncoder().encodeToString(both.getBytes(UTF_8));
  }
}
