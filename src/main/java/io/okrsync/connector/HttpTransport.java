package io.okrsync.connector;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.Producer;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.EntityDetails;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request with camel-http and reads the answer. The exchange used for it never meets a
 * route, so nothing a route does (logging, tracing, copying headers) can see it; the credential is
 * not even there, but is put onto the request by the HTTP client when it leaves.
 *
 * <p>Redirects are not followed, cookies not kept, and nothing is tried again here.
 */
final class HttpTransport extends ServiceSupport implements HttpClientConfigurer {
  /** How many times as long as for one part of an answer is waited for all of them. */
  private static final int ALL_PARTS = 10;

  private static final String CONFIGURER = "okrsync-http-client";

  /** Encodings that tell where they end. */
  private static final Set<String> PACKED = Set.of("gzip", "x-gzip", "deflate");

  /** Marks an answer that does not tell where its body ends. */
  private static final String NO_END = "okrsync-tells-no-end";

  /** Of the request this thread is sending just now. */
  private static final ThreadLocal<@Nullable Credential> LEAVING = new ThreadLocal<>();

  /** By which the request of this thread is answered. */
  private static final ThreadLocal<@Nullable ExecRuntime> CONNECTION = new ThreadLocal<>();

  private final CamelContext context;
  private final Map<String, Producer> producers = new ConcurrentHashMap<>();

  HttpTransport(CamelContext context) {
    this.context = context;
    context.getRegistry().bind(CONFIGURER, HttpClientConfigurer.class, this);
  }

  @Override
  public void configureHttpClient(HttpClientBuilder client) {
    client
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .addExecInterceptorFirst(
            "okrsync-connection",
            (request, scope, chain) -> {
              CONNECTION.set(scope.execRuntime);
              return chain.proceed(request, scope);
            })
        .addRequestInterceptorLast(
            (request, entity, http) -> {
              Credential credential = LEAVING.get();
              if (credential != null) {
                request.setHeader(credential.header(), credential.reveal());
              }
            })
        .addResponseInterceptorLast(
            (response, entity, http) -> {
              if (entity != null && tellsNoEnd(entity)) {
                response.setHeader(NO_END, "");
              }
            });
  }

  /** Whether its body may be cut off unseen: it ends with the connection, and packed by nobody. */
  private static boolean tellsNoEnd(EntityDetails entity) {
    return entity.getContentLength() < 0
        && !entity.isChunked()
        && !PACKED.contains(String.valueOf(entity.getContentEncoding()).toLowerCase(Locale.ROOT));
  }

  /**
   * Sends the request and reads all of the answer.
   *
   * @param timeout seconds to wait for the answer, and for each part of it; ten times as long for
   *     all of them
   * @param maximumSize bytes the answer may have, unpacked
   * @param csv whether CSV is expected, and kept as it is
   * @throws IOException when nothing answers, or the answer breaks off or is too long
   */
  HttpAnswer ask(PageRequest request, int timeout, long maximumSize, boolean csv)
      throws IOException {
    Producer producer =
        producers.computeIfAbsent(client(request.uri().getScheme(), timeout), this::producer);
    Exchange exchange = exchange(producer.getEndpoint(), request, csv);
    LEAVING.set(request.credential());
    try {
      producer.process(exchange);
      if (exchange.getException() != null) {
        throw exchange.getException();
      }
      return read(exchange.getMessage(), timeout, maximumSize, csv);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    } finally {
      LEAVING.remove();
      CONNECTION.remove();
    }
  }

  /** One for all hosts: where it sends a request is told with each. */
  private static String client(String scheme, int timeout) {
    return "%s://named-by-each-request.invalid?bridgeEndpoint=false&throwExceptionOnFailure=false&disableStreamCache=true&copyHeaders=false&followRedirects=false&connectTimeout=10000&responseTimeout=%d000&soTimeout=%d000&httpClientConfigurer=#bean:%s"
        .formatted(scheme, timeout, timeout, CONFIGURER);
  }

  private Producer producer(String endpoint) {
    try {
      Producer producer = context.getEndpoint(endpoint).createProducer();
      ServiceHelper.startService(producer);
      return producer;
    } catch (Exception e) {
      throw new IllegalStateException("cannot make an HTTP client: " + e.getMessage(), e);
    }
  }

  /** All of the URI is escaped and holds no brace, so Camel finds nothing to resolve in it. */
  private static Exchange exchange(Endpoint endpoint, PageRequest request, boolean csv) {
    Exchange exchange = endpoint.createExchange(ExchangePattern.InOut);
    Message message = exchange.getIn();
    String uri = request.uri().toString();
    int query = uri.indexOf('?');
    message.setHeader(Exchange.HTTP_URI, query < 0 ? uri : uri.substring(0, query));
    if (query >= 0) {
      message.setHeader(Exchange.HTTP_RAW_QUERY, uri.substring(query + 1));
    }
    message.setHeader(Exchange.HTTP_METHOD, request.method());
    message.setHeader("Accept", csv ? "text/csv" : "application/json");
    message.setHeader("User-Agent", "okr-sync");
    if (request.body() != null) {
      message.setHeader(Exchange.CONTENT_TYPE, "application/json");
      message.setBody(request.body());
    }
    request.headers().forEach(message::setHeader);
    return exchange;
  }

  private static HttpAnswer read(Message message, int timeout, long maximumSize, boolean csv)
      throws IOException {
    int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
    Map<String, String> headers = new LinkedHashMap<>();
    message.getHeaders().forEach((name, value) -> headers.put(name, text(value)));
    String type = Optional.ofNullable(headers.get(Exchange.CONTENT_TYPE)).orElse("");
    InputStream body = message.getBody(InputStream.class);
    Duration longest = Duration.ofSeconds((long) ALL_PARTS * timeout);
    try (InputStream bytes =
        body == null
            ? InputStream.nullInputStream()
            : new Timely(body, longest, System::nanoTime, HttpTransport::drop)) {
      return csv && status >= 200 && status < 300
          ? AnswerBody.readBytes(
              status, headers, type, bytes, maximumSize, headers.containsKey(NO_END))
          : AnswerBody.read(status, headers, type, bytes, maximumSize);
    }
  }

  private static void drop() {
    ExecRuntime connection = CONNECTION.get();
    if (connection != null) {
      connection.discardEndpoint();
    }
  }

  private static String text(Object value) {
    if (value instanceof Iterable<?> values) {
      StringBuilder all = new StringBuilder();
      values.forEach(each -> all.append(all.isEmpty() ? "" : ", ").append(each));
      return all.toString();
    }
    return String.valueOf(value);
  }

  @Override
  protected void doStop() {
    producers.values().forEach(ServiceHelper::stopAndShutdownService);
    producers.clear();
  }
}
