package io.okrsync.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The simulated issue tracker: searches of Jira Cloud v3, read only. */
final class JiraTool implements Tool {
  /**
   * With more than ids and keys a page is cut to this, whatever was asked: not a sign of the end.
   */
  private static final int MAX_WITH_FIELDS = 100;

  private static final String ABOUT =
      """
      HTTP Basic, e-mail address and API token

      GET  /rest/api/3/search/jql  jql nextPageToken maxResults fields
      POST /rest/api/3/search/jql  the same as JSON
      GET  /rest/api/3/myself
      GET  /rest/api/3/field

      projects: APP, PLT; story points: customfield_10016; start date: customfield_10015
      """;

  private final World world;
  private final String credentials;

  JiraTool(World world, String email, String token) {
    this.world = world;
    this.credentials = email + ":" + token;
  }

  @Override
  public String name() {
    return "Jira Cloud";
  }

  @Override
  public Reply answer(Request request) {
    if (request.path().equals("/")) {
      return AboutPage.about(name() + ", simulated", ABOUT);
    }
    if (!request.basicCredentials().equals(Optional.of(credentials))) {
      return Reply.text(
              401,
              "text/html;charset=UTF-8",
              "Client must be authenticated to access this resource.")
          .with("WWW-Authenticate", "OAuth realm=\"" + request.origin() + "\"");
    }
    try {
      return route(request);
    } catch (Refused refused) {
      return error(400, refused.problem());
    }
  }

  @Override
  public Reply throttled() {
    return error(429, "Rate limit exceeded.")
        .with("Retry-After", "1")
        .with("RateLimit-Reason", "jira-burst-based");
  }

  @Override
  public Reply unavailable() {
    return Reply.html(
        503, "<html><body><h1>The site is temporarily unavailable</h1></body></html>");
  }

  private Reply route(Request request) {
    boolean get = request.method().equals("GET");
    boolean post = request.method().equals("POST");
    return switch (request.path()) {
      case "/rest/api/3/search/jql" ->
          get ? byQuery(request) : post ? byBody(request) : notAllowed();
      case "/rest/api/3/search", "/rest/api/2/search" ->
          error(410, "This address has been removed. Please use /rest/api/3/search/jql instead.");
      case "/rest/api/3/myself" -> get ? myself(request) : notAllowed();
      case "/rest/api/3/field" -> get ? Reply.json(200, FieldsJson.fields()) : notAllowed();
      default -> error(404, "There is nothing at this address.");
    };
  }

  private Reply byQuery(Request request) {
    return found(IssueSearch.ofQuery(request), request.origin());
  }

  private Reply byBody(Request request) {
    if (!request.header("Content-Type").orElse("").startsWith("application/json")) {
      return Reply.text(
          415,
          "application/problem+json",
          Json.text(Json.object().put("title", "Unsupported Media Type").put("status", 415)));
    }
    return found(IssueSearch.ofBody(request), request.origin());
  }

  private Reply found(IssueSearch search, String origin) {
    Jql jql = Jql.parse(search.jql(), world.time());
    IssueJson json = new IssueJson(origin, search.fields());
    int size =
        json.isBrief() ? search.maxResults() : Math.min(search.maxResults(), MAX_WITH_FIELDS);
    List<Issue> matching = world.issues().stream().filter(jql.where()).toList();
    Order.Slice<Issue> page = jql.order().slice(matching, place(search, jql), size);
    ObjectNode body = Json.object();
    ArrayNode issues = body.putArray("issues");
    page.items().forEach(issue -> issues.add(json.issue(issue)));
    List<Long> next = page.next();
    if (next != null) {
      body.put("nextPageToken", Token.of(jql.orderName(), next));
    }
    return Reply.json(200, body.put("isLast", next == null));
  }

  private static @Nullable List<Long> place(IssueSearch search, Jql jql) {
    String token = search.nextPageToken();
    if (token == null) {
      return null;
    }
    return Token.place(jql.orderName(), jql.order().keys().size(), token)
        .orElseThrow(() -> new Refused("nextPageToken", "The nextPageToken is not valid."));
  }

  private static Reply myself(Request request) {
    ObjectNode me = IssueJson.user(Person.READER, request.origin() + "/rest/api/3/");
    return Reply.json(200, me.put("locale", "en_US"));
  }

  private static Reply notAllowed() {
    return error(405, "Method not allowed.");
  }

  private static Reply error(int status, String message) {
    ObjectNode body = Json.object();
    body.putArray("errorMessages").add(message);
    body.putObject("errors");
    return Reply.json(status, body);
  }
}
