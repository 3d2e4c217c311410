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
 * @param content what the body is
 * @param broken where JSON that cannot be read breaks, and how; null where it can, or is none
 */
record HttpAnswer(
    int status,
    Map<String, String> headers,
    @Nullable JsonNode json,
    Content content,
    @Nullable String broken) {
  HttpAnswer(int status, Map<String, String> headers, @Nullable JsonNode json, Content content) {
    this(status, headers, json, content, null);
  }

  /** What a body may be, with the words for it. */
  enum Content {
    JSON("JSON"),
    WEB_PAGE("a web page"),
    NOTHING("nothing"),
    NOT_UTF8("text that is not UTF-8"),
    OTHER("something else");

    private final String words;

    Content(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  HttpAnswer {
    Map<String, String> any = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    any.putAll(headers);
    headers = any;
  }

  boolean html() {
    return content == Content.WEB_PAGE;
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
        .filter(name -> isRateLimit(name, "-reset"))
        .findFirst()
        .flatMap(this::header);
  }

  /** Whether a header tells that no request is left. */
  boolean nothingRemains() {
    return headers.entrySet().stream()
        .filter(each -> isRateLimit(each.getKey(), "-remaining"))
        .anyMatch(each -> each.getValue().strip().equals("0"));
  }

  private static boolean isRateLimit(String header, String ending) {
    String name = header.toLowerCase(Locale.ROOT);
    return name.replace("-", "").contains("ratelimit") && name.endsWith(ending);
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

  /** The scheme, host and port that a redirect leads to, and nothing else of it. */
  Optional<String> redirectOrigin(URI asked) {
    try {
      return header("Location")
          .map(asked::resolve)
          .filter(to -> to.getScheme() != null && to.getHost() != null)
          .map(HttpAnswer::origin);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static String origin(URI uri) {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + port;
  }

  private static Optional<String> resolved(URI asked, String link) {
    try {
      return Optional.of(asked.resolve(link).toString());
    } catch (IllegalArgumentException e) {
      return Optional.of(link);
    }
  }
}
