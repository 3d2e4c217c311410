package io.okrsync.faults;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One tool with its records and one thing that goes wrong with it, all from a seed. The fault
 * begins and ends when the test says so; the same seed and steps give the same answers.
 */
public final class Scenario {
  private static final int PAGE = 5;
  private static final Duration LAG = Duration.ofMinutes(5);
  private static final Duration AHEAD = Duration.ofHours(2);
  private static final String NEW_YORK = "America/New_York";
  private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
  private static final Comparator<Item> BY_CHANGE =
      Comparator.comparing(Item::updatedAt).thenComparing(Item::id);
  private static final Comparator<Item> BY_ID = Comparator.comparing(Item::id);

  private final Dialect dialect;
  private final Fault fault;
  private final Clock clock;
  private final World world;
  private final Random random;
  private final int faultyPage;
  private volatile String token = "first-token";
  private final TokenEndpoint endpoint = new TokenEndpoint(token);
  private boolean lasts;

  /** Whether the page was asked for with which the fault begins; from then on it is there. */
  private boolean met;

  private int request;
  private int era;
  private List<Integer> away = List.of();

  public Scenario(Dialect dialect, Fault fault, long seed, Clock clock) {
    this.dialect = dialect;
    this.fault = fault;
    this.clock = clock;
    this.random = new Random(seed * 31 + fault.name().hashCode());
    this.world = new World(random.nextLong(), clock.instant(), 12 + random.nextInt(12));
    this.faultyPage = 1 + random.nextInt(2);
  }

  public Fault fault() {
    return fault;
  }

  /** Such as {@code jira_place_lost}, also the name of its measures. */
  public String name() {
    return (dialect.name() + "_" + fault.name()).toLowerCase(java.util.Locale.ROOT);
  }

  public String connector() {
    return dialect.connector();
  }

  public Dialect dialect() {
    return dialect;
  }

  /** More lines of its source, where it wants access tokens. */
  public String oauth2(String url, String secret) {
    return fault.hasTokenEndpoint()
        ? "    oauth2: { tokenUrl: \"%s/token\", clientId: okr, clientSecret: \"%s\", refreshToken: \"%s\" }\n"
            .formatted(url, secret, secret)
        : "";
  }

  /** More lines of its source, where it needs to be told in which zone the tool's times are. */
  public String zone() {
    return fault == Fault.LOCAL_TIMES ? "    zone: " + NEW_YORK + "\n" : "";
  }

  /** How often an access token was given. */
  public synchronized int tokensGiven() {
    return endpoint.given();
  }

  /** The settings of its source. */
  public String with(String url, String secret) {
    return dialect.with(url, secret);
  }

  public String measures(String source) {
    return dialect.measures(source, name());
  }

  /** The token it accepts now. */
  public String token() {
    return token;
  }

  public BigDecimal trueCount() {
    return Oracle.count(world.items());
  }

  public BigDecimal trueSum() {
    return Oracle.sum(world.items());
  }

  public boolean needsReadOfEverything() {
    return fault.needsReadOfEverything(dialect);
  }

  /** People go on with their work. */
  public synchronized void work(int changes) {
    world.change(changes, clock.instant());
  }

  /** A new run is about to ask. */
  public synchronized void runBegins() {
    request = 0;
  }

  public synchronized void begin() {
    Instant now = clock.instant();
    lasts = true;
    met = false;
    switch (fault) {
      case EQUAL_TIMES -> world.levelTimes(now.minusSeconds(600), now.minusSeconds(1));
      case DELETED -> world.delete(3, now);
      case UNDELETED -> away = world.delete(3, now);
      case MERGED -> world.merge(now);
      case TOKEN_ROTATED -> token = "second-token";
      case GRANT_WITHDRAWN -> endpoint.withdraw();
      default -> {}
    }
  }

  public synchronized void end() {
    Instant now = clock.instant();
    lasts = false;
    switch (fault) {
      case PLACE_LOST -> era++;
      case LATE_RECORDS -> late(now.minus(Duration.ofMinutes(20)));
      case VERY_LATE_RECORDS -> late(now.minus(Duration.ofHours(5)));
      case UNDELETED -> world.undelete(away, now);
      case GRANT_WITHDRAWN -> {
        token = "second-token";
        endpoint.grant(token);
      }
      default -> {}
    }
  }

  private void late(Instant at) {
    for (int i = 0; i < 3; i++) {
      world.create(at);
    }
  }

  synchronized Reply answer(String path, String query, String credential) {
    boolean refused = lasts && fault == Fault.TOKEN_EXPIRED;
    if (refused || !isRight(credential)) {
      return Reply.of(401, "{\"error\":\"unauthorized\"}");
    }
    if (path.endsWith("/myself") || path.endsWith("/current.json")) {
      return Reply.json("{}");
    }
    request++;
    met |= request >= faultyPage;
    boolean faulty = met || fault == Fault.PLACE_LOST;
    return lasts && faulty ? faulty(query) : page(query);
  }

  synchronized Reply token(String form) {
    return endpoint.answer(form);
  }

