package io.okrsync.connector;

import static io.okrsync.connector.SourceFailure.Remedy.ASK_ADMIN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request, ready to be sent, but for its credential.
 *
 * @param uri without user information and fragment, every character escaped as it must be
 * @param body JSON, unless a header says otherwise; null when there is none
 * @param credential null when none is set
 */
record PageRequest(
    String method,
    URI uri,
    Map<String, String> headers,
    @Nullable String body,
    @Nullable Credential credential) {

  /** What to ask for the page of this call. */
  static PageRequest page(PageOptions options, PageCall call) {
    Placeholders placeholders = new Placeholders(call);
    URI base = base(options.get("url", ""), "url", placeholders, call);
    Optional<URI> next = next(options, base, placeholders, call);
    URI uri = next.orElseGet(() -> withQuery(base, values(options, "query", placeholders), call));
    ObjectNode body = JsonBody.of(options, placeholders);
    return new PageRequest(
        placeholders.fill(options.get("method", "GET")).orElse("GET"),
        uri,
        values(options, "header", placeholders),
        body.isEmpty() ? null : body.toString(),
        Credential.of(options, placeholders));
  }

  /** What to ask before the first page to learn whether the credentials hold, if anything. */
  static Optional<PageRequest> check(PageOptions options, PageCall call) {
    String url = options.get("check", "");
    if (url.isEmpty() || call.place().cursor() != null) {
      return Optional.empty();
    }
    Placeholders placeholders = new Placeholders(call);
    URI uri = base(url, "check", placeholders, call);
    Map<String, String> headers = values(options, "header", placeholders);
    Credential credential = Credential.of(options, placeholders);
    return Optional.of(new PageRequest("GET", uri, headers, null, credential));
  }

  /** The same with this access token, in place of whatever credential it had. */
  PageRequest with(Secret accessToken) {
    Credential bearer = new Credential("Authorization", "Bearer ", null, accessToken);
    return new PageRequest(method, uri, headers, body, bearer);
  }

  /** Where the request goes, for messages: without the query, which may hold a person's text. */
  String path() {
    return uri.getPath();
  }

  static boolean sameOrigin(URI one, URI other) {
    return one.getScheme().equalsIgnoreCase(String.valueOf(other.getScheme()))
        && one.getHost().equalsIgnoreCase(String.valueOf(other.getHost()))
        && port(one) == port(other);
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }

  private static URI base(
      String template, String option, Placeholders placeholders, PageCall call) {
    String url = placeholders.fill(template).orElse("");
    try {
      URI uri = new URI(url);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null && uri.getUserInfo() == null) {
        String path = uri.getRawPath().replaceAll("//+", "/");
        return new URI(uri.getScheme() + "://" + uri.getRawAuthority() + path + query(uri));
      }
    } catch (URISyntaxException e) {
      // Said below: the reason would repeat the text.
    }
    throw call.failure(
        ASK_ADMIN,
        "has no usable %s: it must begin with http:// or https:// and a host, and hold no user, password or space; check baseUrl"
            .formatted(option),
        null);
  }

  private static String query(URI uri) {
    return uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
  }

  /** A link the vendor gave; it is text from outside, so it must lead to where we began. */
  private static Optional<URI> next(
      PageOptions options, URI base, Placeholders placeholders, PageCall call) {
    Optional<String> link = placeholders.fill(options.get("nextUrl", ""));
    if (link.isEmpty() || !link.get().matches("(?i)https?://.*")) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(link.get());
      if (uri.getHost() != null && uri.getUserInfo() == null && sameOrigin(base, uri)) {
        return Optional.of(
            new URI(
                uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath() + query(uri)));
      }
    } catch (URISyntaxException e) {
      // Said below: the link is not repeated in a message.
    }
    throw call.failure(
        ASK_ADMIN,
        "names a next page that is not at %s://%s; it is not followed, because it would carry the credentials elsewhere: check baseUrl"
            .formatted(base.getScheme(), base.getRawAuthority()),
        null);
  }

  private static URI withQuery(URI base, Map<String, String> parameters, PageCall call) {
    String query =
        parameters.entrySet().stream()
            .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
            .collect(joining("&"));
    if (query.isEmpty()) {
      return base;
    }
    try {
      return new URI(base + (base.getRawQuery() == null ? "?" : "&") + query);
    } catch (URISyntaxException e) {
      throw call.failure(ASK_ADMIN, "has a parameter that cannot be sent", e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  /** The filled-in options of a group, first those of its JSON object, without the empty ones. */
  private static Map<String, String> values(
      PageOptions options, String group, Placeholders placeholders) {
    Map<String, String> templates = new LinkedHashMap<>();
    JsonNode more = Json.readOrNull(placeholders.fill(options.get(group, "")).orElse(""));
    if (more != null && more.isObject()) {
      more.properties().forEach(each -> templates.put(each.getKey(), text(each.getValue())));
    }
    templates.putAll(options.group(group));
    Map<String, String> values = new LinkedHashMap<>();
    templates.forEach(
        (name, template) ->
            placeholders.fill(template).ifPresent(value -> values.put(name, value)));
    return values;
  }

  private static String text(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }
}
