package io.okrsync.web;

import io.okrsync.audit.Belief;
import io.okrsync.okr.Standing;
import io.okrsync.okr.Statement;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was believed of a key result at a moment, as lines for a terminal. */
public final class BeliefText {
  private BeliefText() {}

  /**
   * Such as:
   *
   * <pre>
   * revenue: 65 USD, read 2026-11-21T04:00:00Z (reading 3); +2 since
   *   Win 100 USD: asked for 0 to 100 USD, 65% done, weight 1
   * </pre>
   */
  public static String of(Belief belief) {
    Standing then = belief.standing();
    return "%s: %s%s%n  %s: %s"
        .formatted(
            then.keyResult().id(),
            listed(
                Stream.of(
                    Optional.of(value(then.value(), then)),
                    Optional.ofNullable(then.marks().override()).map(BeliefText::put),
                    then.isClosed() ? Optional.of("final") : Optional.<String>empty(),
                    read(belief),
                    later(then),
                    Optional.ofNullable(then.reason()))),
            since(belief),
            then.keyResult().title(),
            listed(
                Stream.of(
                    Optional.of("asked for " + new GoalText(then).asked()),
                    Optional.ofNullable(then.progress()).map(it -> Figures.percent(it) + " done"),
                    Optional.of("weight " + Figures.readable(then.weight())))));
  }

  private static String listed(Stream<Optional<String>> parts) {
    return parts.flatMap(Optional::stream).collect(Collectors.joining(", "));
  }

  private static String value(@Nullable BigDecimal value, Standing then) {
    return value == null
        ? "no value"
        : (value.toPlainString() + " " + then.keyResult().unit()).strip();
  }

  private static String put(Statement override) {
    return "put by %s until %s in place of what is read: %s"
        .formatted(override.by(), override.until(), override.reason());
  }

  private static Optional<String> read(Belief belief) {
    Standing then = belief.standing();
    BigDecimal otherwise = then.marks().override() == null ? null : then.otherwise();
    return Optional.ofNullable(belief.since())
        .map(
            it ->
                (otherwise == null ? "" : otherwise.toPlainString() + " was ")
                    + "read %s (reading %d)".formatted(it, belief.reading()));
  }

  /** What had become of a final value by then. */
  private static Optional<String> later(Standing then) {
    return then.marks().override() == null && then.isClosed()
        ? Optional.ofNullable(then.otherwise()).map(it -> it.toPlainString() + " was read by then")
        : Optional.empty();
  }

  private static String since(Belief belief) {
    BigDecimal change = belief.change();
    if (change == null) {
      return "";
    }
    return change.signum() == 0
        ? "; unchanged since"
        : "; %s%s since%s"
            .formatted(
                change.signum() > 0 ? "+" : "",
                change.toPlainString(),
                belief.isRestated() ? ", restated after the end of its cycle" : "");
  }
}
