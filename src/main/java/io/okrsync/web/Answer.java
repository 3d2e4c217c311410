package io.okrsync.web;

import java.util.HashMap;
import java.util.Map;

/** A whole HTTP answer. */
record Answer(int status, Map<String, String> headers, String body) {
  static final String JSON = "application/json";
  private static final String HTML = "text/html; charset=utf-8";

  Answer {
    headers = Map.copyOf(headers);
  }

  static Answer json(int status, Object body) {
    return typed(status, JSON, Json.write(body));
  }

  static Answer html(int status, String page) {
    return typed(status, HTML, page);
  }

  static Answer typed(int status, String type, String body) {
    return new Answer(status, Map.of("Content-Type", type, "Cache-Control", "no-store"), body);
  }

  /** Sends a browser that posted a form on to a page. */
  static Answer seeOther(String location) {
    return new Answer(303, Map.of("Location", location, "Cache-Control", "no-store"), "");
  }

  Answer with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, body);
  }
}
