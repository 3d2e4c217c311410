package io.okrsync.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks the issue tracker for: by GET in the query, by POST in the body alone.
 *
 * @param nextPageToken null on the first page
 * @param fields names of fields; none means only ids
 */
record IssueSearch(
    String jql, @Nullable String nextPageToken, int maxResults, List<String> fields) {
  private static final int DEFAULT_SIZE = 50;
  private static final int MAX_SIZE = 5000;
  private static final Set<String> BODY =
      Set.of(
          "jql",
          "nextPageToken",
          "maxResults",
          "fields",
          "expand",
          "properties",
          "fieldsByKeys",
          "reconcileIssues");

  IssueSearch {
    if (maxResults < 1 || maxResults > MAX_SIZE) {
      throw new Refused("maxResults", "maxResults must be between 1 and " + MAX_SIZE + ".");
    }
  }

  static IssueSearch ofQuery(Request request) {
    String size = request.parameter("maxResults").orElse(String.valueOf(DEFAULT_SIZE));
    if (!size.matches("-?\\d{1,9}")) {
      throw new Refused("maxResults", "maxResults must be a whole number.");
    }
    List<String> fields = new ArrayList<>();
    for (String some : request.query().getOrDefault("fields", List.of())) {
      Arrays.stream(some.split(",")).map(String::strip).forEach(fields::add);
    }
    return new IssueSearch(
        request.parameter("jql").orElse(""),
        request.parameter("nextPageToken").filter(token -> !token.isEmpty()).orElse(null),
        Integer.parseInt(size),
        fields);
  }

  static IssueSearch ofBody(Request request) {
    ObjectNode body = Json.read(request.body()).orElseThrow(IssueSearch::invalidBody);
    JsonNode size = body.path("maxResults");
    JsonNode token = body.path("nextPageToken");
    boolean known = body.properties().stream().allMatch(field -> BODY.contains(field.getKey()));
    boolean typed = size.isMissingNode() || size.isNull() || size.isInt();
    if (!known || !typed || body.path("jql").isContainerNode() || token.isContainerNode()) {
      throw invalidBody();
    }
    List<String> fields = new ArrayList<>();
    body.path("fields").forEach(name -> fields.add(name.asText()));
    return new IssueSearch(
        body.path("jql").asText(""),
        token.isTextual() ? token.textValue() : null,
        size.asInt(DEFAULT_SIZE),
        fields);
  }

  private static Refused invalidBody() {
    return new Refused("body", "Invalid request payload.");
  }
}
