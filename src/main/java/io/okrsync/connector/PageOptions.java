package io.okrsync.connector;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The options of {@code okr:page}, as a connector file writes them.
 *
 * <pre>
 * url          what to ask; https://host/path
 * method       GET (default) or POST
 * ids.OPTION   holds instead of OPTION where only ids are wanted, such as ids.query.fields
 * query.NAME   a parameter; query: {...} is a JSON object of more of them
 * body.NAME    a field of the JSON body; @limit alone stays a number; body: {...} for more of them
 * header.NAME  a header, never a secret
 * auth         header NAME [PREFIX] | bearer | basic USER | none
 * secret       the setting that holds the secret: "{{apiToken}}"
 * check        a URL asked before the first page, where the list itself accepts a wrong secret
 * nextUrl      asked instead of url and query when it is a URL, with the same host: "@cursor"
 * redirects    hosts to which a redirect of a GET may lead, such as "*.example.org"; none otherwise. The
 *              credentials do not go there
 * answer       json (default), or csv, which stays as it is for okr:csv
 * throttle     an answer that means "too fast" at this vendor: a status, for answers that are not
 *              JSON, or a status and a word in the answer: "403 REQUEST_LIMIT_EXCEEDED"
 * timeout      seconds to wait for the answer, and for each part of it (60); ten times as long for all
 * maximumSize  bytes an answer may have (33554432)
 * </pre>
 *
 * <p>What may be written into them is told at {@link Placeholders}.
 */
record PageOptions(Map<String, String> all) {
  private static final List<String> NAMES =
      List.of(
          "url",
          "method",
          "query",
          "body",
          "header",
          "auth",
          "secret",
          "check",
          "nextUrl",
          "redirects",
          "answer",
          "throttle",
          "timeout",
          "maximumSize");
  static final String IDS = "ids.";
  private static final List<String> GROUPS = List.of("query.", "body.", "header.");

  PageOptions {
    all = Map.copyOf(all);
    for (String name : all.keySet()) {
      if (!isKnown(name)) {
        throw new IllegalArgumentException(unknown(name));
      }
    }
    if (!all.containsKey("url")) {
      throw new IllegalArgumentException("okr:page needs the option 'url'");
    }
  }

  static boolean isKnown(String name) {
    if (name.startsWith(IDS)) {
      return !name.startsWith(IDS + IDS) && isKnown(name.substring(IDS.length()));
    }
    return NAMES.contains(name) || GROUPS.stream().anyMatch(name::startsWith);
  }

  static String unknown(String name) {
    return "okr:page has no option '%s'; it knows %s, query.NAME, body.NAME, header.NAME, and each of them after ids."
        .formatted(name, String.join(", ", NAMES));
  }

  /** As they are where only ids are wanted. */
  PageOptions forIds() {
    Map<String, String> options = new TreeMap<>(all);
    all.forEach(
        (name, value) -> {
          if (name.startsWith(IDS)) {
            options.put(name.substring(IDS.length()), value);
          }
        });
    return new PageOptions(options);
  }

  String get(String name, String otherwise) {
    String value = all.getOrDefault(name, "");
    return value.isEmpty() ? otherwise : value;
  }

  /** The options {@code group.NAME} by NAME, in a fixed order. */
  Map<String, String> group(String group) {
    Map<String, String> found = new TreeMap<>();
    all.forEach(
        (name, value) -> {
          if (name.startsWith(group + ".") && name.length() > group.length() + 1) {
            found.put(name.substring(group.length() + 1), value);
          }
        });
    return found;
  }
}
