package io.okrsync.demo;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a client asked for.
 *
 * @param query the parameters in the order given, each with all its values
 * @param headers by name in lower case, the first value of each
 */
record Request(
    String method,
    String path,
    Map<String, List<String>> query,
    Map<String, String> headers,
    String body) {

  /** The parameters of this address, decoded. Throws IllegalArgumentException if they cannot be. */
  static Map<String, List<String>> query(URI uri) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    String raw = uri.getRawQuery();
    if (raw == null || raw.isEmpty()) {
      return query;
    }
    for (String pair : raw.split("&")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      query.computeIfAbsent(decode(name), any -> new ArrayList<>()).add(decode(value));
    }
    return query;
  }

  /** The first value of this parameter; empty if it is missing. */
  Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name)).map(values -> values.get(0));
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /** The address the client used for this server, without a path. */
  String origin() {
    return "http://" + header("Host").orElse("127.0.0.1");
  }

  /**
   * What follows the user name in HTTP Basic, with it: {@code user:password}; empty if there is
   * none.
   */
  Optional<String> basicCredentials() {
    return header("Authorization")
        .filter(value -> value.regionMatches(true, 0, "Basic ", 0, 6))
        .flatMap(value -> decoded(value.substring(6).strip()));
  }

  private static Optional<String> decoded(String base64) {
    try {
      return Optional.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
