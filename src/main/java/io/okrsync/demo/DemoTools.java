package io.okrsync.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * The simulated tools: Pipedrive, Mailchimp and Jira Cloud over one {@link World}, each on a free
 * port of 127.0.0.1, and a fourth server with the demo's own controls ({@code GET /demo/state},
 * {@code POST /demo/pause}, {@code POST /demo/resume}). Their threads keep no process alive.
 */
public final class DemoTools implements AutoCloseable {
  private static final int THREADS = 6;
  private static final String PIPEDRIVE_TOKEN = "demo-pipedrive-token";
  private static final String MAILCHIMP_KEY = "demo-mailchimp-key-us21";
  private static final String JIRA_EMAIL = Person.READER.email();
  private static final String JIRA_TOKEN = "demo-jira-token";

  private final World world;
  private final ExecutorService threads;
  private final List<LoopbackServer> servers = new ArrayList<>();

  private DemoTools(Clock clock, long seed) {
    this.world = new World(clock, seed);
    this.threads = Executors.newFixedThreadPool(THREADS, DemoTools::daemon);
  }

  /**
   * Starts the tools. Now and then they throttle, fail or are slow, as real ones do.
   *
   * @param seed the same seed, clock and requests give the same answers
   */
  public static DemoTools start(Clock clock, long seed) {
    return new DemoTools(clock, seed).serve(tool -> Disturbances.nowAndThen(seed, tool.name()));
  }

  /** Starts the tools so that every request is answered at once, for tests that count. */
  public static DemoTools startUndisturbed(Clock clock, long seed) {
    return new DemoTools(clock, seed).serve(tool -> Disturbances.never());
  }

  /** What the shipped configuration reads from the environment: addresses and credentials. */
  public Map<String, String> environment() {
    return Map.of(
        "PIPEDRIVE_URL", servers.get(0).address().toString(),
        "PIPEDRIVE_TOKEN", PIPEDRIVE_TOKEN,
        "MAILCHIMP_URL", servers.get(1).address().toString(),
        "MAILCHIMP_KEY", MAILCHIMP_KEY,
        "JIRA_URL", servers.get(2).address().toString(),
        "JIRA_EMAIL", JIRA_EMAIL,
        "JIRA_TOKEN", JIRA_TOKEN);
  }

  /** Where the demo's own controls are. */
  public URI controls() {
    return servers.get(3).address();
  }

  /** What the tools know, for queries that do not go through them. */
  public World world() {
    return world;
  }

  /** From now on nothing happens in any of the tools. */
  public void pause() {
    world.pause();
  }

  /** Life goes on where it stopped. */
  public void resume() {
    world.resume();
  }

  @Override
  public void close() {
    servers.forEach(LoopbackServer::close);
    threads.shutdownNow();
  }

  private DemoTools serve(Function<Tool, Disturbances> disturbances) {
    List<Tool> vendors =
        List.of(
            new PipedriveTool(world, PIPEDRIVE_TOKEN),
            new MailchimpTool(world, MAILCHIMP_KEY),
            new JiraTool(world, JIRA_EMAIL, JIRA_TOKEN));
    try {
      for (Tool vendor : vendors) {
        servers.add(LoopbackServer.start(vendor, disturbances.apply(vendor), threads));
      }
      servers.add(LoopbackServer.start(new ControlTool(world), Disturbances.never(), threads));
      return this;
    } catch (IOException failed) {
      close();
      throw new UncheckedIOException("The demo's servers could not be started", failed);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "demo-tools");
    thread.setDaemon(true);
    return thread;
  }
}