  private boolean isRight(String credential) {
    if (fault.hasTokenEndpoint()) {
      return endpoint.accepts(credential, lasts && fault == Fault.ACCESS_TOKEN_EXPIRES);
    }
    return credential.contains(token) || basic(credential);
  }

  private boolean basic(String credential) {
    String whole = "a@example.org:" + token;
    return credential.endsWith(
        java.util.Base64.getEncoder()
            .encodeToString(whole.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  private Reply faulty(String query) {
    if (fault == Fault.PLACE_LOST && Dialect.place(query) != null) {
      return Reply.of(400, "{\"error\":\"cursor expired\"}");
    }
    return OnTheWay.reply(fault, request == faultyPage, clock.instant(), page(query));
  }

  private Reply page(String query) {
    String place = lasts && fault == Fault.SAME_PLACE_AGAIN ? null : Dialect.place(query);
    if (dialect.hasOpaqueCursor() && place != null && !place.startsWith("e" + era + "-")) {
      return Reply.of(400, "{\"error\":\"cursor expired\"}");
    }
    List<Item> all = visible(Dialect.since(query));
    List<Item> rest = all.stream().filter(item -> comesAfter(item, place, all)).toList();
    List<Item> shown = rest.subList(0, Math.min(PAGE, rest.size()));
    boolean more = rest.size() > shown.size() || (lasts && fault == Fault.SAME_PLACE_AGAIN);
    boolean named = more && !shown.isEmpty() && !(lasts && fault == Fault.NEXT_NOT_NAMED);
    String next = named ? cursor(shown.get(shown.size() - 1)) : null;
    int left = (dialect == Dialect.REDMINE ? rest.size() : all.size()) + lie();
    if (lasts && fault == Fault.PAGES_SHIFT && request < 3) {
      world.touchOldest(clock.instant());
    }
    return Reply.json(dialect.page(items(shown), next, left));
  }

  private List<Item> visible(@Nullable Instant since) {
    Instant shown = lasts && fault == Fault.INDEX_LAGS ? clock.instant().minus(LAG) : Instant.MAX;
    if (lasts && fault == Fault.NO_ROWS) {
      return List.of();
    }
    return world.items().stream()
        .map(this::byItsClock)
        .filter(item -> dialect.flagsDeletes() || !item.deleted())
        .filter(item -> since == null || !item.updatedAt().isBefore(since))
        .filter(item -> !item.updatedAt().isAfter(shown))
        .sorted(dialect == Dialect.REDMINE ? BY_ID : BY_CHANGE)
        .toList();
  }

  private Item byItsClock(Item item) {
    return fault == Fault.CLOCK_AHEAD ? item.changedAt(item.updatedAt().plus(AHEAD)) : item;
  }

  private boolean comesAfter(Item item, @Nullable String place, List<Item> all) {
    if (place == null) {
      return true;
    }
    return switch (dialect) {
      case REDMINE -> item.id() >= Integer.parseInt(place);
      case OFFSET -> all.indexOf(item) >= Integer.parseInt(place);
      case PIPEDRIVE, JIRA -> {
        String[] parts = place.split("-");
        Instant last = Instant.ofEpochMilli(Long.parseLong(parts[1]));
        int order = item.updatedAt().compareTo(last);
        yield order > 0 || (order == 0 && item.id() > Integer.parseInt(parts[2]));
      }
    };
  }

  private String cursor(Item last) {
    return "e%d-%d-%d".formatted(era, last.updatedAt().toEpochMilli(), last.id());
  }

  private int lie() {
    if (!lasts) {
      return 0;
    }
    return fault == Fault.TOTAL_TOO_HIGH ? 2 : fault == Fault.TOTAL_TOO_LOW ? -1 : 0;
  }

  private String items(List<Item> shown) {
    ZoneOffset zone = fault == Fault.OTHER_ZONE ? ZoneOffset.ofHours(9) : ZoneOffset.UTC;
    String all =
        shown.stream().map(item -> dialect.item(item, zone)).collect(Collectors.joining(","));
    if (fault == Fault.LOCAL_TIMES) {
      return TIME.matcher(all).replaceAll(time -> local(time.group()));
    }
    if (!lasts) {
      return all;
    }
    return switch (fault) {
      case VALUE_DROPPED ->
          all.replaceAll("\"(value|worth|customfield_10016)\":[0-9.]+", "\"$1\":null");
      case TYPE_CHANGED ->
          all.replaceAll("\"(add_time|created|created_on)\":\"[^\"]*\"", "\"$1\":\"soon\"");
      case FIELD_DROPPED -> all.replaceAll("\"id\":\"?\\d+\"?,", "");
      case TWICE ->
          dialect.tellsTotal() || shown.isEmpty()
              ? all
              : all + "," + dialect.item(shown.get(0), zone);
      default -> all;
    };
  }

  private static String local(String time) {
    return LocalDateTime.ofInstant(Instant.parse(time), ZoneId.of(NEW_YORK)).toString();
  }

  @Override
  public String toString() {
    return name();
  }
}
