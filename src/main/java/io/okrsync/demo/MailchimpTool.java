package io.okrsync.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The simulated e-mail platform: campaign reports of Mailchimp 3.0, read only, newest first. */
final class MailchimpTool implements Tool {
  private static final int DEFAULT_COUNT = 10;
  private static final int MAX_COUNT = 1000;
  private static final List<String> TYPES =
      List.of("regular", "plaintext", "absplit", "rss", "variate");
  private static final String ABOUT =
      """
      HTTP Basic, any user name, the API key as password

      GET /3.0/reports  count offset type since_send_time before_send_time fields
                        exclude_fields
      GET /3.0/ping
      """;

  private final World world;
  private final String key;

  MailchimpTool(World world, String key) {
    this.world = world;
    this.key = key;
  }

  @Override
  public String name() {
    return "Mailchimp";
  }

  @Override
  public Reply answer(Request request) {
    if (request.path().equals("/")) {
      return AboutPage.about(name() + ", simulated", ABOUT);
    }
    if (!isAuthorised(request)) {
      return problem(
          401, "API Key Invalid", "The key is wrong, or belongs to another data center.");
    }
    if (!request.method().equals("GET")) {
      return problem(405, "Method Not Allowed", "The requested method is not allowed here.");
    }
    try {
      return list(request);
    } catch (Refused refused) {
      return refused(refused);
    }
  }

  /** Without Retry-After: this vendor tells nobody when to come back. */
  @Override
  public Reply throttled() {
    return problem(429, "Too Many Requests", "More than 10 connections were open at once.");
  }

  @Override
  public Reply unavailable() {
    return Reply.html(503, "<html><body><h1>503 Service Unavailable</h1></body></html>");
  }

  private boolean isAuthorised(Request request) {
    return request
        .basicCredentials()
        .map(credentials -> credentials.substring(credentials.indexOf(':') + 1))
        .equals(Optional.of(key));
  }

  private Reply list(Request request) {
    return switch (request.path()) {
      case "/3.0/ping" ->
          Reply.json(200, Json.object().put("health_status", "Everything's Chimpy!"));
      case "/3.0/reports" -> reports(request);
      default -> problem(404, "Resource Not Found", "There is nothing at this address.");
    };
  }

  private Reply reports(Request request) {
    int count = number(request, "count", DEFAULT_COUNT, MAX_COUNT);
    int offset = number(request, "offset", 0, Integer.MAX_VALUE);
    List<Campaign> wanted = wanted(request);
    Instant now = world.time();
    ObjectNode body = Json.object();
    ArrayNode reports = body.putArray("reports");
    wanted.stream()
        .sorted(Comparator.comparing(Campaign::sendTime).reversed())
        .skip(offset)
        .limit(count)
        .forEach(campaign -> reports.add(ReportJson.report(campaign, request.origin(), now)));
    body.put("total_items", wanted.size());
    body.set("_links", ReportJson.link("self", request.origin() + "/3.0/reports"));
    new FieldSelection(request).applyTo(body);
    return Reply.json(200, body);
  }

  private List<Campaign> wanted(Request request) {
    Optional<Instant> since = time(request, "since_send_time");
    Optional<Instant> before = time(request, "before_send_time");
    String type = request.parameter("type").orElse("regular");
    if (!TYPES.contains(type)) {
      throw new Refused("type", "It must be one of " + String.join(", ", TYPES) + ".");
    }
    return world.campaigns().stream()
        .filter(campaign -> type.equals("regular"))
        .filter(campaign -> since.isEmpty() || campaign.sendTime().isAfter(since.get()))
        .filter(campaign -> before.isEmpty() || campaign.sendTime().isBefore(before.get()))
        .toList();
  }

  private static int number(Request request, String name, int otherwise, int most) {
    String text = request.parameter(name).orElse(String.valueOf(otherwise));
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) > most) {
      throw new Refused(name, "It must be a whole number from 0 to " + most + ".");
    }
    return Integer.parseInt(text);
  }

  private static Optional<Instant> time(Request request, String name) {
    try {
      return request.parameter(name).map(text -> OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException notTime) {
      throw new Refused(name, "It must be a time in ISO 8601 format.");
    }
  }

  private static Reply refused(Refused refused) {
    ObjectNode body = problemBody(400, "Invalid Resource", "A parameter is not valid; see errors.");
    String message = refused.problem();
    body.putArray("errors").addObject().put("field", refused.field()).put("message", message);
    return problem(400, body);
  }

  private static Reply problem(int status, String title, String detail) {
    return problem(status, problemBody(status, title, detail));
  }

  private static Reply problem(int status, ObjectNode body) {
    return Reply.text(status, "application/problem+json; charset=utf-8", Json.text(body));
  }

  private static ObjectNode problemBody(int status, String title, String detail) {
    return Json.object()
        .put("type", "https://mailchimp.com/developer/marketing/docs/errors/")
        .put("title", title)
        .put("status", status)
        .put("detail", detail)
        .put("instance", "7c1f0e52-93ab-4d1e-b3f6-0a2d95c8e714");
  }
}
