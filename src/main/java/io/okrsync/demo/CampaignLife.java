package io.okrsync.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What happens to campaigns after the start: one thing at a time, at the times it is told. */
final class CampaignLife {
  private enum Happening {
    SENT,
    ANSWERED,
    OPENED_AGAIN,
    DELETED
  }

  private static final Duration YOUNG = Duration.ofDays(3);

  private final List<Campaign> campaigns;
  private final CampaignHistory maker;
  private final Dice dice;
  private final Engagement engagement;
  private final Deck<Happening> happenings;

  CampaignLife(long seed, List<Campaign> campaigns, CampaignHistory maker) {
    this.campaigns = campaigns;
    this.maker = maker;
    this.dice = new Dice(seed, "campaign life");
    this.engagement = new Engagement(dice);
    this.happenings =
        new Deck<Happening>(dice)
            .with(Happening.SENT, 1)
            .with(Happening.ANSWERED, 76)
            .with(Happening.OPENED_AGAIN, 7)
            .with(Happening.DELETED, 1);
  }

  void happen(Instant at) {
    switch (happenings.draw()) {
      case SENT -> campaigns.add(dice.chance(0.2) ? maker.newsletter(at) : maker.offer(at));
      case ANSWERED -> answer(at);
      case OPENED_AGAIN ->
          any(at).ifPresent(campaign -> campaign.opened(0, 0, dice.between(1, 6), at));
      case DELETED -> delete(at);
    }
  }

  private void answer(Instant at) {
    any(at).ifPresent(campaign -> engagement.add(campaign, openers(campaign, at), at));
  }

  /**
   * Some of those who have not opened it yet; or, when little happens, as many as it takes to get
   * where a mailing of that age should be.
   */
  private int openers(Campaign campaign, Instant at) {
    int toCome = campaign.openersToCome();
    double reached = Engagement.reached(campaign.sendTime(), at);
    int behind = (int) (campaign.mailing().expected() * reached) - campaign.uniqueOpens();
    int now = 1 + (int) (toCome * (0.008 + 0.022 * dice.share()));
    return Math.min(toCome, Math.max(now, behind));
  }

  /** Mostly a young one, or the one with most to come, or any at all. */
  private Optional<Campaign> any(Instant at) {
    if (dice.chance(0.5)) {
      return campaigns.stream()
          .filter(campaign -> !campaign.deleted())
          .max(Comparator.comparingInt(Campaign::openersToCome));
    }
    Instant since = at.minus(dice.chance(0.7) ? YOUNG : Duration.ofDays(30));
    return dice.one(
        campaigns, campaign -> !campaign.deleted() && campaign.sendTime().isAfter(since));
  }

  /** One that nobody looks at any more: a test mailing, or one sent by mistake. */
  private void delete(Instant at) {
    Instant old = at.minus(Duration.ofDays(20));
    dice.one(
            campaigns,
            campaign ->
                !campaign.deleted() && campaign.sendTime().isBefore(old) && campaign.sent() < 3_000)
        .ifPresent(Campaign::delete);
  }
}
