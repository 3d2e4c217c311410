package io.okrsync;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import io.okrsync.faults.Loopback;
import java.io.IOException;
import java.net.URLDecoder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A tool that lists its records in pages by their place, and tells what is true. Things go wrong at
 * a request that is told before; a run begins to count its requests anew.
 */
final class ShiftingTool implements AutoCloseable {
  /** What goes wrong at a request. */
  enum Fault {
    /** One of a page that was read is deleted. */
    SHIFTS,
    /** The same, and another one is made, so that there are as many as before. */
    SWAPS,
    MAKES,
    LOSES_NEXT,
    TWICE,
    WITHOUT_ID,
    UNREADABLE,
    LACKS_FIELD,
    BUSY,
    REFUSES
  }

  /**
   * @param since since which change of the tool it is so
   */
  record Item(int id, int score, Instant updatedAt, long since) {
    boolean isIn(String list) {
      return switch (list) {
        case "some" -> id % 3 != 0;
        case "others" -> id % 2 == 0;
        default -> true;
      };
    }

    String name() {
      return "r%03d".formatted(id);
    }
  }

  /** How many are on a page: a few, or all of them. */
  static final int FEW = 3;

  static final int ALL = 50;
  private static final int BUSY_SECONDS = 300;

  private final Loopback server;
  private final Clock clock;
  private final TreeMap<Integer, Item> items = new TreeMap<>();
  private final TreeMap<Integer, Item> gone = new TreeMap<>();
  private Random random = new Random(0);
  private int last;
  private int requests;
  private long changes;
  private boolean tellsTotal;
  private boolean newestFirst;
  final Map<Integer, Fault> faults = new HashMap<>();

  /** What each answered page held, with the scores as they were told; null where one was not. */
  final Queue<Map<String, @Nullable Integer>> served = new ConcurrentLinkedQueue<>();

  ShiftingTool(Clock clock) {
    this.clock = clock;
    server = new Loopback(this::answer);
  }

  String url() {
    return server.url();
  }

  /** Other records, the newest of them changed last, and what happens is drawn by this. */
  synchronized void startsAnew(Random by, int records, boolean total, boolean newest) {
    items.clear();
    gone.clear();
    faults.clear();
    last = 0;
    random = by;
    tellsTotal = total;
    newestFirst = newest;
    for (int i = 0; i < records; i++) {
      put(++last, 1 + i, clock.instant().minus(Duration.ofHours(5L * (records - i))));
    }
  }

  synchronized void runBegins() {
    requests = 0;
    served.clear();
  }

  synchronized void random(Random by) {
    random = by;
  }

  /** How often anything changed. */
  synchronized long changes() {
    return changes;
  }

  /** The score of each record of the list. */
  synchronized Map<String, Item> truth(String list) {
    return items.values().stream()
        .filter(it -> it.isIn(list))
        .collect(Collectors.toMap(Item::name, it -> it, (one, other) -> one, TreeMap::new));
  }

  /** Whether a request is not answered. */
  boolean refuses() {
    return faults.containsValue(Fault.BUSY) || faults.containsValue(Fault.REFUSES);
  }

  /** Since which change the record is gone; 0 where it is only on another list. */
  synchronized long goneSince(String name) {
    return gone.values().stream()
        .filter(it -> it.name().equals(name))
        .mapToLong(Item::since)
        .findFirst()
        .orElse(0);
  }

