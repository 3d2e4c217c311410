package io.okrsync.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a server answers. */
record Reply(int status, String contentType, Map<String, String> headers, String body) {

  static Reply json(int status, JsonNode body) {
    return text(status, "application/json; charset=utf-8", Json.text(body));
  }

  static Reply html(int status, String page) {
    return text(status, "text/html; charset=utf-8", page);
  }

  static Reply text(int status, String contentType, String body) {
    return new Reply(status, contentType, Map.of(), body);
  }

  /** The same with one more header. */
  Reply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, contentType, more, body);
  }
}
