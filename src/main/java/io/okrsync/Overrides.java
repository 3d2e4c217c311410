package io.okrsync;

import static java.util.Objects.requireNonNull;

import io.okrsync.audit.Why;
import io.okrsync.okr.Statement;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What people put in place of the value of one key result, and until when. */
final class Overrides {
  private final List<Statement> all;

  /**
   * @param statements about all key results, in order
   */
  Overrides(String keyResult, List<Statement> statements) {
    this.all =
        statements.stream()
            .filter(it -> it.kind() == Statement.Kind.OVERRIDE)
            .filter(it -> it.keyResult().equals(keyResult))
            .toList();
  }

  /** The one that holds at a moment. */
  Optional<Statement> at(Instant moment) {
    return last(moment).filter(it -> it.holds(moment));
  }

  private Optional<Statement> last(Instant moment) {
    return all.stream().filter(it -> !it.at().isAfter(moment)).reduce((one, later) -> later);
  }

  /** When the last one up to a moment began or ceased to hold. */
  Optional<Instant> lastChange(Instant moment) {
    return last(moment).stream()
        .flatMap(it -> Stream.of(Optional.of(it.at()), Optional.ofNullable(it.until())))
        .flatMap(Optional::stream)
        .filter(it -> !it.isAfter(moment))
        .max(Comparator.naturalOrder());
  }

  /** What is shown at a moment at which this was read. */
  BigDecimal shown(Instant moment, BigDecimal read) {
    return at(moment).map(Overrides::value).orElse(read);
  }

  /**
   * What adds to the change of what was read to make it the change of what was shown: an override
   * that does not hold any more takes away by how much it differed, one that holds now adds that.
   */
  List<Effect> effects(Instant from, BigDecimal readThen, Instant to, BigDecimal readNow) {
    Optional<Statement> then = at(from);
    Optional<Statement> now = at(to);
    List<Effect> effects = new ArrayList<>();
    if (then.isPresent() && then.equals(now)) {
      add(effects, readThen.subtract(readNow), told(now.get()) + "; it hides what is read");
      return effects;
    }
    then.ifPresent(
        it -> add(effects, readThen.subtract(value(it)), told(it) + "; " + ended(it, to)));
    now.ifPresent(it -> add(effects, value(it).subtract(readNow), told(it)));
    return effects;
  }

  private static void add(List<Effect> effects, BigDecimal amount, String text) {
    if (amount.signum() != 0) {
      effects.add(Effect.of(Why.OVERRIDE, amount, text));
    }
  }

  private static BigDecimal value(Statement holding) {
    return requireNonNull(holding.value(), "one that holds has a value");
  }

  private static String told(Statement it) {
    return "%s until %s by %s: %s"
        .formatted(value(it).toPlainString(), it.until(), it.by(), it.reason());
  }

  private String ended(Statement held, Instant to) {
    return all.stream()
        .skip(all.indexOf(held) + 1L)
        .filter(it -> !it.at().isAfter(to))
        .filter(it -> held.holds(it.at()))
        .findFirst()
        .map(
            it ->
                "%s by %s: %s"
                    .formatted(it.value() == null ? "ended" : "replaced", it.by(), it.reason()))
        .orElse("expired");
  }
}
