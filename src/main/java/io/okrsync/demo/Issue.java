package io.okrsync.demo;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work in the simulated issue tracker. It is born waiting, is started, perhaps reviewed,
 * resolved, now and then opened again; a deleted one is gone without a trace. All times are whole
 * milliseconds, as the vendor's.
 */
public final class Issue {

  /** What never changes about an issue. */
  record Report(
      int id,
      int number,
      Tracker.Project project,
      Tracker.Type type,
      String summary,
      List<String> labels,
      Person reporter,
      @Nullable Person assignee,
      Instant created,
      @Nullable LocalDate due) {}

  private final Report report;
  private Tracker.Priority priority;
  private Tracker.Status status;
  private @Nullable BigDecimal points;
  private Instant updated;
  private Instant categoryChanged;
  private @Nullable Instant started;
  private @Nullable Instant resolved;
  private Tracker.@Nullable Resolution resolution;
  private boolean deleted;

  Issue(Report report, Tracker.Priority priority, @Nullable BigDecimal points) {
    this.report = report;
    this.priority = priority;
    this.points = points;
    this.status = report.project().waiting();
    this.updated = report.created();
    this.categoryChanged = report.created();
  }

  Issue(Issue other) {
    this.report = other.report;
    this.priority = other.priority;
    this.status = other.status;
    this.points = other.points;
    this.updated = other.updated;
    this.categoryChanged = other.categoryChanged;
    this.started = other.started;
    this.resolved = other.resolved;
    this.resolution = other.resolution;
    this.deleted = other.deleted;
  }

  void start(Instant at) {
    started = moveTo(report.project().working(), at);
  }

  void review(Instant at) {
    moveTo(report.project().reviewing(), at);
  }

  void resolve(Tracker.Resolution how, Instant at) {
    resolved = moveTo(report.project().done(), at);
    resolution = how;
  }

  void reopen(Instant at) {
    moveTo(report.project().working(), at);
    resolved = null;
    resolution = null;
  }

  void estimate(BigDecimal newPoints, Instant at) {
    points = newPoints;
    touch(at);
  }

  void prioritise(Tracker.Priority newPriority, Instant at) {
    priority = newPriority;
    touch(at);
  }

  /** Somebody wrote a comment: nothing of interest, but it has changed. */
  void comment(Instant at) {
    touch(at);
  }

  void delete() {
    deleted = true;
  }

  private Instant moveTo(Tracker.Status next, Instant at) {
    Instant when = touch(at);
    if (next.category() != status.category()) {
      categoryChanged = when;
    }
    status = next;
    return when;
  }

  private Instant touch(Instant at) {
    updated = at.truncatedTo(ChronoUnit.MILLIS);
    return updated;
  }

  /** Number that stays when an issue moves to another project. */
  public int id() {
    return report.id();
  }

  /** Key of the project and number in it, such as {@code APP-17}. */
  public String key() {
    return report.project().key() + "-" + report.number();
  }

  public String projectKey() {
    return report.project().key();
  }

  public String summary() {
    return report.summary();
  }

  /** Bug, Story or Task. */
  public String type() {
    return report.type().name();
  }

  /** Highest, High, Medium, Low or Lowest. */
  public String priorityName() {
    return priority.name();
  }

  /** As the project's people call it: Indonesian in one project, English in the other. */
  public String statusName() {
    return status.name();
  }

  /** {@code new}, {@code indeterminate} or {@code done}. */
  public String categoryKey() {
    return status.category().key();
  }

  public List<String> labels() {
    return report.labels();
  }

  /** The estimate; null where there is none, as with bugs. */
  public @Nullable BigDecimal points() {
    return points;
  }

  public Instant created() {
    return report.created();
  }

  public Instant updated() {
    return updated;
  }

  /** When work on it began; null before that. */
  public @Nullable Instant started() {
    return started;
  }

  /** When it was resolved; null unless it is resolved now. */
  public @Nullable Instant resolved() {
    return resolved;
  }

  /** The last day on which it should be resolved; null where none was set. */
  public @Nullable LocalDate due() {
    return report.due();
  }

  /** Done, Won't Do or Duplicate; null unless it is resolved now. */
  public @Nullable String resolutionName() {
    return resolution == null ? null : resolution.name();
  }

  Report report() {
    return report;
  }

  Tracker.Priority priority() {
    return priority;
  }

  Tracker.Status status() {
    return status;
  }

  Tracker.@Nullable Resolution resolution() {
    return resolution;
  }

  Instant categoryChanged() {
    return categoryChanged;
  }

  boolean deleted() {
    return deleted;
  }

  boolean isBeingWorkedOn() {
    return status.equals(report.project().working());
  }

  /** Whether it has an estimate that may still change. */
  boolean isEstimated() {
    return points != null && resolved == null;
  }
}
