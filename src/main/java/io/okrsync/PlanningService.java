package io.okrsync;

import io.okrsync.web.Json;
import io.okrsync.web.Plan;
import io.okrsync.web.WebUnavailable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** A service that runs elsewhere and is asked for a plan, since its data are its own. */
final class PlanningService {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final URI address;

  /**
   * @throws IllegalArgumentException when it is no address of a service
   */
  PlanningService(URI url) {
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null || url.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "must be the address of a service, such as http://127.0.0.1:8080");
    }
    this.address = url.resolve("/api/v1/plan");
  }

  Plan plan(Map<String, String> files) {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Json.write(Map.of("files", files))))
            .build();
    HttpResponse<String> answer = send(request);
    if (answer.statusCode() != 200) {
      throw new WebUnavailable(
          "The service at %s made no plan (%d): %s"
              .formatted(address.getAuthority(), answer.statusCode(), Json.detail(answer.body())),
          null);
    }
    return Json.plan(answer.body());
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new WebUnavailable(
          "No service answers at %s; start it, or correct --service"
              .formatted(address.getAuthority()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WebUnavailable("stopped while waiting for the plan", e);
    }
  }
}
