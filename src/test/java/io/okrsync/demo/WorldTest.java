package io.okrsync.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorldTest {
  private static final long SEED = 42;

  private final SettableClock clock = new SettableClock();
  private final World world = new World(clock, SEED);

  @Test
  void is_the_same_for_the_same_seed_and_start_however_often_it_is_looked_at() {
    SettableClock otherClock = new SettableClock();
    World other = new World(otherClock, SEED);

    for (int i = 0; i < 600; i++) {
      clock.pass(Duration.ofSeconds(1));
      world.advance(clock.instant());
    }
    otherClock.pass(Duration.ofMinutes(10));

    assertThat(everything(world)).isEqualTo(everything(other));
  }

  @Test
  void is_another_one_for_another_seed() {
    assertThat(everything(world)).isNotEqualTo(everything(new World(clock, SEED + 1)));
  }

  @Test
  void has_a_past_of_believable_size_that_ends_at_the_start() {
    assertThat(world.deals()).hasSizeBetween(850, 1100);
    assertThat(world.campaigns()).hasSizeBetween(50, 70);
    assertThat(world.issues()).hasSizeBetween(600, 800);
    Instant start = world.startedAt();
    assertThat(world.deals()).allMatch(deal -> !deal.updateTime().isAfter(start));
    assertThat(world.issues()).allMatch(issue -> !issue.updated().isAfter(start));
    assertThat(world.campaigns()).allMatch(campaign -> campaign.sendTime().isBefore(start));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2024-02-29T23:59:59.999Z", "2027-01-01T00:00:00Z", "2030-06-16T12:00:00Z"})
  void has_a_past_whatever_the_date(String date) {
    World then = new World(Clock.fixed(Instant.parse(date), ZoneOffset.UTC), SEED);

    assertThat(then.deals()).hasSizeBetween(850, 1100);
    assertThat(then.campaigns()).hasSizeBetween(50, 70);
    assertThat(then.issues()).hasSizeBetween(600, 800);
    assertThat(then.deals()).allMatch(deal -> !deal.updateTime().isAfter(then.startedAt()));
  }

  @Test
  void wins_about_a_quarter_of_the_deals_whatever_the_seed() {
    for (long seed = 1; seed <= 20; seed++) {
      List<Deal> deals = new World(clock, seed).deals();
      double won = count(deals, Deal.Status.WON);
      double closed = won + count(deals, Deal.Status.LOST);
      assertThat(won / closed).as("seed %d", seed).isBetween(0.19, 0.25);
    }
  }

  @Test
  void tells_times_in_an_order_that_can_be() {
    clock.pass(Duration.ofHours(2));
    for (Deal deal : world.deals()) {
      Stream.of(deal.wonTime(), deal.lostTime(), deal.deletedAt())
          .filter(time -> time != null)
          .forEach(time -> assertThat(time).isBetween(deal.addTime(), deal.updateTime()));
      assertThat(deal.updateTime().truncatedTo(ChronoUnit.SECONDS)).isEqualTo(deal.updateTime());
    }
    for (Issue issue : world.issues()) {
      Stream.of(issue.started(), issue.resolved())
          .filter(time -> time != null)
          .forEach(time -> assertThat(time).isBetween(issue.created(), issue.updated()));
    }
  }

  @Test
  void never_opens_more_mails_than_were_delivered() {
    clock.pass(Duration.ofHours(12));
    assertThat(world.campaigns())
        .allMatch(campaign -> campaign.uniqueOpens() <= campaign.delivered())
        .allMatch(campaign -> campaign.uniqueMachineOpens() <= campaign.uniqueOpens())
        .allMatch(campaign -> campaign.clickers() <= campaign.uniqueOpens())
        .allMatch(campaign -> campaign.uniqueOpens() <= campaign.opens());
  }

  @Test
  void changes_something_every_few_seconds_at_first_and_rarely_in_the_morning_after() {
    clock.pass(Duration.ofMinutes(10));
    long afterTenMinutes = world.happened();
    clock.pass(Duration.ofHours(11));
    long lateAtNight = world.happened();
    clock.pass(Duration.ofHours(1));

    assertThat(afterTenMinutes).isBetween(180L, 300L);
    assertThat(lateAtNight).isLessThan(1_000);
    assertThat(world.happened() - lateAtNight).isBetween(1L, 40L);
  }

  @Test
  void stands_still_while_it_is_paused_and_goes_on_where_it_stopped() {
    clock.pass(Duration.ofMinutes(1));
    world.pause();
    Instant paused = clock.instant();
    List<String> before = everything(world);
    long happened = world.happened();

    clock.pass(Duration.ofHours(3));
    assertThat(everything(world)).isEqualTo(before);
    world.resume();
    Instant resumed = clock.instant();
    assertThat(everything(world)).isEqualTo(before);

    clock.pass(Duration.ofMinutes(1));
    assertThat(world.happened() - happened).isBetween(10L, 40L);
    assertThat(world.deals())
        .noneMatch(d -> d.updateTime().isAfter(paused) && d.updateTime().isBefore(resumed));
  }

  @Test
  void as_much_happens_with_a_pause_as_without_but_later() {
    SettableClock otherClock = new SettableClock();
    World other = new World(otherClock, SEED);
    otherClock.pass(Duration.ofMinutes(5));

    clock.pass(Duration.ofMinutes(2));
    world.pause();
    clock.pass(Duration.ofMinutes(30));
    world.resume();
    clock.pass(Duration.ofMinutes(3));

    assertThat(world.happened()).isEqualTo(other.happened());
  }

  @Test
  void hands_out_copies_that_stay_as_they_are() {
    List<Deal> deals = world.deals();
    List<String> before = deals.stream().map(WorldTest::text).toList();

    clock.pass(Duration.ofMinutes(10));
    world.advance(clock.instant());

    assertThat(deals.stream().map(WorldTest::text)).isEqualTo(before);
    assertThat(world.deals().stream().map(WorldTest::text)).isNotEqualTo(before);
  }

  private static double count(List<Deal> deals, Deal.Status status) {
    return deals.stream().filter(deal -> deal.status() == status).count();
  }

  private static String text(Deal deal) {
    return DealJson.deal(deal, List.of("first_won_time")).toString();
  }

  private static List<String> everything(World world) {
    IssueJson issueJson = new IssueJson("", List.of("*all"));
    return Stream.of(
            world.deals().stream().map(WorldTest::text),
            world.issues().stream().map(issue -> issueJson.issue(issue).toString()),
            world.campaigns().stream()
                .map(campaign -> ReportJson.report(campaign, "", Instant.EPOCH).toString()))
        .flatMap(lines -> lines)
        .toList();
  }
}
