package io.okrsync.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** Where pages are. Names come from the configuration and may hold anything. */
final class Addresses {
  private Addresses() {}

  static String keyResult(String id) {
    return "/key-results/" + encoded(id);
  }

  static String checkIns(String keyResult) {
    return keyResult(keyResult) + "/check-ins";
  }

  static String run(long id) {
    return "/runs/" + id;
  }

  static String release(long run) {
    return run(run) + "/release";
  }

  static String discard(long run) {
    return run(run) + "/discard";
  }

  static String runsOf(String source) {
    return "/runs?source=" + encoded(source);
  }

  static String sync(String source) {
    return "/sources/" + encoded(source) + "/runs";
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, UTF_8).replace("+", "%20");
  }
}
