package io.okrsync.faults;

import static java.util.Objects.requireNonNull;

import io.okrsync.faults.Item.State;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** The records of one simulated tool, made and changed by a seed. */
final class World {
  /** Around these, a wrong zone or a forgotten change of clocks puts a record on the wrong side. */
  private static final List<Instant> EDGES =
      List.of(
          Instant.parse("2026-10-01T04:00:00Z"), // the cycle begins in New York
          Instant.parse("2026-11-01T05:30:00Z"), // half past one in summer time
          Instant.parse("2026-11-01T06:30:00Z"), // half past one again
          Instant.parse("2027-01-01T05:00:00Z")); // the cycle ends in winter time

  private final TreeMap<Integer, Item> items = new TreeMap<>();
  private final Random random;

  World(long seed, Instant now, int size) {
    this.random = new Random(seed);
    for (int i = 0; i < size; i++) {
      create(now.minus(Duration.ofHours(1 + random.nextInt(700))));
    }
  }

  synchronized List<Item> items() {
    return List.copyOf(items.values());
  }

  /** Changes that many records, each a moment before now; a few of them are new. */
  synchronized void change(int count, Instant now) {
    for (int i = 0; i < count; i++) {
      changeOne(now.minusSeconds(random.nextInt(240)));
    }
  }

  /** Changes one record that is there and was not changed since. */
  synchronized void touchOldest(Instant now) {
    Item oldest =
        present().stream().min(java.util.Comparator.comparing(Item::updatedAt)).orElseThrow();
    put(oldest.worth(amount(), now));
  }

  synchronized Item create(Instant at) {
    int id = items.isEmpty() ? 1 : items.lastKey() + 1;
    Item item = new Item(id, State.OPEN, amount(), at, at, null, false);
    put(random.nextInt(4) == 0 ? item : close(item, at));
    return item;
  }

  /** Gives all that changed since the same time of change. */
  synchronized void levelTimes(Instant since, Instant to) {
    for (Item item : items()) {
      if (item.updatedAt().isAfter(since)) {
        put(item.worth(item.value(), to));
      }
    }
  }

  synchronized List<Integer> delete(int count, Instant now) {
    List<Integer> gone = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Item item = any();
      put(item.deleted(true, now));
      gone.add(item.id());
    }
    return gone;
  }

  synchronized void undelete(List<Integer> ids, Instant now) {
    ids.forEach(id -> put(requireNonNull(items.get(id)).deleted(false, now)));
  }

  /** The one is gone, and its worth is the other's from now on. */
  synchronized void merge(Instant now) {
    Item gone = any();
    put(gone.deleted(true, now));
    Item kept = any();
    put(kept.worth(kept.value().add(gone.value()), now));
  }

  private void changeOne(Instant at) {
    int what = random.nextInt(10);
    if (what < 3) {
      create(at);
      return;
    }
    Item item = any();
    if (what < 6) {
      put(close(item, at));
    } else if (what < 8) {
      put(item.worth(amount(), at));
    } else {
      put(item.reopened(at));
    }
  }

  private Item close(Item item, Instant at) {
    Instant edge = EDGES.get(random.nextInt(EDGES.size())).plusSeconds(random.nextInt(7) - 3);
    State how = random.nextInt(4) == 0 ? State.LOST : State.WON;
    return item.closed(how, random.nextInt(3) == 0 ? edge : at, at);
  }

  private Item any() {
    List<Item> present = present();
    return present.get(random.nextInt(present.size()));
  }

  private List<Item> present() {
    return items.values().stream().filter(item -> !item.deleted()).toList();
  }

  private BigDecimal amount() {
    return BigDecimal.valueOf(1 + random.nextInt(100_000), random.nextInt(3));
  }

  private void put(Item item) {
    items.put(item.id(), item);
  }
}
