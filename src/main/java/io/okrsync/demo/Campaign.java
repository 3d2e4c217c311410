package io.okrsync.demo;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail sent to a list, in the simulated e-mail platform. It is born when it is sent; opens,
 * clicks and people who leave come in for weeks, fewer every day. A deleted one is gone. All times
 * are whole seconds, as the vendor's.
 */
public final class Campaign {

  /** Who mail is sent to. */
  record Audience(String id, String name, int members) {}

  /**
   * What is fixed once it is sent.
   *
   * @param sent mails sent, bounced ones too
   * @param expected how many people will have opened it in the end
   */
  record Mailing(
      String id,
      String title,
      String subject,
      String preview,
      Audience audience,
      Instant sendTime,
      int sent,
      int hardBounces,
      int softBounces,
      int expected,
      double machineShare,
      double clickShare) {}

  private final Mailing mailing;
  private int uniqueOpens;
  private int opens;
  private int machineOpens;
  private int uniqueMachineOpens;
  private int clickers;
  private int clicks;
  private int unsubscribed;
  private int complaints;
  private @Nullable Instant lastOpen;
  private @Nullable Instant lastClick;
  private boolean deleted;

  Campaign(Mailing mailing) {
    this.mailing = mailing;
  }

  Campaign(Campaign other) {
    this.mailing = other.mailing;
    this.uniqueOpens = other.uniqueOpens;
    this.opens = other.opens;
    this.machineOpens = other.machineOpens;
    this.uniqueMachineOpens = other.uniqueMachineOpens;
    this.clickers = other.clickers;
    this.clicks = other.clicks;
    this.unsubscribed = other.unsubscribed;
    this.complaints = other.complaints;
    this.lastOpen = other.lastOpen;
    this.lastClick = other.lastClick;
    this.deleted = other.deleted;
  }

  /**
   * More people have opened it.
   *
   * @param people who had not opened it before
   * @param machines how many of these were the mail program loading pictures by itself
   * @param again further opens by people who had
   */
  void opened(int people, int machines, int again, Instant at) {
    uniqueOpens += people;
    uniqueMachineOpens += machines;
    opens += people + again;
    machineOpens += machines;
    lastOpen = at.truncatedTo(ChronoUnit.SECONDS);
  }

  /** More people have clicked, and with more than one click on average. */
  void clicked(int people, int extraClicks, Instant at) {
    if (people == 0) {
      return;
    }
    clickers += people;
    clicks += people + extraClicks;
    lastClick = at.truncatedTo(ChronoUnit.SECONDS);
  }

  void left(int people, int complaining) {
    unsubscribed += people;
    complaints += complaining;
  }

  void delete() {
    deleted = true;
  }

  public String id() {
    return mailing.id();
  }

  public String title() {
    return mailing.title();
  }

  public Instant sendTime() {
    return mailing.sendTime();
  }

  /** Mails sent, bounced ones too. */
  public int sent() {
    return mailing.sent();
  }

  public int bounced() {
    return mailing.hardBounces() + mailing.softBounces();
  }

  /** Mails sent that did not bounce: what the vendor divides its rates by. */
  public int delivered() {
    return sent() - bounced();
  }

  /** How many people opened it, those whose mail program did it for them included. */
  public int uniqueOpens() {
    return uniqueOpens;
  }

  public int opens() {
    return opens;
  }

  /** How many of {@link #uniqueOpens()} were made by a mail program alone. */
  public int uniqueMachineOpens() {
    return uniqueMachineOpens;
  }

  /** How many of {@link #opens()} were made by a mail program alone. */
  public int machineOpens() {
    return machineOpens;
  }

  /** How many people clicked any link. */
  public int clickers() {
    return clickers;
  }

  public int clicks() {
    return clicks;
  }

  public int unsubscribed() {
    return unsubscribed;
  }

  Mailing mailing() {
    return mailing;
  }

  int complaints() {
    return complaints;
  }

  @Nullable Instant lastOpen() {
    return lastOpen;
  }

  @Nullable Instant lastClick() {
    return lastClick;
  }

  boolean deleted() {
    return deleted;
  }

  /** How many more people will open it. */
  int openersToCome() {
    return Math.max(0, mailing.expected() - uniqueOpens);
  }
}
