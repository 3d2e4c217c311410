package io.okrsync;

import io.okrsync.audit.CheckpointFile;
import io.okrsync.connector.Source;
import io.okrsync.schedule.Missed;
import io.okrsync.schedule.Schedule;
import io.okrsync.schedule.Scheduler;
import io.okrsync.store.StoreSettings;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import io.okrsync.web.WebServer;
import io.okrsync.web.WebSettings;
import io.okrsync.web.WebUnavailable;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The service with its schedules and pages, until it is told to stop. */
final class Serving {
  private static final long PATIENCE_MILLIS = 30_000;

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "where pages and REST are (default: ${DEFAULT-VALUE}; 0: any free port)")
  int port = WebSettings.DEFAULT_PORT;

  @Option(
      names = "--host",
      defaultValue = WebSettings.LOOPBACK,
      description = "the address to listen on (default: ${DEFAULT-VALUE}, this machine only)")
  String host = WebSettings.LOOPBACK;

  private @Nullable Sealing sealing;

  /** Checkpoints are signed while it serves. */
  void sealing(Sealing by) {
    sealing = by;
  }

  /**
   * Ends by itself as soon as every source has been read and the pages answer; otherwise when the
   * process is told to.
   */
  boolean once;

  /**
   * Where to listen, before anything is opened.
   *
   * @throws io.okrsync.web.WebUnavailable where somebody else does
   */
  WebSettings free() {
    WebSettings where = Typed.read(spec, () -> new WebSettings(host, port));
    WebServer.requireFree(where);
    return where;
  }

  /** Serves until the process is told to stop, or {@link #once}. */
  void serve(
      Folders folders,
      StoreSettings database,
      UnaryOperator<@Nullable String> environment,
      Clock clock,
      @Nullable String banner,
      PrintWriter out)
      throws InterruptedException {
    WebSettings where = free();
    AtomicReference<@Nullable WebServer> pages = new AtomicReference<>();
    AtomicReference<@Nullable Scheduler> asks = new AtomicReference<>();
    Waits waits = new Waits(clock);
    CountDownLatch told = new CountDownLatch(1);
    Set<String> unread = ConcurrentHashMap.newKeySet();
    try (Service service =
            Service.open(
                folders,
                database,
                environment,
                clock,
                run -> began(pages, run),
                run -> {
                  ended(pages, run);
                  next(asks, clock, run);
                  if (run.outcome().isWell()) {
                    unread.remove(run.source());
                  }
                  if (once && unread.isEmpty()) {
                    told.countDown();
                  }
                });
        @Nullable CheckpointSchedule checkpoints = checkpoints(service, folders);
        Scheduler scheduler = new Scheduler(service.runs(), Clock.systemUTC());
        WebServer web =
            WebServer.start(where, new LiveSite(service, scheduler, waits, kept(folders), banner));
        Watch watch = new Watch(service, () -> reloaded(service, scheduler, web));
        Watchdog watchdog = new Watchdog(service, scheduler, web::changed)) {
      pages.set(web);
      service
          .connectors()
          .onWaiting(
              waiting -> {
                waits.began(waiting);
                web.changed();
              });
      asks.set(scheduler);
      unread.addAll(service.setup().configuration().schedules().keySet());
      schedule(service, scheduler);
      goOn(service, scheduler);
      scheduler.start();
      watch.start();
      watchdog.start();
      out.printf("OKR Sync is at http://%s:%d/ (stop it with Ctrl-C)%n", host, web.port());
      out.flush();
      untilToldToStop(told);
      if (once) {
        answers("http://%s:%d/".formatted(host, web.port()));
      }
    }
  }

  /**
   * Asks for a page as a browser does.
   *
   * @throws WebUnavailable when it does not answer as it should, saying what to do
   */
  static void answers(String page) {
    try {
      HttpURLConnection asked = (HttpURLConnection) URI.create(page).toURL().openConnection();
      asked.setReadTimeout((int) PATIENCE_MILLIS);
      int status = asked.getResponseCode();
      if (status != HttpURLConnection.HTTP_OK) {
        throw new WebUnavailable(
            "The page %s answers with HTTP status %d instead of 200; the log says why."
                .formatted(page, status),
            null);
      }
      asked.getInputStream().close();
    } catch (IOException failed) {
      throw new WebUnavailable(
          "The page %s does not answer (%s); see whether a proxy or a firewall keeps programs of this machine from one another, or give another --host or --port."
              .formatted(page, failed.getMessage()),
          failed);
    }
  }

  private @Nullable CheckpointSchedule checkpoints(Service service, Folders folders) {
    return sealing == null
        ? null
        : new CheckpointSchedule(service, sealing, folders.dataOr("data"));
  }

  /** The checkpoints that are kept by now; none while none are signed. */
  private @Nullable CheckpointFile kept(Folders folders) {
    return sealing == null ? null : sealing.checkpoints(folders.dataOr("data"));
  }

  /** Told after each page; open pages are told of the beginning only. */
  private static void began(AtomicReference<@Nullable WebServer> pages, SyncRun run) {
    WebServer web = pages.get();
    if (web != null && run.counts().read() == 0) {
      web.changed();
    }
  }

  private static void ended(AtomicReference<@Nullable WebServer> pages, SyncRun run) {
    WebServer web = pages.get();
    if (web != null) {
      web.ended(run);
    }
  }

  static void next(AtomicReference<@Nullable Scheduler> asks, Clock clock, SyncRun run) {
    Scheduler scheduler = asks.get();
    if (scheduler == null || run.outcome() == Outcome.SKIPPED) {
      return;
    }
    scheduler.ended(run.source());
    askLater(clock.instant(), scheduler, run); // whatever was cut off goes on first
    if (run.wasHeld() && run.outcome().isWell() && run.trigger() != Trigger.PUSH) {
      scheduler.askIn(run.source(), Duration.ZERO); // it may owe a second look
    }
  }

  /** From now on each source is asked at its times, and when what it waits for is over. */
  static void schedule(Service service, Scheduler scheduler) {
    Map<String, Schedule> schedules = service.setup().configuration().schedules();
    scheduler.replace(schedules, service::lastAsked);
    for (String name : schedules.keySet()) {
      Source source = service.setup().source(name);
      service.runs().waiting(source).ifPresent(it -> askLater(service.now(), scheduler, it));
      if (service.hasOtherCredentials(source)) {
        scheduler.askIn(name, Duration.ZERO);
      }
    }
  }

  /**
   * What was cut off goes on at once, and what is owed a second look gets it, where no run begins
   * anyway because its time was missed.
   */
  static void goOn(Service service, Scheduler scheduler) {
    service
        .setup()
        .configuration()
        .schedules()
        .forEach(
            (name, schedule) -> {
              @Nullable Instant last = service.lastAsked(name).orElse(null);
              boolean mayGoOn =
                  schedule.missed() != Missed.NONE && schedule.owed(last, service.now()) == 0;
              if (mayGoOn && service.isToGoOn(name)) {
                scheduler.askIn(name, Duration.ZERO);
              }
            });
  }

  /** A source that is to be left alone for a while is asked when the while is over. */
  static void askLater(Instant now, Scheduler scheduler, SyncRun run) {
    Instant continuesAt = run.continuesAt();
    if (continuesAt != null && run.waits(now)) {
      scheduler.askIn(run.source(), Duration.between(now, continuesAt).plusSeconds(1));
    }
  }

  private static void reloaded(Service service, Scheduler scheduler, WebServer web) {
    schedule(service, scheduler);
    web.changed();
  }

  /** The process is stopped by a signal; the hook waits until everything is closed. */
  private static void untilToldToStop(CountDownLatch told) throws InterruptedException {
    Thread serving = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> tell(told, serving), "stop"));
    told.await();
  }

  private static void tell(CountDownLatch told, Thread serving) {
    told.countDown();
    try {
      serving.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
