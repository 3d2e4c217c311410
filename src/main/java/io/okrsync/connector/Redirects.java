package io.okrsync.connector;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Follows redirects to hosts that a connector names, such as those from which Google hands out
 * sheets. A redirect is text from outside: it may lead nowhere else, never to a connection that is
 * less safe, and takes no credentials along.
 */
final class Redirects {
  static final int MOST = 3;
  private static final List<Integer> STATUSES = List.of(301, 302, 303, 307, 308);

  private final List<String> hosts;

  /**
   * @param hosts with commas between them; {@code *.} in front stands for all below it
   */
  Redirects(String hosts) {
    this.hosts =
        Arrays.stream(hosts.toLowerCase(Locale.ROOT).split(","))
            .map(String::strip)
            .filter(host -> !host.isEmpty())
            .toList();
  }

  /** What to ask instead; empty where the answer stands. */
  Optional<PageRequest> next(PageRequest asked, HttpAnswer answer) {
    if (hosts.isEmpty() || !STATUSES.contains(answer.status()) || !asked.method().equals("GET")) {
      return Optional.empty();
    }
    return answer
        .header("Location")
        .flatMap(location -> resolved(asked.uri(), location))
        .filter(to -> isAsSafe(asked.uri(), to) && isNamed(to.getHost()))
        .map(to -> new PageRequest("GET", to, asked.headers(), null, null));
  }

  private static Optional<URI> resolved(URI asked, String location) {
    try {
      URI to = asked.resolve(location);
      boolean usable =
          to.getHost() != null && to.getUserInfo() == null && location.indexOf('{') < 0;
      return usable ? Optional.of(to) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isAsSafe(URI asked, URI to) {
    return "https".equalsIgnoreCase(to.getScheme())
        || "http".equalsIgnoreCase(to.getScheme()) && "http".equalsIgnoreCase(asked.getScheme());
  }

  private boolean isNamed(String host) {
    String plain = host.toLowerCase(Locale.ROOT);
    return hosts.stream()
        .anyMatch(
            named ->
                named.startsWith("*.") ? plain.endsWith(named.substring(1)) : plain.equals(named));
  }
}
