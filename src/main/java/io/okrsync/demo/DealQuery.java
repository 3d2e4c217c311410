package io.okrsync.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which deals a client wants, in which order, from where. Deleted ones are left out unless {@code
 * status} names {@code deleted}, which may stand beside other statuses: so {@code
 * status=open,won,lost,deleted} with {@code updated_since} and {@code sort_by=update_time} shows
 * every change, deletions of the last 30 days too.
 */
final class DealQuery {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 500;
  private static final int MAX_IDS = 100;
  private static final Duration BIN = Duration.ofDays(30);
  private static final String DELETED = "deleted";
  private static final List<String> STATUSES = List.of("open", "won", "lost", DELETED);

  private final Request request;
  private final Instant now;
  private final String orderName;
  private final Order<Deal> order;

  /** Throws Refused if a parameter is not what the vendor takes. */
  DealQuery(Request request, Instant now) {
    this.request = request;
    this.now = now;
    String field = oneOf("sort_by", List.of("id", "update_time", "add_time"));
    String direction = oneOf("sort_direction", List.of("asc", "desc"));
    this.orderName = field + " " + direction;
    this.order = order(field, direction.equals("asc") ? 1 : -1);
  }

  Order.Slice<Deal> page(List<Deal> deals) {
    int limit = limit(request);
    List<Long> from = from();
    return order.slice(deals.stream().filter(wanted()).toList(), from, limit);
  }

  String cursor(List<Long> place) {
    return Token.of(orderName, place);
  }

  /** The page size; every list of the vendor's has it. */
  static int limit(Request request) {
    Optional<Long> limit = number(request, "limit");
    if (limit.isPresent() && (limit.get() < 1 || limit.get() > MAX_LIMIT)) {
      throw new Refused("limit", "limit must be between 1 and " + MAX_LIMIT);
    }
    return limit.map(Long::intValue).orElse(DEFAULT_LIMIT);
  }

  static Optional<Long> number(Request request, String name) {
    try {
      return request.parameter(name).map(Long::valueOf);
    } catch (NumberFormatException notNumber) {
      throw new Refused(name, name + " must be an integer");
    }
  }

  private static Order<Deal> order(String field, int sign) {
    ToLongFunction<Deal> id = deal -> (long) sign * deal.id();
    return switch (field) {
      case "update_time" ->
          new Order<>(List.of(deal -> sign * deal.updateTime().getEpochSecond(), id));
      case "add_time" -> new Order<>(List.of(deal -> sign * deal.addTime().getEpochSecond(), id));
      default -> new Order<>(List.of(id));
    };
  }

  private @Nullable List<Long> from() {
    Optional<String> cursor = request.parameter("cursor");
    if (cursor.isEmpty()) {
      return null;
    }
    return Token.place(orderName, order.keys().size(), cursor.get())
        .orElseThrow(() -> new Refused("cursor", "cursor is invalid"));
  }

  private Predicate<Deal> wanted() {
    Predicate<Deal> wanted = inStatus();
    wanted = wanted.and(since("updated_since").map(DealQuery::updatedFrom).orElse(deal -> true));
    wanted =
        wanted.and(since("updated_until").map(t -> updatedFrom(t).negate()).orElse(deal -> true));
    wanted = wanted.and(matching("owner_id", deal -> deal.opening().owner().number()));
    wanted = wanted.and(matching("person_id", deal -> deal.opening().person()));
    wanted = wanted.and(matching("org_id", deal -> deal.opening().organization()));
    wanted = wanted.and(matching("pipeline_id", deal -> deal.stage().pipeline().id()));
    wanted = wanted.and(matching("stage_id", deal -> deal.stage().id()));
    return wanted.and(amongIds());
  }

  private Predicate<Deal> inStatus() {
    List<String> statuses =
        request.parameter("status").map(DealQuery::list).orElse(List.of("open", "won", "lost"));
    if (!STATUSES.containsAll(statuses)) {
      throw new Refused("status", "status must be one of " + String.join(", ", STATUSES));
    }
    return deal -> {
      Instant deleted = deal.deletedAt();
      if (deleted == null) {
        return statuses.contains(deal.status().label());
      }
      return statuses.contains(DELETED) && deleted.isAfter(now.minus(BIN));
    };
  }

  private static Predicate<Deal> updatedFrom(Instant from) {
    return deal -> !deal.updateTime().isBefore(from);
  }

  private Optional<Instant> since(String name) {
    try {
      return request.parameter(name).map(text -> OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException notTime) {
      throw new Refused(name, name + " must be a time in RFC 3339 format");
    }
  }

  private Predicate<Deal> matching(String name, ToLongFunction<Deal> id) {
    Optional<Long> wanted = number(request, name);
    return deal -> wanted.isEmpty() || wanted.get() == id.applyAsLong(deal);
  }

  private Predicate<Deal> amongIds() {
    Optional<String> ids = request.parameter("ids");
    if (ids.isEmpty()) {
      return deal -> true;
    }
    Set<String> wanted = list(ids.get()).stream().collect(Collectors.toSet());
    if (wanted.size() > MAX_IDS || wanted.stream().anyMatch(id -> !id.matches("\\d{1,9}"))) {
      throw new Refused("ids", "ids must be up to " + MAX_IDS + " integers");
    }
    return deal -> wanted.contains(String.valueOf(deal.id()));
  }

  private String oneOf(String name, List<String> known) {
    String value = request.parameter(name).orElse(known.get(0));
    if (!known.contains(value)) {
      throw new Refused(name, name + " must be one of " + String.join(", ", known));
    }
    return value;
  }

  private static List<String> list(String commaSeparated) {
    return Arrays.stream(commaSeparated.split(",")).map(String::strip).toList();
  }
}
