package io.okrsync;

import io.okrsync.demo.DemoTools;
import io.okrsync.store.StoreSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code demo}: the service with the shipped configuration, reading from small servers that speak
 * like the vendors.
 */
@Command(
    name = "demo",
    description = "Serves with generated data from simulated tools; needs no account and no key.")
final class DemoCommand implements Callable<Integer> {
  private static final String BANNER =
      "Demo: the deals, campaigns and issues are generated and keep changing.";

  /** The shipped cycle without its ends, where there is little to see. */
  private static final Instant EARLIEST = Instant.parse("2026-10-20T00:00:00Z");

  private static final Instant LATEST = Instant.parse("2026-12-20T00:00:00Z");
  private static final Instant MIDDLE = Instant.parse("2026-11-21T03:00:00Z");

  /** The same seed generates the same history. */
  private static final long SEED = 2026;

  @Mixin Folders folders = new Folders();
  @Mixin Serving serving = new Serving();
  @Spec CommandSpec spec;

  @Option(
      names = "--once",
      description = "stop when every source has been read and the page answers: does it work here?")
  boolean once;

  @Override
  public Integer call() throws InterruptedException {
    serving.free(); // or the tools would say where they are, in vain
    Clock clock = clock();
    Path data = folders.data == null ? newFolder() : folders.data;
    // The tools need a part of a second, and nothing asks for them before sources.yaml is read.
    CompletableFuture<DemoTools> tools =
        CompletableFuture.supplyAsync(() -> DemoTools.start(clock, SEED));
    CompletableFuture<Map<String, String>> environment = tools.thenApply(this::introduced);
    try {
      serving.once = once;
      serving.serve(
          folders,
          StoreSettings.inFolder(data),
          name -> environment.join().getOrDefault(name, System.getenv(name)),
          clock,
          BANNER,
          spec.commandLine().getOut());
    } finally {
      tools.thenAccept(DemoTools::close).exceptionally(failed -> null).join();
      if (folders.data == null) {
        delete(data);
      }
    }
    return Main.OK;
  }

  /** Now, or the middle of the shipped cycle when now is outside of it. */
  private static Clock clock() {
    Instant now = Main.clock().instant();
    boolean within = now.isAfter(EARLIEST) && now.isBefore(LATEST);
    return within ? Main.clock() : Clock.offset(Main.clock(), Duration.between(now, MIDDLE));
  }

  /** Says where the tools are, and gives what the shipped configuration reads from outside. */
  private Map<String, String> introduced(DemoTools tools) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("The simulated tools are on this machine; look at what they know:");
    new TreeMap<>(tools.environment())
        .forEach((name, value) -> out.printf("  %-16s %s%n", name, value));
    out.printf("  %-16s %s (POST /demo/pause and /demo/resume)%n", "controls", tools.controls());
    out.flush();
    Map<String, String> environment = new HashMap<>(tools.environment());
    environment.put("SYNC_EVERY", "5s");
    return environment;
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("okr-sync-demo");
    } catch (IOException e) {
      throw new UncheckedIOException(
          "no folder could be made for the demo's data; name one with --data", e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
