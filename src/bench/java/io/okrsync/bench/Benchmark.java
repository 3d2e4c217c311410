package io.okrsync.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs both sides, one after the other, for each number of deals, and prints the ratios. */
@Command(name = "benchmark")
final class Benchmark implements Runnable {
  @Option(names = "--deals", split = ",", defaultValue = "10000,100000,1000000")
  private List<Integer> deals = List.of();

  @Option(names = "--postgres", description = "on PostgreSQL instead of an H2 file")
  private boolean onPostgres;

  @Option(names = "--sides", split = ",", defaultValue = "loop,service")
  private List<String> sides = List.of();

  @Option(names = "--keep", description = "where the databases stay, instead of being deleted")
  private @Nullable Path keep;

  @Option(names = "--key-results", description = "how many are published at last; 0 for none")
  private int keyResults = 1000;

  @Option(names = "--jvm", split = " ", description = "more options for the measured processes")
  private List<String> jvm = List.of();

  private @Nullable EmbeddedPostgres postgres;
  private int databases;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Benchmark()).execute(arguments));
  }

  /** What one process said of one sync. */
  private record Figures(
      long millis, long cpu, long read, String revenue, long publishing, long heap, long resident) {
    static Figures of(String[] words) {
      return new Figures(
          Long.parseLong(words[1]),
          Long.parseLong(words[2]),
          Long.parseLong(words[3]),
          words[4],
          Long.parseLong(words[5]),
          Long.parseLong(words[6]),
          Long.parseLong(words[7]));
    }
  }

  @Override
  public void run() {
    try {
      postgres = onPostgres ? EmbeddedPostgres.builder().start() : null;
      measureAll();
    } catch (IOException | SQLException | InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      if (postgres != null) {
        closed(postgres);
      }
    }
  }

  private void measureAll() throws IOException, SQLException, InterruptedException {
    print(
        line("deals", "sync", "loop", "service", "wall", "CPU", "publishing", "heap MB", "RSS MB"));
    for (int count : deals) {
      Map<String, Map<String, Figures>> all = new HashMap<>();
      for (String side : sides) {
        all.put(side, measured(side, count, 2));
      }
      Map<String, Figures> loop = all.getOrDefault("loop", Map.of());
      Map<String, Figures> service = all.getOrDefault("service", Map.of());
      row(count, "full", loop, service);
      row(count, "changed", loop, service);
      row(count, "again", loop, service);
      row(count, "warm", loop, service);
    }
    if (sides.contains("service") && keyResults > 0) {
      Figures many = measured("service", deals.get(0), keyResults).get("changed");
      if (many != null) {
        print("publishing %,d key results: %d ms".formatted(keyResults, many.publishing()));
      }
    }
  }

  private static void row(
      int count, String what, Map<String, Figures> loops, Map<String, Figures> services) {
    Figures loop = loops.get(what);
    Figures service = services.get(what);
    if (loop != null
        && service != null
        && (loop.read() != service.read() || !loop.revenue().equals(service.revenue()))) {
      throw new IllegalStateException("the two sides differ: %s, %s".formatted(loop, service));
    }
    print(
        line(
            count,
            what,
            shown(loop),
            shown(service),
            ratio(Figures::millis, what, loop, services),
            ratio(Figures::cpu, what, loop, services),
            service == null ? "" : service.publishing() + " ms",
            both(loop, service, Figures::heap),
            both(loop, service, Figures::resident)));
  }

  private static String line(Object... columns) {
    return "%9s  %-8s %10s %10s %12s %12s %11s %11s %11s".formatted(columns);
  }

  private static String shown(@Nullable Figures side) {
    return side == null ? "" : side.millis() + " ms";
  }

  /** Of a full sync, how many times the loop's; of what changed, the part of the full one's. */
  private static String ratio(
      ToLongFunction<Figures> cost,
      String what,
      @Nullable Figures loop,
      Map<String, Figures> services) {
    Figures service = services.get(what);
    Figures full = services.get("full");
    if (service == null || full == null || loop == null) {
      return "";
    }
    double here = cost.applyAsLong(service);
    return what.equals("full") || what.equals("warm")
        ? String.format(Locale.ROOT, "%.2f x loop", here / cost.applyAsLong(loop))
        : String.format(Locale.ROOT, "%.1f %% full", 100 * here / cost.applyAsLong(full));
  }

  private static String both(
      @Nullable Figures loop, @Nullable Figures service, ToLongFunction<Figures> figure) {
    return (loop == null ? "" : figure.applyAsLong(loop))
        + " / "
        + (service == null ? "" : figure.applyAsLong(service));
  }

  private Map<String, Figures> measured(String side, int count, int keyResults)
      throws IOException, SQLException, InterruptedException {
    Path folder =
        keep == null
            ? Files.createTempDirectory("okr-sync-benchmark")
            : Files.createDirectories(keep.resolve(side + "-" + count));
    try (DealServer server = new DealServer(count)) {
      return process(
          side,
          server.url(),
          String.valueOf(keyResults),
          Files.createDirectories(folder.resolve("first")).toString(),
          database(),
          Files.createDirectories(folder.resolve("second")).toString(),
          database());
    } finally {
      if (keep == null) {
        delete(folder);
      }
    }
  }

  private Map<String, Figures> process(String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path")));
    command.addAll(jvm);
    command.add(Measured.class.getName());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Map<String, Figures> figures = new HashMap<>();
    List<String> log = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.add(line);
        if (line.startsWith(Measured.MARK)) {
          String[] words = line.substring(Measured.MARK.length()).split(" ");
          figures.put(words[0], Figures.of(words));
          System.err.println(arguments[0] + " " + line);
        }
      }
    } finally {
      process.destroy();
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(System.lineSeparator(), log));
    }
    return figures;
  }

  /** A new database on PostgreSQL, or a dash for H2. */
  private String database() throws SQLException {
    if (postgres == null) {
      return "-";
    }
    String name = "bench" + ++databases;
    try (Connection connection =
            DriverManager.getConnection(
                postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return postgres.getJdbcUrl("postgres", name).split("\\?")[0];
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }

  private static void closed(EmbeddedPostgres postgres) {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
