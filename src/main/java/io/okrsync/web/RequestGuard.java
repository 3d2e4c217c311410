package io.okrsync.web;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what a page of another site makes a browser send here. A name that another site points at
 * this machine (DNS rebinding) is not answered at all, and nothing is changed on behalf of a page
 * that is not ours.
 */
final class RequestGuard {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final WebSettings settings;

  RequestGuard(WebSettings settings) {
    this.settings = settings;
  }

  void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    HostAndPort host = request.authority();
    if (host == null || !isOurs(host.host())) {
      Refusal.send(
          context,
          421,
          "This service does not answer under this name; use http://localhost:%d or start it with --host"
              .formatted(request.localAddress().port()));
      return;
    }
    if (!SAFE.contains(request.method()) && !comesFromHere(request, host)) {
      Refusal.send(context, 403, "A page of another site asked for this, so nothing was done");
      return;
    }
    context.next();
  }

  /** A service that listens on every address cannot know its names, so it goes by all of them. */
  private boolean isOurs(String name) {
    return settings.onEveryAddress()
        || LOOPBACK.contains(name.toLowerCase(Locale.ROOT))
        || name.equalsIgnoreCase(settings.host());
  }

  /** Browsers tell where a request comes from; what tells nothing is no browser. */
  private static boolean comesFromHere(HttpServerRequest request, HostAndPort host) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      return false;
    }
    String origin = request.getHeader("Origin");
    return origin == null || authority(origin).equalsIgnoreCase(authority(host));
  }

  private static String authority(HostAndPort host) {
    return host.port() > 0 ? host.host() + ":" + host.port() : host.host();
  }

  private static String authority(String origin) {
    try {
      @Nullable String authority = URI.create(origin).getRawAuthority();
      return authority == null ? "" : authority;
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
