package io.okrsync.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Campaign reports as Mailchimp 3.0 writes them. Two scales stand side by side there: the rates of
 * the campaign are fractions of 1, the averages of its list ({@code list_stats}) are percentages.
 */
final class ReportJson {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");
  private static final int HOURS = 24;

  private ReportJson() {}

  static ObjectNode report(Campaign campaign, String origin, Instant now) {
    Campaign.Mailing mailing = campaign.mailing();
    ObjectNode json = Json.object();
    json.put("id", campaign.id());
    json.put("campaign_title", campaign.title());
    json.put("type", "regular");
    json.put("list_id", mailing.audience().id());
    json.put("list_is_active", true);
    json.put("list_name", mailing.audience().name());
    json.put("subject_line", mailing.subject());
    json.put("preview_text", mailing.preview());
    json.put("emails_sent", campaign.sent());
    json.put("abuse_reports", campaign.complaints());
    json.put("unsubscribed", campaign.unsubscribed());
    json.put("send_time", time(campaign.sendTime()));
    json.putObject("bounces")
        .put("hard_bounces", mailing.hardBounces())
        .put("soft_bounces", mailing.softBounces())
        .put("syntax_errors", 0);
    json.putObject("forwards").put("forwards_count", 0).put("forwards_opens", 0);
    json.set("opens", opens(campaign));
    json.set("clicks", clicks(campaign));
    json.putObject("facebook_likes")
        .put("recipient_likes", 0)
        .put("unique_likes", 0)
        .put("facebook_likes", 0);
    json.set("industry_stats", industry());
    json.set("list_stats", list(mailing.audience()));
    json.set("timeseries", timeseries(campaign, now));
    json.set("ecommerce", shop(campaign));
    json.putObject("delivery_status").put("enabled", false);
    json.set("_links", links(campaign, origin));
    return json;
  }

  static ArrayNode link(String rel, String href) {
    ArrayNode links = Json.array();
    links.addObject().put("rel", rel).put("href", href).put("method", "GET");
    return links;
  }

  private static ObjectNode opens(Campaign campaign) {
    int byPeople = campaign.uniqueOpens() - campaign.uniqueMachineOpens();
    return Json.object()
        .put("opens_total", campaign.opens())
        .put("proxy_excluded_opens", campaign.opens() - campaign.machineOpens())
        .put("unique_opens", campaign.uniqueOpens())
        .put("proxy_excluded_unique_opens", byPeople)
        .put("open_rate", rate(campaign.uniqueOpens(), campaign.delivered()))
        .put("proxy_excluded_open_rate", rate(byPeople, campaign.delivered()))
        .put("last_open", time(campaign.lastOpen()));
  }

  private static ObjectNode clicks(Campaign campaign) {
    return Json.object()
        .put("clicks_total", campaign.clicks())
        .put("unique_clicks", (campaign.clicks() + campaign.clickers()) / 2)
        .put("unique_subscriber_clicks", campaign.clickers())
        .put("click_rate", rate(campaign.clickers(), campaign.delivered()))
        .put("last_click", time(campaign.lastClick()));
  }

  private static ObjectNode industry() {
    return Json.object()
        .put("type", "Software and Web App")
        .put("open_rate", 0.281)
        .put("click_rate", 0.0163)
        .put("bounce_rate", 0.0109)
        .put("unopen_rate", 0.7081)
        .put("unsub_rate", 0.0031)
        .put("abuse_rate", new BigDecimal("0.0002"));
  }

  private static ObjectNode list(Campaign.Audience audience) {
    return Json.object()
        .put("sub_rate", audience.members() / 60)
        .put("unsub_rate", audience.members() / 400)
        .put("open_rate", 34.8)
        .put("click_rate", 2.9);
  }

  /** The first day, hour by hour, as far as it has gone. */
  private static ArrayNode timeseries(Campaign campaign, Instant now) {
    Instant first = campaign.sendTime().truncatedTo(ChronoUnit.HOURS);
    ArrayNode series = Json.array();
    for (int hour = 0; hour < HOURS; hour++) {
      Instant from = first.plus(hour, ChronoUnit.HOURS);
      if (from.isAfter(now)) {
        break;
      }
      double share = share(campaign, from, from.plus(1, ChronoUnit.HOURS), now);
      series
          .addObject()
          .put("timestamp", time(from))
          .put("emails_sent", hour == 0 ? campaign.sent() : 0)
          .put("unique_opens", (int) (campaign.uniqueOpens() * share))
          .put("recipients_clicks", (int) (campaign.clickers() * share));
    }
    return series;
  }

  private static double share(Campaign campaign, Instant from, Instant to, Instant now) {
    Instant sent = campaign.sendTime();
    double untilNow = Math.max(Engagement.reached(sent, now), 0.001);
    double inThatHour = Engagement.reached(sent, to) - Engagement.reached(sent, from);
    return Math.min(1, inThatHour / untilNow);
  }

  private static ObjectNode shop(Campaign campaign) {
    int orders = campaign.clickers() / 40;
    BigDecimal total = BigDecimal.valueOf(orders).multiply(new BigDecimal("49.00"));
    return Json.object()
        .put("total_orders", orders)
        .put("total_spent", total)
        .put("total_revenue", total)
        .put("currency_code", "USD");
  }

  private static ArrayNode links(Campaign campaign, String origin) {
    ArrayNode links = link("parent", origin + "/3.0/reports");
    links.addAll(link("self", origin + "/3.0/reports/" + campaign.id()));
    return links;
  }

  private static BigDecimal rate(int part, int whole) {
    if (whole == 0) {
      return BigDecimal.ZERO;
    }
    return BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), 10, RoundingMode.HALF_UP);
  }

  /** A time that has not come yet is an empty text there. */
  private static String time(@Nullable Instant at) {
    return at == null ? "" : TIME.format(OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
  }
}
