package io.okrsync.config;

import io.okrsync.connector.Connector;
import io.okrsync.connector.ConnectorProblem;
import io.okrsync.connector.ConnectorProperty;
import io.okrsync.connector.Deletes;
import io.okrsync.connector.FreshnessLimits;
import io.okrsync.connector.KnownConnectors;
import io.okrsync.connector.Limits;
import io.okrsync.connector.OAuth2;
import io.okrsync.connector.RecordKind;
import io.okrsync.connector.Secret;
import io.okrsync.connector.Source;
import io.okrsync.lint.Level;
import io.okrsync.schedule.Comparisons;
import io.okrsync.schedule.Missed;
import io.okrsync.schedule.Schedule;
import io.okrsync.sync.Guard;
import io.okrsync.sync.Kept;
import io.okrsync.sync.Push;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes sources of what stands in {@code sources.yaml}. */
final class Sources {
  private static final Duration EVERY = Duration.ofMinutes(15);
  private static final ZoneId UTC = ZoneId.of("UTC");

  private final Context context;
  private final KnownConnectors connectors;
  private final Map<String, Source> sources = new LinkedHashMap<>();
  private final Map<String, RecordKind> kinds = new LinkedHashMap<>();
  private final Map<String, Schedule> schedules = new LinkedHashMap<>();
  private final Map<String, Comparisons> comparisons = new LinkedHashMap<>();
  private final Map<String, Guard> guards = new LinkedHashMap<>();
  private final Map<String, Kept> kept = new LinkedHashMap<>();
  private final List<Remark> remarks = new ArrayList<>();
  private final Set<String> names;
  private final boolean known;

  /**
   * @param file what stands in the file; empty where it could not be read
   * @param connectors what they may be read with
   */
  Sources(Optional<Section> file, Context context, KnownConnectors connectors) {
    this.context = context;
    this.connectors = connectors;
    Optional<Map<String, Section>> given = file.flatMap(section -> section.get(SourceKeys.SOURCES));
    this.known = given.isPresent();
    this.names = file.map(section -> section.names(SourceKeys.SOURCES)).orElse(Set.of());
    given.ifPresent(all -> all.forEach(this::add));
  }

  Map<String, Source> all() {
    return sources;
  }

  Map<String, Schedule> schedules() {
    return schedules;
  }

  Map<String, Comparisons> comparisons() {
    return comparisons;
  }

  Map<String, Guard> guards() {
    return guards;
  }

  Map<String, Kept> kept() {
    return kept;
  }

  /** What will keep a source from being read, at all or in time, and what does nothing. */
  List<Remark> remarks() {
    return remarks;
  }

  /** All names in the file, also of sources that have problems. */
  Set<String> names() {
    return names;
  }

  /** The kind of a source's records, also where the source has other problems. */
  Optional<RecordKind> kind(String name) {
    return Optional.ofNullable(kinds.get(name));
  }

  /** Whether a source of this name stands in the file, or may, as the file could not be read. */
  boolean mayExist(String name) {
    return !known || names.contains(name);
  }

  private void add(String name, Section section) {
    ZoneId zone = section.get(SourceKeys.ZONE).orElse(UTC);
    Optional<Connector> connector = connector(section);
    if (connector.map(Connector::isPushed).orElse(false)) {
      checkPushed(section);
    } else {
      schedule(section, zone).ifPresent(schedule -> schedules.put(name, schedule));
    }
    guard(section).ifPresent(guard -> guards.put(name, guard));
    kept(section).ifPresent(it -> kept.put(name, it));
    Optional<FreshnessLimits> freshness = freshness(section);
    connector.ifPresent(
        known -> {
          Optional<Source> source = source(name, section, known, zone, freshness);
          source.ifPresent(
              it -> {
                sources.put(name, it);
                comparisons.put(name, comparisons(section, known, it));
                Optional.ofNullable(schedules.get(name))
                    .map(schedule -> Feasibility.remarks(section, it, schedule))
                    .ifPresent(remarks::addAll);
              });
        });
  }

  /** Nobody asks it, so nothing tells how old it may be, unless somebody says so. */
  private void checkPushed(Section section) {
    for (Key<?> key :
        List.of(
            SourceKeys.EVERY,
            SourceKeys.CRON,
            SourceKeys.MISSED,
            SourceKeys.OVERLAP,
            SourceKeys.CENSUS,
            SourceKeys.RECONCILE)) {
      if (section.has(key)) {
        context
            .problems()
            .add(
                section.place(key.name()),
                "has no meaning here, since this source is not asked but sends by itself",
                "remove it");
      }
    }
    if (!section.has(SourceKeys.FRESHNESS)) {
      context.problem(
          section.node(),
          "needs the key 'freshness', since nothing else tells how often something is sent",
          "freshness: " + SourceKeys.FRESHNESS.example());
    }
  }

