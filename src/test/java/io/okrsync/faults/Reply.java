package io.okrsync.faults;

import java.util.Map;

/**
 * What the tool answers.
 *
 * @param whole false lets the body break off
 * @param drops lets it come in parts, with a moment between them
 */
public record Reply(
    int status,
    String type,
    Map<String, String> headers,
    String body,
    boolean whole,
    boolean drops) {
  static Reply json(String body) {
    return of(200, body);
  }

  static Reply of(int status, String body) {
    return new Reply(status, "application/json", Map.of(), body, true, false);
  }

  Reply comingBack(String when) {
    return new Reply(status, type, Map.of("Retry-After", when), body, whole, drops);
  }

  Reply webPage() {
    String page = "<!doctype html><html><body><h1>Sign in</h1></body></html>";
    return new Reply(200, "text/html", headers, page, whole, drops);
  }

  Reply cut() {
    return new Reply(status, type, headers, body.substring(0, body.length() / 2), false, drops);
  }

  Reply inDrops() {
    return new Reply(status, type, headers, body, whole, true);
  }
}
