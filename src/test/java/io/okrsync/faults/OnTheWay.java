package io.okrsync.faults;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** The faults that any tool may have, whatever it says and however it pages. */
public final class OnTheWay {
  private OnTheWay() {}

  public static List<Fault> all() {
    return List.of(
        Fault.THROTTLED_WITH_SECONDS,
        Fault.THROTTLED_WITH_DATE,
        Fault.THROTTLED_IN_SILENCE,
        Fault.THROTTLED_ONCE,
        Fault.QUOTA_SPENT,
        Fault.UNAVAILABLE,
        Fault.UNAVAILABLE_ONCE,
        Fault.SLOW,
        Fault.CUT_OFF,
        Fault.WEB_PAGE);
  }

  /**
   * What comes instead of an answer.
   *
   * @param first whether the fault begins with this request
   * @param well what would have come
   */
  public static Reply reply(Fault fault, boolean first, Instant now, Reply well) {
    Reply busy = Reply.of(429, "{\"error\":\"slow down\"}");
    return switch (fault) {
      case THROTTLED_WITH_SECONDS -> busy.comingBack("300");
      case THROTTLED_WITH_DATE -> busy.comingBack(httpDate(now.plusSeconds(400)));
      case THROTTLED_IN_SILENCE -> busy;
      case THROTTLED_ONCE -> first ? busy.comingBack("2") : well;
      case QUOTA_SPENT -> Reply.of(403, "{\"error\":\"daily quota exceeded\"}");
      case UNAVAILABLE -> Reply.of(503, "{}");
      case UNAVAILABLE_ONCE -> first ? Reply.of(503, "{}") : well;
      case SLOW -> well.inDrops();
      case CUT_OFF -> well.cut();
      case WEB_PAGE -> well.webPage();
      default -> well;
    };
  }

  private static String httpDate(Instant at) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.ofInstant(at, ZoneOffset.UTC));
  }
}
