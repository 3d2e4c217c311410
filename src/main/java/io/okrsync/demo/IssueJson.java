package io.okrsync.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Issues as Jira Cloud v3 writes them, as far as a client asked for their fields. */
final class IssueJson {
  /** The estimate; custom fields have numbers that differ from site to site. */
  static final String POINTS = "customfield_10016";

  /** The day on which work began. */
  static final String START_DATE = "customfield_10015";

  private static final String EXPAND =
      "operations,versionedRepresentations,editmeta,changelog,renderedFields";
  private static final List<String> ALL = List.of("*all", "*navigable");

  /** In the zone of the user who asks, and without a colon in the offset. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxx").withZone(OfficeHours.ZONE);

  private final String api;
  private final List<String> fields;

  /**
   * @param origin the address of the site
   * @param fields names as in the request; none means only the id
   */
  IssueJson(String origin, List<String> fields) {
    this.api = origin + "/rest/api/3/";
    this.fields = fields;
  }

  /** Whether the answers are so small that a page may have thousands of them. */
  boolean isBrief() {
    return fields.stream().allMatch(field -> field.equals("id") || field.equals("key"));
  }

  ObjectNode issue(Issue issue) {
    ObjectNode json = Json.object();
    if (fields.stream().allMatch("id"::equals)) {
      return json.put("id", String.valueOf(issue.id()));
    }
    json.put("expand", EXPAND);
    json.put("id", String.valueOf(issue.id()));
    json.put("self", api + "issue/" + issue.id());
    json.put("key", issue.key());
    if (!isBrief()) {
      ObjectNode all = all(issue);
      all.retain(all.properties().stream().map(f -> f.getKey()).filter(this::isWanted).toList());
      json.set("fields", all);
    }
    return json;
  }

  private boolean isWanted(String field) {
    if (fields.contains("-" + field)) {
      return false;
    }
    boolean onlyExclusions = fields.stream().allMatch(name -> name.startsWith("-"));
    return onlyExclusions || fields.contains(field) || fields.stream().anyMatch(ALL::contains);
  }

  private ObjectNode all(Issue issue) {
    Issue.Report report = issue.report();
    ObjectNode json = Json.object();
    json.put("summary", issue.summary());
    json.set("issuetype", type(report.type()));
    json.set("project", project(report.project()));
    json.set("status", status(issue.status()));
    json.put("statuscategorychangedate", time(issue.categoryChanged()));
    json.set("priority", named("priority", issue.priority().id(), issue.priority().name()));
    ArrayNode labels = json.putArray("labels");
    issue.labels().forEach(labels::add);
    json.set("assignee", person(report.assignee()));
    json.set("reporter", person(report.reporter()));
    json.set("creator", person(report.reporter()));
    json.put("created", time(issue.created()));
    json.put("updated", time(issue.updated()));
    json.put("duedate", issue.due() == null ? null : issue.due().toString());
    json.set("resolution", resolution(issue.resolution()));
    json.put("resolutiondate", time(issue.resolved()));
    json.putNull("description");
    json.put(START_DATE, day(issue.started()));
    json.put(POINTS, issue.points());
    return json;
  }

  private ObjectNode type(Tracker.Type type) {
    return named("issuetype", type.id(), type.name())
        .put("subtask", false)
        .put("hierarchyLevel", 0);
  }

  private ObjectNode project(Tracker.Project project) {
    return named("project", project.id(), project.name())
        .put("key", project.key())
        .put("projectTypeKey", "software")
        .put("simplified", false);
  }

  private ObjectNode status(Tracker.Status status) {
    Tracker.Category category = status.category();
    ObjectNode json = named("status", status.id(), status.name()).put("description", "");
    json.putObject("statusCategory")
        .put("self", api + "statuscategory/" + category.id())
        .put("id", category.id())
        .put("key", category.key())
        .put("colorName", category.color())
        .put("name", category.label());
    return json;
  }

  private @Nullable JsonNode resolution(Tracker.@Nullable Resolution resolution) {
    if (resolution == null) {
      return null;
    }
    return named("resolution", resolution.id(), resolution.name())
        .put("description", resolution.description());
  }

  private @Nullable ObjectNode person(@Nullable Person person) {
    return person == null ? null : user(person, api);
  }

  /** Somebody, as in an issue and as in {@code /myself}. */
  static ObjectNode user(Person person, String api) {
    return Json.object()
        .put("self", api + "user?accountId=" + person.accountId())
        .put("accountId", person.accountId())
        .put("emailAddress", person.email())
        .put("displayName", person.name())
        .put("active", true)
        .put("timeZone", OfficeHours.ZONE.getId())
        .put("accountType", "atlassian");
  }

  private ObjectNode named(String what, int id, String name) {
    return Json.object()
        .put("self", api + what + "/" + id)
        .put("id", String.valueOf(id))
        .put("name", name);
  }

  private static @Nullable String time(@Nullable Instant at) {
    return at == null ? null : TIME.format(at);
  }

  private static @Nullable String day(@Nullable Instant at) {
    LocalDate day = at == null ? null : OfficeHours.day(at);
    return day == null ? null : day.toString();
  }
}
