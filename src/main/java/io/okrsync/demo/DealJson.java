package io.okrsync.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deals, pipelines and stages as Pipedrive v2 writes them. */
final class DealJson {
  /** Custom fields have random keys there; this one is the customer's region. */
  private static final String REGION_KEY = "9f2c4be017a85d3360c1e7fa42b98d05c6a71e3b";

  private static final List<String> REGIONS = List.of("Jawa", "Sumatra", "Bali", "International");
  private static final int EVERYBODY = 7;
  private static final String ACCOUNT_OPENED = "2024-02-05T03:00:00Z";

  private DealJson() {}

  /**
   * A deal.
   *
   * @param more further fields the client asked for by {@code include_fields}
   */
  static ObjectNode deal(Deal deal, List<String> more) {
    Deal.Opening opening = deal.opening();
    boolean deleted = deal.deletedAt() != null;
    ObjectNode json = Json.object();
    json.put("id", deal.id());
    json.put("title", deal.title());
    json.put("creator_user_id", opening.owner().number());
    json.put("owner_id", opening.owner().number());
    json.put("value", deal.value());
    json.put("person_id", opening.person());
    json.put("org_id", opening.organization());
    json.put("stage_id", deal.stage().id());
    json.put("pipeline_id", deal.stage().pipeline().id());
    json.put("currency", deal.currency());
    json.putNull("archive_time");
    json.put("add_time", time(deal.addTime()));
    json.put("update_time", time(deal.updateTime()));
    json.put("stage_change_time", time(deal.stageChangeTime()));
    json.put("status", deleted ? "deleted" : deal.status().label());
    json.put("is_archived", false);
    json.put("is_deleted", deleted);
    json.putNull("probability");
    json.put("lost_reason", deal.lostReason());
    json.put("visible_to", EVERYBODY);
    addClosing(json, deal);
    json.put("expected_close_date", opening.expectedCloseDate().toString());
    json.putArray("label_ids");
    json.put("origin", "ManuallyCreated");
    json.putNull("origin_id");
    json.put("channel", opening.channel());
    json.putNull("channel_id");
    json.putNull("acv");
    json.putNull("arr");
    json.putNull("mrr");
    json.putObject("custom_fields")
        .put(REGION_KEY, REGIONS.get(opening.organization() % REGIONS.size()));
    if (more.contains("first_won_time")) {
      json.put("first_won_time", time(deal.firstWonTime()));
    }
    return json;
  }

  private static void addClosing(ObjectNode json, Deal deal) {
    Instant closed = deal.wonTime() != null ? deal.wonTime() : deal.lostTime();
    json.put("close_time", time(closed));
    json.put("won_time", time(deal.wonTime()));
    json.put("lost_time", time(deal.lostTime()));
    json.put("local_won_date", localDate(deal.wonTime()));
    json.put("local_lost_date", localDate(deal.lostTime()));
    json.put("local_close_date", localDate(closed));
  }

  static ObjectNode pipeline(Stage.Pipeline pipeline) {
    return Json.object()
        .put("id", pipeline.id())
        .put("name", pipeline.name())
        .put("order_nr", pipeline.order())
        .put("is_deleted", false)
        .put("is_deal_probability_enabled", true)
        .put("add_time", ACCOUNT_OPENED)
        .put("update_time", ACCOUNT_OPENED);
  }

  static ObjectNode stage(Stage stage) {
    return Json.object()
        .put("id", stage.id())
        .put("order_nr", stage.order())
        .put("name", stage.name())
        .put("is_deleted", false)
        .put("deal_probability", stage.probability())
        .put("pipeline_id", stage.pipeline().id())
        .put("is_deal_rot_enabled", true)
        .put("days_to_rotten", stage.rotsAfter())
        .put("add_time", ACCOUNT_OPENED)
        .put("update_time", ACCOUNT_OPENED);
  }

  private static @Nullable String time(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }

  private static @Nullable String localDate(@Nullable Instant at) {
    return at == null ? null : OfficeHours.day(at).toString();
  }
}
