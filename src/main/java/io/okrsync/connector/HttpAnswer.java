package io.okrsync.connector;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a vendor answered.
 *
 * @param headers the first value of each, whatever its case
 * @param json null where the answer is not JSON
 * @param html whether it looks like a web page
 */
record HttpAnswer(int status, Map<String, String> headers, @Nullable JsonNode json, boolean html) {
  HttpAnswer {
    Map<String, String> any = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    any.putAll(headers);
    headers = any;
  }

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  /** The first header whose name tells when a rate limit begins anew. */
  Optional<String> resetHeader() {
    return headers.keySet().stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .filter(name -> name.replace("-", "").contains("ratelimit") && name.endsWith("-reset"))
        .findFirst()
        .flatMap(this::header);
  }

  /** The address of {@code rel="next"} in the Link header, made absolute; empty when none is. */
  Optional<String> nextLink(URI asked) {
    for (String link : header("Link").orElse("").split(",(?=\\s*<)")) {
      int end = link.indexOf('>');
      boolean next = end > 0 && link.substring(end).matches(".*;\\s*rel=\"?([\\w ]* )?next\\b.*");
      if (next) {
        return resolved(asked, link.substring(link.indexOf('<') + 1, end));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> resolved(URI asked, String link) {
    try {
      return Optional.of(asked.resolve(link).toString());
    } catch (IllegalArgumentException e) {
      return Optional.of(link);
    }
  }
}