  /** Whoever guesses it can send; it is not looked at where another stands in for it. */
  private void checkSecret(Connector connector, Node.Mapping with, SourceSettings settings) {
    Secret secret = settings.secrets().get("secret");
    if (connector.isPushed()
        && secret != null
        && context.references().areReal()
        && secret.reveal().length() < Push.SHORTEST_SECRET) {
      context
          .problems()
          .add(
              with.place("secret"),
              "is too short a secret: it needs at least %d characters"
                  .formatted(Push.SHORTEST_SECRET),
              "make one with: openssl rand -hex 32");
    }
  }

  /** Not a problem: it may be mounted, or made by another program, before the first run. */
  private void checkPaths(
      String name, Connector connector, Node.Mapping with, SourceSettings settings) {
    for (ConnectorProperty property : connector.properties()) {
      String path = settings.plain().get(property.name());
      if (property.path() && path != null && context.references().areReal() && !isThere(path)) {
        remarks.add(
            new Remark(
                "path-missing",
                Level.WARNING,
                with.place(property.name())
                    .problem(
                        "names nothing that is there",
                        "runs of '%s' fail until there is such a file or folder; a relative path begins where OKR Sync is started"
                            .formatted(name))));
      }
    }
  }

  private static boolean isThere(String path) {
    try {
      return Files.exists(Path.of(path));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private Optional<Schedule> schedule(Section section, ZoneId zone) {
    Optional<String> cron = section.get(SourceKeys.CRON);
    Duration every = section.get(SourceKeys.EVERY).orElse(EVERY);
    Missed missed = section.get(SourceKeys.MISSED).orElse(Missed.LAST);
    Optional<Schedule> schedule =
        section.make(
            context,
            () -> new Schedule(cron.isPresent() ? null : every, cron.orElse(null), zone, missed));
    schedule.ifPresent(it -> checkComes(section.place(SourceKeys.CRON.name()), it));
    return schedule;
  }

  private void checkComes(Place place, Schedule schedule) {
    schedule.over(context.now()).ifPresent(why -> context.problems().add(place, why));
  }

  /** Where a deleted record just vanishes, only a comparison with all there is can notice. */
  private Comparisons comparisons(Section section, Connector connector, Source source) {
    boolean vanish = connector.deletes() == Deletes.CENSUS;
    boolean able = vanish && connector.listsIds(source);
    Times census = section.get(SourceKeys.CENSUS).orElse(able ? Times.DAILY : Times.NONE);
    if (!able && !census.equals(Times.NONE)) {
      Place place = section.place(SourceKeys.CENSUS.name());
      context
          .problems()
          .add(place, "is not possible with " + connector.name(), unable(connector, vanish));
    }
    Times standard = census.equals(Times.NONE) ? Times.DAILY : Times.WEEKLY;
    Times reconcile = section.get(SourceKeys.RECONCILE).orElse(vanish ? standard : Times.NONE);
    if (!connector.readsChanges(source)) {
      remarkNeedless(section, SourceKeys.CENSUS, source);
      remarkNeedless(section, SourceKeys.RECONCILE, source);
    }
    return new Comparisons(
        times(section, SourceKeys.CENSUS, census, source.zone()),
        times(section, SourceKeys.RECONCILE, reconcile, source.zone()));
  }

  private @Nullable Schedule times(Section section, Key<Times> key, Times times, ZoneId zone) {
    Schedule schedule = times.in(zone);
    if (schedule != null) {
      checkComes(section.place(key.name()), schedule);
    }
    return schedule;
  }

  private void remarkNeedless(Section section, Key<Times> key, Source source) {
    if (section.get(key).filter(it -> !it.equals(Times.NONE)).isPresent()) {
      remarks.add(
          new Remark(
              "comparison-needless",
              Level.NOTE,
              section
                  .place(key.name())
                  .problem(
                      "has no effect, since each run of '%s' reads everything"
                          .formatted(source.name()),
                      "it can be left out")));
    }
  }

  private static String unable(Connector connector, boolean vanish) {
    if (!vanish) {
      return "it shows deleted records itself";
    }
    return connector.ids() == null
        ? "it cannot list ids alone; reconcile reads everything"
        : "give its setting '%s', or reconcile".formatted(connector.ids());
  }

  private Optional<Guard> guard(Section section) {
    Optional<Section> given = section.get(SourceKeys.GUARD);
    if (given.isEmpty()) {
      return Optional.of(Guard.STANDARD);
    }
    Section limits = given.get();
    BigDecimal drop = limits.get(SourceKeys.DROP).orElse(Guard.STANDARD.drop());
    BigDecimal jump = limits.get(SourceKeys.JUMP).orElse(null);
    // each by itself first, so that the one hides no problem of the other
    boolean right =
        limits.tried(context, () -> new Guard(drop, null)).isPresent()
            & limits.tried(context, () -> new Guard(Guard.STANDARD.drop(), jump)).isPresent();
    return right ? Optional.of(new Guard(drop, jump)) : Optional.empty();
  }

  private Optional<Kept> kept(Section section) {
    return section
        .get(SourceKeys.RETENTION)
        .flatMap(it -> section.make(context, () -> new Kept(it)));
  }

  private Optional<OAuth2> oauth2(Section section) {
    return section
        .get(SourceKeys.OAUTH2)
        .flatMap(
            given ->
                given.make(
                    context,
                    () ->
                        new OAuth2(
                            given.need(SourceKeys.TOKEN_URL),
                            given.need(SourceKeys.CLIENT_ID),
                            given.need(SourceKeys.CLIENT_SECRET),
                            given.get(SourceKeys.REFRESH_TOKEN).orElse(null),
                            given.get(SourceKeys.SCOPE).orElse(null),
                            given.get(SourceKeys.IN_BODY).orElse(false))));
  }

  private static Limits requests(Section section) {
    return section
        .get(SourceKeys.REQUEST_LIMITS)
        .map(
            limits ->
                new Limits(
                    limits.get(SourceKeys.PER_MINUTE).orElse(null),
                    limits.get(SourceKeys.PER_DAY).orElse(null),
                    limits.get(SourceKeys.CONCURRENT).orElse(null)))
        .orElse(Limits.NONE);
  }

  private Optional<FreshnessLimits> freshness(Section section) {
    Optional<Section> given = section.get(SourceKeys.FRESHNESS);
    if (given.isPresent()) {
      Section limits = given.get();
      return limits.make(
          context,
          () -> new FreshnessLimits(limits.need(SourceKeys.WARN), limits.need(SourceKeys.ERROR)));
    }
    Duration every = section.get(SourceKeys.EVERY).orElse(EVERY);
    return every.isZero()
        ? Optional.empty()
        : Optional.of(new FreshnessLimits(every.multipliedBy(4), every.multipliedBy(24)));
  }

  private Optional<Connector> connector(Section section) {
    Optional<String> name = section.get(SourceKeys.CONNECTOR);
    Optional<Connector> connector = name.flatMap(connectors::named);
    if (name.isPresent() && connector.isEmpty()) {
      missing(name.get(), section.place(SourceKeys.CONNECTOR.name()));
    }
    return connector;
  }

  private void missing(String name, Place place) {
    List<ConnectorProblem> refusals = connectors.refusals(name);
    if (refusals.isEmpty()) {
      String hint = Names.hint(name, connectors.names());
      context.problems().add(place, "unknown connector '" + name + "'", hint);
      return;
    }
    String more = refusals.size() == 1 ? "" : "; and %d more".formatted(refusals.size() - 1);
    context
        .problems()
        .add(
            place,
            "the file of connector '" + name + "' is refused; correct it first",
            refusals.get(0) + more);
  }

  private Optional<Source> source(
      String name,
      Section section,
      Connector connector,
      ZoneId zone,
      Optional<FreshnessLimits> freshness) {
    Node.Mapping with =
        section
            .get(SourceKeys.WITH)
            .orElseGet(() -> new Node.Mapping(section.node().place(), Map.of()));
    SourceSettings settings =
        SourceSettings.read(name, connector, with, section.has(SourceKeys.OAUTH2), context);
    Optional<RecordKind> kind = kind(connector, with, settings);
    kind.ifPresent(known -> kinds.put(name, known));
    new SettingTexts(kind, context).check(connector, with);
    checkPaths(name, connector, with, settings);
    checkSecret(connector, with, settings);
    Duration overlap = section.get(SourceKeys.OVERLAP).orElse(connector.overlap());
    return kind.flatMap(
        of ->
            freshness.map(
                limits ->
                    new Source(
                        name,
                        connector.name(),
                        of,
                        Map.copyOf(settings.plain()),
                        Map.copyOf(settings.secrets()),
                        overlap,
                        limits,
                        zone,
                        requests(section),
                        oauth2(section).orElse(null))));
  }

  /** The connector's, or for one that reads any kind the one its setting {@code kind} names. */
  private Optional<RecordKind> kind(
      Connector connector, Node.Mapping with, SourceSettings settings) {
    if (connector.kind() != null) {
      return Optional.of(connector.kind());
    }
    String label = settings.plain().get("kind");
    Optional<RecordKind> kind = Optional.ofNullable(label).flatMap(RecordKind::labelled);
    if (kind.isEmpty() && label != null) {
      context
          .problems()
          .add(with.place("kind"), "is no kind of record", Names.hint(label, RecordKind.labels()));
    }
    return kind;
  }
}