  /** Some records are made, changed, deleted or come back; says which. */
  synchronized String happens() {
    List<String> said = new ArrayList<>();
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      boolean tellsTime = random.nextInt(3) > 0;
      said.add(
          switch (random.nextInt(4)) {
            case 0 -> "made " + make();
            case 1 -> "changed " + change(any(items), 10, tellsTime);
            case 2 -> "deleted " + delete(any(items).id());
            default -> "came back " + (gone.isEmpty() ? "nobody" : change(any(gone), 0, tellsTime));
          });
    }
    return String.join(", ", said);
  }

  private String make() {
    return put(++last, 1 + random.nextInt(9), clock.instant());
  }

  private String change(Item item, int by, boolean tellsTime) {
    gone.remove(item.id());
    Instant at = tellsTime ? clock.instant() : item.updatedAt();
    return put(item.id(), item.score() + by, at) + (tellsTime ? "" : " as of before");
  }

  private String delete(int id) {
    if (id <= 2) {
      return "nobody"; // so that no list is empty
    }
    Item item = items.remove(id);
    gone.put(id, new Item(id, item.score(), item.updatedAt(), ++changes));
    return item.name();
  }

  private String put(int id, int score, Instant updatedAt) {
    Item item = new Item(id, score, updatedAt, ++changes);
    items.put(id, item);
    return item.name();
  }

  private Item any(TreeMap<Integer, Item> some) {
    List<Item> all = List.copyOf(some.values());
    return all.get(random.nextInt(all.size()));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String query = URLDecoder.decode(String.valueOf(exchange.getRequestURI().getRawQuery()), UTF_8);
    Map<String, String> asked = new HashMap<>();
    for (String one : query.split("&")) {
      asked.put(one.replaceFirst("=.*", ""), one.replaceFirst("[^=]*=", ""));
    }
    @Nullable String page = page(asked);
    int status = 200;
    if (page == null) {
      status = faults.get(requests) == Fault.BUSY ? 429 : 400;
      exchange.getResponseHeaders().set("Retry-After", String.valueOf(BUSY_SECONDS));
    }
    byte[] body = (page == null ? "{}" : page).getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private synchronized @Nullable String page(Map<String, String> asked) {
    requests++;
    @Nullable Fault fault = faults.get(requests);
    if (fault == Fault.BUSY || fault == Fault.REFUSES) {
      return null;
    }
    int from = Integer.parseInt(asked.getOrDefault("at", "0"));
    int pageSize = Integer.parseInt(asked.getOrDefault("limit", "3"));
    meanwhile(fault, asked, from);
    List<Item> all = listed(asked);
    List<Item> shown =
        all.subList(Math.min(from, all.size()), Math.min(from + pageSize, all.size()));
    List<String> told = new ArrayList<>();
    Map<String, @Nullable Integer> page = new HashMap<>();
    int odd = shown.isEmpty() ? 0 : random.nextInt(shown.size());
    for (int i = 0; i < shown.size(); i++) {
      Item item = shown.get(i);
      told.add(json(item, i == odd ? fault : null));
      boolean isPlain = i != odd || fault == null || fault.compareTo(Fault.WITHOUT_ID) < 0;
      if (i != odd || fault != Fault.WITHOUT_ID) {
        page.put(item.name(), isPlain ? item.score() : null);
      }
    }
    if (fault == Fault.TWICE && from > 0 && !shown.isEmpty()) {
      if (tellsTotal) {
        told.remove(told.size() - 1);
        page.remove(shown.get(shown.size() - 1).name());
      }
      told.add(json(all.get(0), null));
      page.putIfAbsent(all.get(0).name(), all.get(0).score());
    }
    served.add(page);
    boolean isMore = from + pageSize < all.size() && fault != Fault.LOSES_NEXT;
    return "{\"items\":[%s],\"next\":%s,\"total\":%s}"
        .formatted(
            String.join(",", told),
            isMore ? "\"" + (from + pageSize) + "\"" : "null",
            tellsTotal ? String.valueOf(all.size()) : "null");
  }

  private List<Item> listed(Map<String, String> asked) {
    @Nullable String since = asked.get("since");
    Comparator<Item> order = Comparator.comparing(Item::id);
    return items.values().stream()
        .filter(it -> it.isIn(asked.getOrDefault("list", "all")))
        .filter(it -> since == null || !it.updatedAt().isBefore(Instant.parse(since)))
        .sorted(newestFirst ? order.reversed() : order)
        .toList();
  }

  private void meanwhile(@Nullable Fault fault, Map<String, String> asked, int from) {
    boolean deletes = fault == Fault.SHIFTS || fault == Fault.SWAPS;
    List<Item> read = listed(asked);
    read = read.subList(0, Math.min(from, read.size()));
    if (deletes && !read.isEmpty()) {
      delete(read.get(random.nextInt(read.size())).id());
    }
    if (fault == Fault.SWAPS || fault == Fault.MAKES) {
      make();
    }
  }

  private static String json(Item item, @Nullable Fault fault) {
    String id = fault == Fault.WITHOUT_ID ? "null" : "\"" + item.name() + "\"";
    String score = String.valueOf(item.score());
    if (fault == Fault.UNREADABLE) {
      score = "\"much\"";
    } else if (fault == Fault.LACKS_FIELD) {
      score = "null";
    }
    return "{\"id\":%s,\"score\":%s,\"updated\":\"%s\"}".formatted(id, score, item.updatedAt());
  }

  @Override
  public String toString() {
    return "%d records%s".formatted(items.size(), newestFirst ? ", the newest first" : "");
  }

  @Override
  public void close() {
    server.close();
  }
}
