package io.okrsync.demo;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The campaigns sent before the start: a newsletter every Tuesday and a smaller mailing most
 * Thursdays, for 200 days. Opens slowly get more, clicks do not.
 */
final class CampaignHistory {
  private static final int DAYS = 200;

  static final Campaign.Audience NEWSLETTER =
      new Campaign.Audience("a41d07c9e2", "Newsletter Lentera", 9_200);
  static final Campaign.Audience CUSTOMERS =
      new Campaign.Audience("b83f52d610", "Pelanggan", 3_900);
  static final Campaign.Audience TRIALS = new Campaign.Audience("c25e9014ab", "Trial users", 2_600);

  private final Instant start;
  private final Dice dice;

  CampaignHistory(long seed, Instant start) {
    this.start = start.truncatedTo(ChronoUnit.SECONDS);
    this.dice = new Dice(seed, "campaign history");
  }

  List<Campaign> campaigns() {
    List<Campaign> campaigns = new ArrayList<>();
    LocalDate today = OfficeHours.day(start);
    for (LocalDate day = today.minusDays(DAYS); !day.isAfter(today); day = day.plusDays(1)) {
      boolean newsletter = day.getDayOfWeek() == DayOfWeek.TUESDAY;
      boolean offer = day.getDayOfWeek() == DayOfWeek.THURSDAY && dice.chance(0.95);
      Instant at = sendTime(day, newsletter);
      if ((newsletter || offer) && at.isBefore(start)) {
        Campaign campaign = newsletter ? newsletter(at) : offer(at);
        catchUp(campaign);
        campaigns.add(campaign);
      }
    }
    campaigns.sort(Comparator.comparing(Campaign::sendTime));
    return campaigns;
  }

  Campaign newsletter(Instant at) {
    return send(NEWSLETTER, dice.one(CampaignWords.NEWSLETTERS), at, 0.95);
  }

  Campaign offer(Instant at) {
    Campaign.Audience audience = dice.chance(0.6) ? CUSTOMERS : TRIALS;
    return send(audience, dice.one(CampaignWords.OFFERS), at, 0.5 + 0.4 * dice.share());
  }

  private static Instant sendTime(LocalDate day, boolean newsletter) {
    return day.atTime(newsletter ? 9 : 14, newsletter ? 0 : 30)
        .atZone(OfficeHours.ZONE)
        .toInstant();
  }

  private Campaign send(
      Campaign.Audience audience, CampaignWords.Text text, Instant at, double shareOfList) {
    Instant sendTime = at.truncatedTo(ChronoUnit.SECONDS);
    double progress = progress(sendTime);
    int sent = (int) (audience.members() * shareOfList * (0.9 + 0.1 * progress));
    int hard = (int) (sent * (0.003 + 0.002 * dice.share()));
    int soft = (int) (sent * (0.006 + 0.004 * dice.share()));
    double openShare = (0.325 + 0.05 * progress) * (0.9 + 0.2 * dice.share());
    return new Campaign(
        new Campaign.Mailing(
            dice.hex(10),
            text.title() + " " + OfficeHours.day(sendTime),
            text.subject(),
            text.preview(),
            audience,
            sendTime,
            sent,
            hard,
            soft,
            (int) ((sent - hard - soft) * openShare),
            0.28 + 0.1 * dice.share(),
            0.075 + 0.02 * dice.share() - 0.006 * progress));
  }

  /** Everything that happened to it until the start. */
  private void catchUp(Campaign campaign) {
    Campaign.Mailing mailing = campaign.mailing();
    int openers = (int) (mailing.expected() * Engagement.reached(mailing.sendTime(), start));
    Instant last = lastSign(mailing.sendTime());
    new Engagement(dice).add(campaign, openers, last);
  }

  private Instant lastSign(Instant sendTime) {
    long seconds = Duration.between(sendTime, start).toSeconds();
    long month = Duration.ofDays(30).toSeconds();
    return sendTime.plusSeconds((long) (Math.min(seconds, month) * (0.85 + 0.15 * dice.share())));
  }

  private double progress(Instant at) {
    double days = Duration.between(at, start).toMinutes() / (24.0 * 60);
    return Math.max(0, Math.min(1, 1 - days / DAYS));
  }
}
