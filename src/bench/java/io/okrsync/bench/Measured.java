package io.okrsync.bench;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.OperatingSystemMXBean;
import io.okrsync.ServiceSide;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * The process in which one side is measured: a full sync, a change of one deal in a hundred, and a
 * sync of what changed; then several more of these, as a service has that runs, of which the median
 * is told; then a full sync into another database, as of a source that a running service gets. It
 * prints a line for each.
 */
final class Measured {
  /** Marks the lines that {@link Benchmark} reads; others are the log. */
  static final String MARK = "measured ";

  private static final int MORE = 9;

  private static final AtomicLong HEAP_AFTER_COLLECTION = new AtomicLong();

  private Measured() {}

  /**
   * Arguments: loop or service, URL of the deals, number of key results; then for each of two
   * databases its folder, and its JDBC URL or -.
   */
  public static void main(String[] arguments) throws Exception {
    watchHeap();
    String url = arguments[1];
    try (Side side = side(arguments, 3)) {
      print("full", sync(side));
      change(url);
      print("changed", sync(side));
      print("again", several(url, side));
    }
    try (Side side = side(arguments, 5)) {
      print("warm", sync(side));
    }
    System.exit(0);
  }

  /** The median of several, with what the last one came to. */
  private static Sync several(String url, Side side) throws Exception {
    List<Sync> all = new ArrayList<>();
    for (int i = 0; i < MORE; i++) {
      change(url);
      all.add(sync(side));
    }
    Side.Result last = all.get(MORE - 1).result();
    all.sort(Comparator.comparing(Sync::nanos));
    Sync median = all.get(MORE / 2);
    return new Sync(
        median.nanos(),
        median.cpu(),
        new Side.Result(last.read(), last.revenue(), median.result().publishing()));
  }

  private static void change(String url) throws IOException, InterruptedException {
    HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url + "/change")).build(), BodyHandlers.discarding());
  }

  /** What one took, in nanoseconds of time and of all processors. */
  private record Sync(long nanos, long cpu, Side.Result result) {}

  private static Sync sync(Side side) throws Exception {
    long cpu = processor();
    long begin = System.nanoTime();
    Side.Result result = side.sync();
    return new Sync(System.nanoTime() - begin, processor() - cpu, result);
  }

  private static Side side(String[] arguments, int database) throws Exception {
    String url = arguments[1];
    Path folder = Path.of(arguments[database]);
    String given = arguments[database + 1];
    boolean postgres = !given.equals("-");
    if (arguments[0].equals("service")) {
      return ServiceSide.open(
          url, folder, postgres ? given : null, "postgres", Integer.parseInt(arguments[2]));
    }
    String jdbcUrl =
        postgres
            ? given + "?reWriteBatchedInserts=true"
            : "jdbc:h2:" + folder.toAbsolutePath().resolve("loop") + ";WRITE_DELAY=0";
    return new HandWrittenLoop(url, jdbcUrl, "postgres", "postgres");
  }

  private static void print(String what, Sync sync) throws IOException {
    Side.Result result = sync.result();
    System.out.printf(
        Locale.ROOT,
        "%s%s %d %d %d %s %d %d %d%n",
        MARK,
        what,
        sync.nanos() / 1_000_000,
        sync.cpu() / 1_000_000,
        result.read(),
        result.revenue().stripTrailingZeros().toPlainString(),
        result.publishing().toMillis(),
        HEAP_AFTER_COLLECTION.get() >> 20,
        residentAtMost() >> 10);
  }

  /** In nanoseconds, of all threads: what a side costs however busy the machine is. */
  private static long processor() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static void watchHeap() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector)
          .addNotificationListener(
              (notification, handback) ->
                  note(
                      GarbageCollectionNotificationInfo.from(
                          (CompositeData) notification.getUserData())),
              null,
              null);
    }
  }

  private static void note(GarbageCollectionNotificationInfo collection) {
    long used =
        collection.getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
            .filter(pool -> pool.getKey().startsWith("G1"))
            .map(Map.Entry::getValue)
            .mapToLong(MemoryUsage::getUsed)
            .sum();
    HEAP_AFTER_COLLECTION.accumulateAndGet(used, Math::max);
  }

  /** In KiB, as Linux tells; 0 elsewhere. */
  private static long residentAtMost() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }
}
