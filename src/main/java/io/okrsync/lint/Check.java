package io.okrsync.lint;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The checks there are: how each comes, and the reason the articles give, in our words. */
public enum Check {
  OBJECTIVE_NUMBER(
      Level.NOTE,
      "An objective says where to go and why; how far is said by its key results. Some articles put"
          + " numbers into objectives, so switch this off if yours do."),
  OBJECTIVE_VERB(
      Level.NOTE,
      "An objective says what is to be done: 'market research' may be begun, improved or dropped."),
  OBJECTIVE_SHORT(
      Level.NOTE,
      "Two or three words without a reason move nobody; say what it is for: 'to …', 'so that …',"
          + " 'untuk …', 'agar …'."),
  OBJECTIVE_LONG(Level.NOTE, "What every member is to remember has to be short."),
  OBJECTIVE_VAGUE(
      Level.NOTE, "'More' or 'better' alone leaves open of what, and when it is enough."),
  OBJECTIVE_STEPS(
      Level.WARNING,
      "A list of steps is a plan. An objective is what the plan is for; steps are initiatives."),
  OBJECTIVE_COUNT(Level.WARNING, "Whoever has too many objectives has none in focus."),
  OWNER_MISSING(
      Level.WARNING,
      "What belongs to everybody is done by nobody: name the team or person who answers for it."),
  KEY_RESULT_OWNER(
      Level.OFF,
      "One article wants a clear owner for every key result, too; others are content with that of"
          + " the objective."),
  CYCLE_LENGTH(
      Level.NOTE,
      "A quarter is usual and a year the most: in less than four weeks little can move, and beyond"
          + " a year nobody corrects course."),
  KEY_RESULT_COUNT(
      Level.WARNING,
      "One key result is easily gamed, and many scatter the effort; articles name two to five."),
  KEY_RESULT_REPEATED(Level.WARNING, "Two key results that say the same count one success twice."),
  KEY_RESULT_NO_NUMBER(
      Level.WARNING, "A key result is proof, so its sentence says the number that proves it."),
  KEY_RESULT_OTHER_NUMBER(
      Level.WARNING,
      "A sentence that promises another number than the target misleads whoever reads only one."),
  KEY_RESULT_ACTIVITY(
      Level.NOTE,
      "A key result is what changes for the business. Doing something is an initiative; count what"
          + " comes of it."),
  KEY_RESULT_LAUNCH(
      Level.NOTE,
      "A launch is a day in the calendar; what it brings is the result. Some articles count"
          + " launches among good key results, so switch this off if yours do."),
  KEY_RESULTS_ALL_ACTIVITIES(
      Level.WARNING,
      "If all key results count work that was done, all may be reached while nothing improves."),
  KEY_RESULT_VAGUE(
      Level.WARNING, "A word that two people understand differently cannot be measured."),
  KEY_RESULT_NO_METRIC(
      Level.WARNING,
      "A number needs something that is counted: 'performance by 50%' leaves open of what."),
  KEY_RESULT_TWO_CONDITIONS(
      Level.NOTE,
      "One key result has one condition; with two joined by 'and', half of it has no number."),
  KEY_RESULT_TASK_LIST(
      Level.WARNING, "A list of tasks is a plan; tasks are linked as initiatives and not scored."),
  KEY_RESULT_NO_COMPARISON(
      Level.WARNING,
      "'By 20%' says nothing until it is said of what: name the start, or the period compared"
          + " with."),
  KEY_RESULT_POINTS_OR_PERCENT(
      Level.NOTE,
      "From 20%, 'by 5%' may end at 21% or at 25%: say points, or from where to where."),
  KEY_RESULT_PERCENTAGE(
      Level.OFF,
      "One article prefers real numbers, since a share may rise while both its parts shrink; most"
          + " examples of the others are percentages."),
  KEY_RESULT_LONG(Level.NOTE, "A key result that needs a long sentence is two, or a plan."),
  BASELINE_MISSING(
      Level.WARNING,
      "Who wants to raise or cut something must know where it stands; a baseline of 0 scores what"
          + " was there before as success."),
  TARGET_NOT_AMBITIOUS(
      Level.NOTE, "A target within the usual ups and downs is reached by waiting.");

  private final Level standard;
  private final String reason;

  Check(Level standard, String reason) {
    this.standard = standard;
    this.reason = reason;
  }

  /** As it is written in YAML, such as {@code key-result-count}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** How it comes; never an error, since the articles do not agree. */
  public Level standard() {
    return standard;
  }

  public String reason() {
    return reason;
  }

  public static Optional<Check> named(String label) {
    return Arrays.stream(values()).filter(check -> check.label().equals(label)).findFirst();
  }
}
