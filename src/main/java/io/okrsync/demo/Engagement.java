package io.okrsync.demo;

import java.time.Duration;
import java.time.Instant;

/** How people answer to a mailing: who opens, opens again, clicks, leaves. */
final class Engagement {
  private final Dice dice;

  Engagement(Dice dice) {
    this.dice = dice;
  }

  /** The share (0 to 1) of those who will ever open a mailing that have done so by then. */
  static double reached(Instant sendTime, Instant at) {
    double days = Math.max(0, Duration.between(sendTime, at).toSeconds()) / 86_400.0;
    return 1 - StrictMath.exp(-StrictMath.pow(days / 1.1, 0.55));
  }

  /** So many people open it for the first time, and do what people do then. */
  void add(Campaign campaign, int openers, Instant at) {
    Campaign.Mailing mailing = campaign.mailing();
    int machines = portion(openers, mailing.machineShare());
    int again = portion(openers, 0.45 + 0.2 * dice.share());
    campaign.opened(openers, machines, again, at);
    int clickers = portion(openers, mailing.clickShare());
    campaign.clicked(clickers, portion(clickers, 0.35), at);
    campaign.left(portion(openers, 0.0065), portion(openers, 0.0003));
  }

  /** Rounded up or down by chance, so that small numbers keep their share in the long run. */
  private int portion(int whole, double share) {
    return (int) (whole * share + dice.share());
  }
}
