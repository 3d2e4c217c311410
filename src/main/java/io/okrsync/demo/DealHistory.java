package io.okrsync.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The deals that were there before the start: some 900 over eight months, slowly getting more,
 * bigger and quicker, with fewer at the turn of the year and many closed in the last days of a
 * month.
 */
final class DealHistory {
  private static final int DAYS = 240;
  private static final double NEW_PER_WORKDAY = 5.5;
  private static final BigDecimal RUPIAH = new BigDecimal("16000");

  private final Instant start;
  private final Dice dice;
  private final OfficeHours hours;
  private final DealWords words;
  private final Spread sizes;
  private final Spread durations;
  private final EvenChance wins;
  private final Deck<String> currencies;

  DealHistory(long seed, Instant start) {
    this.start = start.truncatedTo(ChronoUnit.SECONDS);
    this.dice = new Dice(seed, "deal history");
    this.hours = new OfficeHours(dice);
    this.words = new DealWords(dice);
    this.sizes = new Spread(dice, 0.6);
    this.durations = new Spread(dice, 0.45);
    this.wins = new EvenChance(dice);
    this.currencies = new Deck<String>(dice).with("USD", 46).with("IDR", 3).with("EUR", 1);
  }

  List<Deal> deals() {
    List<Instant> added = new ArrayList<>();
    double due = 0;
    LocalDate today = OfficeHours.day(start);
    for (LocalDate day = today.minusDays(DAYS); !day.isAfter(today); day = day.plusDays(1)) {
      if (OfficeHours.isWorkday(day)) {
        due += NEW_PER_WORKDAY * season(day.getMonth()) * (0.6 + 0.8 * dice.share());
      }
      for (; due >= 1; due--) {
        added.add(hours.on(day).truncatedTo(ChronoUnit.SECONDS));
      }
    }
    List<Instant> past = added.stream().filter(start::isAfter).sorted().toList();
    List<Deal> deals = new ArrayList<>();
    for (Instant at : past) {
      deals.add(deal(deals.size() + 1, at));
    }
    return deals;
  }

  /** A deal that has just been entered, in the first stage of its pipeline. */
  Deal open(int id, Instant at) {
    Instant addTime = at.truncatedTo(ChronoUnit.SECONDS);
    int organization = words.organization();
    String currency = currencies.draw();
    Deal.Opening opening =
        new Deal.Opening(
            id,
            words.title(organization),
            dice.one(Person.SALES),
            1000 + organization * 3 + dice.between(0, 2),
            organization,
            currency,
            addTime,
            OfficeHours.day(addTime).plusDays(dice.between(30, 60)),
            dice.between(1, 4));
    Stage.Pipeline pipeline = dice.chance(0.85) ? Stage.NEW_BUSINESS : Stage.PARTNERS;
    return new Deal(opening, Stage.after(pipeline, 0), size(currency, addTime));
  }

  private Deal deal(int id, Instant addTime) {
    Deal deal = open(id, addTime);
    boolean won = wins.happens(0.18 + 0.06 * progress(addTime));
    double median = won ? 34 - 7 * progress(addTime) : 25;
    Duration way = Duration.ofMinutes(Math.round(durations.around(median) * 24 * 60));
    Instant end = monthEndPush(hours.notBefore(addTime.plus(way)));
    if (end.isAfter(start)) {
      goOnUntilNow(deal, way);
      return deal;
    }
    Duration taken = Duration.between(addTime, end);
    moveTo(deal, won ? 0.99 : 0.2 + 0.75 * dice.share(), end.minus(taken.dividedBy(6)));
    if (won) {
      deal.win(end);
    } else {
      deal.lose(words.lostReason(), end);
    }
    editLater(deal, end);
    return deal;
  }

  private void goOnUntilNow(Deal deal, Duration way) {
    Duration gone = Duration.between(deal.addTime(), start);
    double share = Math.min(0.95, (double) gone.toMinutes() / Math.max(1, way.toMinutes()));
    moveTo(deal, share, deal.addTime().plus(gone.multipliedBy(dice.between(4, 9)).dividedBy(10)));
  }

  private void moveTo(Deal deal, double shareOfTheWay, Instant at) {
    Stage stage = Stage.after(deal.stage().pipeline(), shareOfTheWay);
    if (!stage.equals(deal.stage())) {
      deal.moveTo(stage, at);
    }
  }

  private void editLater(Deal deal, Instant end) {
    Instant edited = end.plus(dice.between(1, 96), ChronoUnit.HOURS);
    if (dice.chance(0.25) && edited.isBefore(start)) {
      deal.edit(edited);
    }
  }

  /** A quarter of what would close in the first days of a month is closed just before its end. */
  private Instant monthEndPush(Instant end) {
    LocalDate day = OfficeHours.day(end);
    if (day.getDayOfMonth() > 8 || !dice.chance(0.3)) {
      return end;
    }
    LocalDate last = day.withDayOfMonth(1).minusDays(dice.between(1, 3));
    return OfficeHours.isWorkday(last) ? hours.on(last) : end;
  }

  private BigDecimal size(String currency, Instant at) {
    double dollars = Math.min(60_000, sizes.around(8_400 + 2_400 * progress(at)));
    BigDecimal rounded = BigDecimal.valueOf(Math.round(dollars / 50) * 50);
    if (currency.equals("IDR")) {
      return rounded.multiply(RUPIAH);
    }
    return dice.chance(0.1) ? rounded.add(cents()) : rounded;
  }

  private BigDecimal cents() {
    return BigDecimal.valueOf(dice.between(1, 4999))
        .movePointLeft(2)
        .setScale(2, RoundingMode.DOWN);
  }

  /** 0 at the beginning of the history, 1 at its end. */
  private double progress(Instant at) {
    double days = Duration.between(at, start).toMinutes() / (24.0 * 60);
    return Math.max(0, Math.min(1, 1 - days / DAYS));
  }

  private static double season(Month month) {
    return switch (month) {
      case JANUARY -> 0.85;
      case DECEMBER -> 0.75;
      case JUNE, JULY -> 0.95;
      case SEPTEMBER, OCTOBER -> 1.1;
      default -> 1.0;
    };
  }
}
