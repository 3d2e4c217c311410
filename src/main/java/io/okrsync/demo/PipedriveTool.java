package io.okrsync.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The simulated CRM: lists of Pipedrive v2, read only. */
final class PipedriveTool implements Tool {
  private static final int BURST = 80;
  private static final int DAILY_TOKENS = 900_000;
  private static final int LIST_COST = 10;
  private static final String ABOUT =
      """
      header x-api-token

      GET /api/v2/deals      limit cursor status updated_since updated_until sort_by
                             sort_direction ids owner_id person_id org_id pipeline_id
                             stage_id include_fields=first_won_time
      GET /api/v2/pipelines  limit
      GET /api/v2/stages     limit pipeline_id
      """;

  private final World world;
  private final String token;
  private final AtomicInteger asked = new AtomicInteger();

  PipedriveTool(World world, String token) {
    this.world = world;
    this.token = token;
  }

  @Override
  public String name() {
    return "Pipedrive";
  }

  @Override
  public Reply answer(Request request) {
    if (request.path().equals("/")) {
      return AboutPage.about(name() + ", simulated", ABOUT);
    }
    if (!request.header("x-api-token").equals(Optional.of(token))) {
      return error(401, "unauthorized access");
    }
    if (!request.method().equals("GET")) {
      return error(405, "Method not allowed");
    }
    try {
      return counted(list(request));
    } catch (Refused refused) {
      return counted(refused(refused));
    }
  }

  @Override
  public Reply throttled() {
    return error(429, "request over limit").with("Retry-After", "1");
  }

  @Override
  public Reply unavailable() {
    return error(503, "Requested service is not available");
  }

  private Reply list(Request request) {
    return switch (request.path()) {
      case "/api/v2/deals" -> deals(request);
      case "/api/v2/pipelines" -> pipelines(request);
      case "/api/v2/stages" -> stages(request);
      default -> error(404, "Unknown method .");
    };
  }

  private Reply deals(Request request) {
    DealQuery query = new DealQuery(request, world.time());
    List<String> more = Arrays.asList(request.parameter("include_fields").orElse("").split(","));
    Order.Slice<Deal> page = query.page(world.deals());
    ArrayNode data = Json.array();
    page.items().forEach(deal -> data.add(DealJson.deal(deal, more)));
    List<Long> next = page.next();
    return success(data, next == null ? null : query.cursor(next));
  }

  private static Reply pipelines(Request request) {
    ArrayNode data = Json.array();
    Stage.PIPELINES.stream()
        .limit(DealQuery.limit(request))
        .forEach(pipeline -> data.add(DealJson.pipeline(pipeline)));
    return success(data, null);
  }

  private static Reply stages(Request request) {
    Optional<Long> pipeline = DealQuery.number(request, "pipeline_id");
    ArrayNode data = Json.array();
    Stage.ALL.stream()
        .filter(stage -> pipeline.isEmpty() || pipeline.get() == stage.pipeline().id())
        .limit(DealQuery.limit(request))
        .forEach(stage -> data.add(DealJson.stage(stage)));
    return success(data, null);
  }

  private static Reply success(ArrayNode data, @Nullable String nextCursor) {
    ObjectNode body = Json.object().put("success", true);
    body.set("data", data);
    body.putObject("additional_data").put("next_cursor", nextCursor);
    return Reply.json(200, body);
  }

  private static Reply error(int status, String message) {
    return Reply.json(
        status, Json.object().put("success", false).put("error", message).put("errorCode", status));
  }

  private static Reply refused(Refused refused) {
    ObjectNode body =
        Json.object()
            .put("success", false)
            .put("error", "Parameter validation failed: " + refused.problem())
            .put("code", "ERR_SCHEMA_VALIDATION_FAILED");
    body.putNull("data");
    body.putNull("additional_data");
    return Reply.json(400, body);
  }

  /** With the headers that tell how much a client may still ask; they are told, not enforced. */
  private Reply counted(Reply reply) {
    int before = asked.getAndIncrement();
    return reply
        .with("x-ratelimit-limit", String.valueOf(BURST))
        .with("x-ratelimit-remaining", String.valueOf(BURST - 1 - before % (BURST / 2)))
        .with("x-ratelimit-reset", "2")
        .with(
            "x-daily-ratelimit-token-remaining",
            String.valueOf(Math.max(LIST_COST, DAILY_TOKENS - LIST_COST * (before + 1))));
  }
}
