package io.okrsync.web;

import io.okrsync.sync.SyncRun;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the pages, the API, health and metrics, and tells open pages when something changed. */
public final class WebServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
  private static final int IDLE_SECONDS = 60;

  private final Vertx vertx;
  private final HttpServer server;
  private final EventStream events;
  private final Metrics metrics;

  private WebServer(Vertx vertx, HttpServer server, EventStream events, Metrics metrics) {
    this.vertx = vertx;
    this.server = server;
    this.events = events;
    this.metrics = metrics;
  }

  /**
   * Begins to serve and comes back when requests are answered.
   *
   * @throws WebUnavailable when it cannot listen there
   */
  public static WebServer start(WebSettings settings, Site site) {
    Vertx vertx = Vertx.vertx(quick());
    EventStream events = new EventStream(vertx);
    Metrics metrics = new Metrics(site);
    try {
      HttpServer server =
          await(
              vertx
                  .createHttpServer(options())
                  .requestHandler(router(vertx, settings, site, events, metrics))
                  .listen(settings.port(), settings.host()));
      return new WebServer(vertx, server, events, metrics);
    } catch (CompletionException e) {
      metrics.close();
      await(vertx.close());
      throw new WebUnavailable(reason(settings, e.getCause() == null ? e : e.getCause()), e);
    }
  }

  /**
   * Looks whether it could listen there, before what takes seconds and makes files is opened.
   *
   * @throws WebUnavailable when it cannot
   */
  public static void requireFree(WebSettings settings) {
    try (ServerSocket tried = new ServerSocket()) {
      tried.setReuseAddress(true);
      tried.bind(new InetSocketAddress(settings.host(), settings.port()));
    } catch (IOException failure) {
      throw new WebUnavailable(reason(settings, failure), failure);
    }
  }

  private static Router router(
      Vertx vertx, WebSettings settings, Site site, EventStream events, Metrics metrics) {
    Router router = Router.router(vertx);
    Layout layout = new Layout(site);
    Routing routing = new Routing(router, metrics);
    router.route().handler(SecurityHeaders::add).handler(new RequestGuard(settings)::check);
    router.route().failureHandler(Refusal::failed);
    router.errorHandler(400, context -> Refusal.send(context, 400, Refusal.UNREADABLE));
    Assets.mount(router);
    router.get("/events").handler(events::open);
    routing.mount(new Api(site).endpoints());
    routing.mount(new Health(site).endpoints());
    routing.mount(metrics.endpoints());
    routing.mount(new Pages(site, layout).endpoints());
    routing.mount(new AuditPages(site, layout).endpoints());
    router
        .route("/api/*")
        .handler(
            context ->
                Refusal.send(context, 404, "Nothing is here; see " + Api.ROOT + "/openapi.json"));
    routing.mountLast(request -> layout.missing("There is nothing at this address."));
    return router;
  }

  /** Only what is needed: it starts in a few hundred milliseconds and keeps no files. */
  private static VertxOptions quick() {
    return new VertxOptions()
        .setEventLoopPoolSize(2)
        .setWorkerPoolSize(8)
        .setInternalBlockingPoolSize(2)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false));
  }

  /**
   * No browser speaks HTTP/2 without TLS; what upgrades to it has hung until it was idle too long.
   */
  private static HttpServerOptions options() {
    return new HttpServerOptions()
        .setCompressionSupported(true)
        .setHttp2ClearTextEnabled(false)
        .setIdleTimeout(IDLE_SECONDS);
  }

  private static String reason(WebSettings settings, Throwable cause) {
    if (cause instanceof BindException && taken(cause)) {
      return "port %d is in use; choose another with --port".formatted(settings.port());
    }
    return "cannot listen on %s port %d (%s); choose others with --host and --port"
        .formatted(settings.host(), settings.port(), cause.getMessage());
  }

  private static boolean taken(Throwable cause) {
    return String.valueOf(cause.getMessage()).contains("in use");
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  /** The port it listens on, also when any free one was asked for. */
  public int port() {
    return server.actualPort();
  }

  /** Tells open pages to ask for themselves again. It returns at once. */
  public void changed() {
    events.changed();
  }

  /** Counts a run that ended, and tells open pages. */
  public void ended(SyncRun run) {
    metrics.ended(run);
    events.changed();
  }

  @Override
  public void close() {
    metrics.close();
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("The web server did not stop in time: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
