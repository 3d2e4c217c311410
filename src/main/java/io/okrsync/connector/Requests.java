package io.okrsync.connector;

import static io.okrsync.connector.SourceFailure.Remedy.RETRY_LATER;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.function.Supplier;

/** Sends requests, and no more of them than the limits of their source allow. */
final class Requests {
  private final HttpTransport transport;
  private final Clock clock;
  private final Patience patience;
  private final Supplier<SourceMemory> memory;
  private final Gate.All gates;

  Requests(
      HttpTransport transport,
      Clock clock,
      Patience patience,
      Supplier<SourceMemory> memory,
      Gate.All gates) {
    this.transport = transport;
    this.clock = clock;
    this.patience = patience;
    this.memory = memory;
    this.gates = gates;
  }

  Gate gate(PageCall call) {
    return gates.of(call.source());
  }

  /**
   * Whatever is answered, as soon as it is the request's turn; where the connector names hosts to
   * which it may be led on, what is answered there.
   *
   * @throws SourceFailure when no more requests are allowed today
   */
  HttpAnswer send(PageRequest request, PageOptions options, PageCall call) throws IOException {
    Redirects redirects =
        new Redirects(new Placeholders(call).fill(options.get("redirects", "")).orElse(""));
    HttpAnswer answer = once(request, options, call);
    Optional<PageRequest> next = redirects.next(request, answer);
    for (int hops = 0; hops < Redirects.MOST && next.isPresent(); hops++) {
      answer = once(next.get(), options, call);
      next = redirects.next(next.get(), answer);
    }
    return answer;
  }

  private HttpAnswer once(PageRequest request, PageOptions options, PageCall call)
      throws IOException {
    int timeout = Integer.parseInt(options.get("timeout", "60"));
    long maximum = Long.parseLong(options.get("maximumSize", "33554432"));
    Gate gate = gate(call);
    spend(call);
    awaitTurn(call);
    try {
      gate.calls().acquire();
    } catch (InterruptedException e) {
      throw Patience.stopped(call, e);
    }
    try {
      return transport.ask(request, timeout, maximum, options.get("answer", "json").equals("csv"));
    } finally {
      gate.calls().release();
    }
  }

  private void spend(PageCall call) {
    Source source = call.source();
    Integer most = source.limits().perDay();
    if (most == null) {
      return;
    }
    ZonedDateTime now = clock.instant().atZone(source.zone());
    if (!memory.get().spend(source.name(), now.toLocalDate(), most)) {
      throw new SourceFailure(
          RETRY_LATER,
          "Source '%s' was asked %s today, which is all that limits.perDay allows"
              .formatted(source.name(), most == 1 ? "once" : most + " times"),
          midnightAfter(now, source.zone()),
          null);
    }
  }

  private static Instant midnightAfter(ZonedDateTime now, ZoneId zone) {
    return now.toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
  }

  private void awaitTurn(PageCall call) {
    Integer most = call.source().limits().perMinute();
    if (most == null) {
      return;
    }
    Instant now = clock.instant();
    Instant turn = memory.get().turn(call.source().name(), most, now);
    if (turn.isAfter(now)) {
      patience.until(turn, "limits.perMinute allows " + most, call);
    }
  }
}
