package io.okrsync.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What can be asked about an issue in JQL: a field with its names. */
final class JqlField {
  private static final JqlField PROJECT =
      new JqlField(
          issue -> project(issue.report().project()),
          Tracker.PROJECTS.stream().flatMap(p -> project(p).stream()).toList(),
          "project");
  private static final JqlField TYPE =
      new JqlField(
          issue -> type(issue.report().type()),
          Tracker.TYPES.stream().flatMap(t -> type(t).stream()).toList(),
          "issuetype",
          "type");
  private static final JqlField STATUS =
      new JqlField(
          issue -> status(issue.status()),
          Tracker.PROJECTS.stream()
              .flatMap(p -> p.statuses().stream())
              .flatMap(s -> status(s).stream())
              .toList(),
          "status");
  private static final JqlField CATEGORY =
      new JqlField(
          issue -> category(issue.status().category()),
          Arrays.stream(Tracker.Category.values()).flatMap(c -> category(c).stream()).toList(),
          "statuscategory");
  private static final JqlField PRIORITY =
      new JqlField(
          issue -> priority(issue.priority()),
          Tracker.PRIORITIES.stream().flatMap(p -> priority(p).stream()).toList(),
          "priority");
  private static final JqlField RESOLUTION =
      new JqlField(
          issue -> resolution(issue.resolution()),
          Tracker.RESOLUTIONS.stream().flatMap(r -> resolution(r).stream()).toList(),
          "resolution");
  private static final JqlField LABELS = new JqlField(Issue::labels, List.of(), "labels");
  private static final JqlField ASSIGNEE =
      new JqlField(issue -> person(issue.report().assignee()), List.of(), "assignee");
  static final JqlField KEY =
      new JqlField(
          issue -> List.of(issue.key(), String.valueOf(issue.id())),
          List.of(),
          "key",
          "issuekey",
          "id");
  static final JqlField CREATED = new JqlField(Issue::created, "created", "createddate");
  private static final JqlField UPDATED = new JqlField(Issue::updated, "updated", "updateddate");
  private static final JqlField RESOLVED =
      new JqlField(Issue::resolved, "resolved", "resolutiondate");
  private static final JqlField DUE =
      new JqlField(issue -> midnight(issue.due()), "due", "duedate");

  private static final List<JqlField> ALL =
      List.of(
          PROJECT,
          TYPE,
          STATUS,
          CATEGORY,
          PRIORITY,
          RESOLUTION,
          LABELS,
          ASSIGNEE,
          KEY,
          CREATED,
          UPDATED,
          RESOLVED,
          DUE);

  private final List<String> names;
  private final @Nullable Function<Issue, List<String>> texts;
  private final List<String> known;
  private final @Nullable Function<Issue, @Nullable Instant> time;

  /**
   * A field that is compared as text. Other values than the known ones are refused; none: any is
   * fine.
   */
  JqlField(Function<Issue, List<String>> texts, List<String> known, String... names) {
    this.names = List.of(names);
    this.texts = texts;
    this.known = known;
    this.time = null;
  }

  /** A field that holds a time. */
  private JqlField(Function<Issue, @Nullable Instant> time, String... names) {
    this.names = List.of(names);
    this.texts = null;
    this.known = List.of();
    this.time = time;
  }

  static Optional<JqlField> named(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return ALL.stream().filter(field -> field.names.contains(lower)).findFirst();
  }

  /** The name that messages use. */
  String name() {
    return names.get(0);
  }

  boolean isTime() {
    return time != null;
  }

  @Nullable Instant time(Issue issue) {
    return time == null ? null : time.apply(issue);
  }

  Predicate<Issue> isEmpty() {
    return issue -> time == null ? texts(issue).isEmpty() : time(issue) == null;
  }

  /** Whether it has one of these values, by name, key or id, in any case. */
  Predicate<Issue> isAmong(List<String> values) {
    values.forEach(this::mustBeKnown);
    return issue ->
        texts(issue).stream().anyMatch(own -> values.stream().anyMatch(own::equalsIgnoreCase));
  }

  private void mustBeKnown(String value) {
    if (!known.isEmpty() && known.stream().noneMatch(value::equalsIgnoreCase)) {
      throw new Refused(
          "jql", "The value '" + value + "' does not exist for the field '" + name() + "'.");
    }
  }

  private List<String> texts(Issue issue) {
    return texts == null ? List.of() : texts.apply(issue);
  }

  private static List<String> project(Tracker.Project project) {
    return List.of(project.key(), project.name(), String.valueOf(project.id()));
  }

  private static List<String> type(Tracker.Type type) {
    return List.of(type.name(), String.valueOf(type.id()));
  }

  private static List<String> status(Tracker.Status status) {
    return List.of(status.name(), String.valueOf(status.id()));
  }

  private static List<String> category(Tracker.Category category) {
    return List.of(category.label(), category.key(), String.valueOf(category.id()));
  }

  private static List<String> priority(Tracker.Priority priority) {
    return List.of(priority.name(), String.valueOf(priority.id()));
  }

  private static List<String> resolution(Tracker.@Nullable Resolution resolution) {
    return resolution == null
        ? List.of()
        : List.of(resolution.name(), String.valueOf(resolution.id()));
  }

  private static List<String> person(@Nullable Person person) {
    return person == null ? List.of() : List.of(person.accountId(), person.name());
  }

  private static @Nullable Instant midnight(@Nullable LocalDate day) {
    return day == null ? null : day.atStartOfDay(OfficeHours.ZONE).toInstant();
  }
}
