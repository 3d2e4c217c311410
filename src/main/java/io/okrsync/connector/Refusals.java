package io.okrsync.connector;

import static io.okrsync.connector.SourceFailure.Remedy.ASK_ADMIN;
import static io.okrsync.connector.SourceFailure.Remedy.REAUTHENTICATE;
import static io.okrsync.connector.SourceFailure.Remedy.RETRY_LATER;

import com.fasterxml.jackson.databind.JsonNode;
import io.okrsync.connector.HttpRetry.Trouble;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says of an answer that is not a page whether it may pass, and if not, who can do what. */
final class Refusals {
  private static final Pattern SPENT =
      Pattern.compile("(?i)quota|rate.?limit|limit.{0,3}exceeded|too many requests");

  private final PageRequest request;
  private final PageOptions options;
  private final PageCall call;
  private final RetryTime times;

  Refusals(PageRequest request, PageOptions options, PageCall call, RetryTime times) {
    this.times = times;
    this.request = request;
    this.options = options;
    this.call = call;
  }

  /** What may pass by itself; anything else is thrown as the failure it is. */
  Trouble passing(HttpAnswer answer) {
    int status = answer.status();
    if (status == 429 || isThrottle(answer)) {
      Instant retryAt = times.of(answer).orElse(null);
      return new Trouble(said("answered %d (too many requests)", answer), retryAt, null);
    }
    if (status == 403 && isSpent(answer)) {
      Optional<Instant> told = times.of(answer);
      return new Trouble(
          said("answered %d (its quota is spent)", answer),
          told.orElseGet(times::inAnHour),
          told.isPresent(),
          null);
    }
    if (status == 408 || status >= 500) {
      return new Trouble(said("answered %d", answer), times.retryAfter(answer).orElse(null), null);
    }
    throw lasting(answer);
  }

  /** What may pass by itself; anything else is thrown as the failure it is. */
  Trouble passing(IOException e) {
    String host = request.uri().getHost();
    if (e instanceof AnswerBody.TooLong) {
      throw call.failure(ASK_ADMIN, "at " + request.path() + " " + e.getMessage(), null);
    }
    if (e instanceof Timely.TooSlow) {
      throw call.failure(RETRY_LATER, "at " + request.path() + " " + e.getMessage(), null);
    }
    if (e instanceof Tokens.NoAnswer none) {
      return new Trouble(String.valueOf(none.getMessage()), none.retryAt(), none);
    }
    if (e instanceof AnswerBody.BrokenOff) {
      return new Trouble("at " + request.path() + " " + e.getMessage(), null, e);
    }
    if (e instanceof UnknownHostException) {
      return new Trouble(
          "has the unknown host " + host + ": check baseUrl and the network", null, e);
    }
    if (e instanceof ConnectException) {
      return new Trouble(
          "could not be reached: nothing answers at %s; check baseUrl, or whether it is running"
              .formatted(request.uri().getRawAuthority()),
          null,
          e);
    }
    if (e instanceof SocketTimeoutException) {
      return new Trouble("did not answer in time at " + request.path(), null, e);
    }
    if (e instanceof SSLException) {
      return new Trouble(
          "has no trusted TLS connection to %s: %s".formatted(host, text(e)), null, e);
    }
    return new Trouble(
        "broke the connection while answering %s: %s; if it goes on so, see what a proxy between us cuts off, or let its connector ask for fewer records at once"
            .formatted(request.path(), text(e)),
        null,
        e);
  }

  private SourceFailure lasting(HttpAnswer answer) {
    int status = answer.status();
    if (status == 401) {
      return failure(
          REAUTHENTICATE,
          said("answered 401", answer)
              + "; renew the credentials of this source: "
              + call.renewal());
    }
    if (status >= 300 && status < 400) {
      return failure(ASK_ADMIN, redirected(answer));
    }
    if (answer.isSuccess() || answer.html()) {
      return failure(ASK_ADMIN, notJson(answer));
    }
    String advice =
        switch (status) {
          case 403 -> "the credentials are accepted but may not read this: widen their rights";
          case 404, 410 -> "check baseUrl and the settings of this source";
          default -> "check the settings of this source";
        };
    return failure(ASK_ADMIN, said("answered " + status, answer) + "; " + advice);
  }

  /** Only where it leads, never the whole address: that may hold a token. */
  private String redirected(HttpAnswer answer) {
    String to = answer.redirectOrigin(request.uri()).map(ErrorText::clean).orElse("");
    if (to.isEmpty()) {
      return said("answered %d, a redirect, which is not followed", answer)
          + "; set baseUrl to the address it has now";
    }
    if (to.equalsIgnoreCase(HttpAnswer.origin(request.uri()))) {
      return said("answered %d, a redirect within " + to + ", which is not followed", answer)
          + "; check the path in baseUrl, or whether a login page is in between";
    }
    return said("answered %d, a redirect to " + to + ", which is not followed", answer)
        + "; set baseUrl to that";
  }

  private String notJson(HttpAnswer answer) {
    if (answer.content() == HttpAnswer.Content.OTHER && answer.broken() != null) {
      return "answered %d at %s with JSON that %s"
          .formatted(answer.status(), request.path(), answer.broken());
    }
    String what =
        "answered %d at %s with %s instead of %s"
            .formatted(
                answer.status(),
                request.path(),
                answer.content().words(),
                options.get("answer", "json").toUpperCase(Locale.ROOT));
    return switch (answer.content()) {
      case NOTHING -> what + ": check that baseUrl and the settings name a list that can be read";
      case NOT_UTF8 -> what + ": JSON must be UTF-8; let the system send it so";
      default -> what + ": check baseUrl, or a proxy or login page in between";
    };
  }

  /** Many vendors say so with 403, in a header or in words. */
  private boolean isSpent(HttpAnswer answer) {
    return answer.nothingRemains()
        || ErrorText.in(answer.json(), call).filter(SPENT.asPredicate()).isPresent();
  }

  /** The vendor's own way to say "too fast", where the connector declares one. */
  private boolean isThrottle(HttpAnswer answer) {
    String[] throttle = options.get("throttle", "").split(" ", 2);
    if (!throttle[0].equals(String.valueOf(answer.status()))) {
      return false;
    }
    JsonNode json = answer.json();
    return throttle.length == 1
        ? json == null
        : json != null && json.toString().contains(throttle[1]);
  }

  private String said(String status, HttpAnswer answer) {
    String what = status.formatted(answer.status()) + " at " + request.path();
    return ErrorText.in(answer.json(), call).map(text -> what + ": " + text).orElse(what);
  }

  private SourceFailure failure(SourceFailure.Remedy remedy, String what) {
    return call.failure(remedy, what, null);
  }

  private static String text(@Nullable Throwable e) {
    return ErrorText.clean(
        Optional.ofNullable(e).map(Throwable::getMessage).orElse("no reason was given"));
  }
}
