package io.okrsync.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What happens to deals after the start: one thing at a time, at the times it is told. */
final class DealLife {
  private enum Happening {
    CREATED,
    ADVANCED,
    WON,
    LOST,
    REVALUED,
    REOPENED,
    DELETED
  }

  private final List<Deal> deals;
  private final DealHistory maker;
  private final Dice dice;
  private final DealWords words;
  private final Deck<Happening> happenings;

  DealLife(long seed, List<Deal> deals, DealHistory maker) {
    this.deals = deals;
    this.maker = maker;
    this.dice = new Dice(seed, "deal life");
    this.words = new DealWords(dice);
    this.happenings =
        new Deck<Happening>(dice)
            .with(Happening.CREATED, 21)
            .with(Happening.ADVANCED, 22)
            .with(Happening.WON, 6)
            .with(Happening.LOST, 18)
            .with(Happening.REVALUED, 10)
            .with(Happening.REOPENED, 2)
            .with(Happening.DELETED, 1);
  }

  void happen(Instant at) {
    switch (happenings.draw()) {
      case CREATED -> deals.add(maker.open(deals.size() + 1, at));
      case ADVANCED -> advance(at);
      case WON -> win(at);
      case LOST -> lose(at);
      case REVALUED -> revalue(at);
      case REOPENED -> reopen(at);
      case DELETED -> delete(at);
    }
  }

  private void advance(Instant at) {
    any(Deal.Status.OPEN, deal -> !deal.stage().isLast())
        .ifPresent(deal -> deal.moveTo(deal.stage().next(), at));
  }

  private void win(Instant at) {
    any(Deal.Status.OPEN, deal -> deal.stage().probability() >= 45 && days(deal, at) > 12)
        .ifPresent(deal -> deal.win(at));
  }

  private void lose(Instant at) {
    any(Deal.Status.OPEN, deal -> days(deal, at) > 5)
        .ifPresent(deal -> deal.lose(words.lostReason(), at));
  }

  private void revalue(Instant at) {
    any(Deal.Status.OPEN, deal -> true).ifPresent(deal -> deal.revalue(changed(deal), at));
  }

  private BigDecimal changed(Deal deal) {
    BigDecimal percent = BigDecimal.valueOf(dice.between(80, 130));
    BigDecimal step = new BigDecimal(deal.currency().equals("IDR") ? "100000" : "10");
    BigDecimal steps =
        deal.value().multiply(percent).movePointLeft(2).divide(step, 0, RoundingMode.HALF_UP);
    return steps.multiply(step);
  }

  /** Most often a loss that was none; one time in five a sale that fell through after all. */
  private void reopen(Instant at) {
    Deal.Status closed = dice.chance(0.2) ? Deal.Status.WON : Deal.Status.LOST;
    any(closed, deal -> Duration.between(deal.updateTime(), at).toDays() < 30)
        .ifPresent(deal -> deal.reopen(at));
  }

  private void delete(Instant at) {
    any(dice.one(List.of(Deal.Status.OPEN, Deal.Status.LOST)), deal -> true)
        .ifPresent(deal -> deal.delete(at));
  }

  private Optional<Deal> any(Deal.Status status, Predicate<Deal> fits) {
    return dice.one(
        deals, deal -> deal.deletedAt() == null && deal.status() == status && fits.test(deal));
  }

  private static long days(Deal deal, Instant at) {
    return Duration.between(deal.addTime(), at).toDays();
  }
}
