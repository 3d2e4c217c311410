package io.okrsync.demo;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks the simulated tools as a client of the vendors would: over HTTP, with their credentials. */
final class VendorClient {

  /** What came back. */
  record Answer(int status, HttpHeaders headers, String body) {
    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException notJson) {
        throw new AssertionError("not JSON: " + body, notJson);
      }
    }
  }

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> environment;

  VendorClient(DemoTools tools) {
    this.environment = tools.environment();
  }

  Answer pipedrive(String path, String... parameters) {
    return ask("PIPEDRIVE_URL", "x-api-token", setting("PIPEDRIVE_TOKEN"), path, parameters);
  }

  Answer mailchimp(String path, String... parameters) {
    String basic = basic("anybody:" + setting("MAILCHIMP_KEY"));
    return ask("MAILCHIMP_URL", "Authorization", basic, path, parameters);
  }

  Answer jira(String path, String... parameters) {
    return ask("JIRA_URL", "Authorization", jiraCredentials(), path, parameters);
  }

  Answer jiraPost(String path, String contentType, String body) {
    return send(
        HttpRequest.newBuilder(URI.create(setting("JIRA_URL") + path))
            .header("Authorization", jiraCredentials())
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** All deals that match, page by page. */
  List<JsonNode> deals(String... parameters) {
    List<JsonNode> all = new ArrayList<>();
    String cursor = null;
    do {
      Answer answer = pipedrive("/api/v2/deals", with(parameters, "cursor", cursor));
      answer.json().path("data").forEach(all::add);
      cursor = answer.json().path("additional_data").path("next_cursor").textValue();
    } while (cursor != null);
    return all;
  }

  /** All reports that match, page by page. */
  List<JsonNode> reports(int count, String... parameters) {
    List<JsonNode> all = new ArrayList<>();
    JsonNode page = MissingNode.getInstance();
    do {
      String[] more = with(parameters, "offset", String.valueOf(all.size()));
      page = mailchimp("/3.0/reports", with(more, "count", String.valueOf(count))).json();
      page.path("reports").forEach(all::add);
    } while (all.size() < page.path("total_items").intValue());
    return all;
  }

  /** All issues that match, page by page. */
  List<JsonNode> issues(String jql, String... parameters) {
    List<JsonNode> all = new ArrayList<>();
    String token = null;
    do {
      String[] more = with(with(parameters, "jql", jql), "nextPageToken", token);
      JsonNode page = jira("/rest/api/3/search/jql", more).json();
      page.path("issues").forEach(all::add);
      token = page.path("nextPageToken").textValue();
    } while (token != null);
    return all;
  }

  /** Asks with this header instead of the credentials. */
  Answer ask(String urlName, String header, String value, String path, String... parameters) {
    StringBuilder address = new StringBuilder(setting(urlName) + path);
    for (int i = 0; i < parameters.length; i += 2) {
      address.append(i == 0 ? '?' : '&').append(parameters[i]).append('=');
      address.append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
    }
    return send(HttpRequest.newBuilder(URI.create(address.toString())).header(header, value));
  }

  Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  /** What is new or not as it was. */
  static <K> Set<K> changed(Map<K, JsonNode> before, Map<K, JsonNode> after) {
    return after.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private String setting(String name) {
    return requireNonNull(environment.get(name), name);
  }

  static String basic(String credentials) {
    return "Basic "
        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }

  private String jiraCredentials() {
    return basic(setting("JIRA_EMAIL") + ":" + setting("JIRA_TOKEN"));
  }

  private static String[] with(String[] parameters, String name, @Nullable String value) {
    if (value == null) {
      return parameters;
    }
    List<String> more = new ArrayList<>(List.of(parameters));
    more.add(name);
    more.add(value);
    return more.toArray(String[]::new);
  }
}
