package io.okrsync;

import static java.util.Objects.requireNonNull;

import io.okrsync.audit.Explanation.RecordPart;
import io.okrsync.audit.Why;
import io.okrsync.formula.Evaluation;
import io.okrsync.formula.MeasureUse;
import io.okrsync.measure.Contribution;
import io.okrsync.measure.ContributionChange;
import io.okrsync.measure.Reading;
import io.okrsync.measure.Shares;
import io.okrsync.store.Evidence;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rule by which a change of measures becomes amounts of the value. The measures change one
 * after the other in the order in which the formula names them; each adds what the value changes
 * by, and its records share that in proportion to what they changed the measure by. Where there is
 * no value in between, the next measures are taken together with it, and all their records share
 * equally.
 */
final class Attribution {
  private final Evidence evidence;
  private final Function<Map<MeasureUse, Reading>, Evaluation> formula;
  private final Map<MeasureUse, Reading> state;
  private final BigDecimal last;
  private final List<Effect> effects = new ArrayList<>();
  private final Map<Long, Instant> publishedBefore = new HashMap<>();
  private BigDecimal value;

  /**
   * @param formula what it comes to
   * @param state what the formula is given at first
   * @param value what it comes to then
   * @param last what it comes to in the end
   */
  Attribution(
      Evidence evidence,
      Function<Map<MeasureUse, Reading>, Evaluation> formula,
      Map<MeasureUse, Reading> state,
      BigDecimal value,
      BigDecimal last) {
    this.evidence = evidence;
    this.formula = formula;
    this.state = new LinkedHashMap<>(state);
    this.value = value;
    this.last = last;
  }

  List<Effect> effects() {
    return effects;
  }

  /** What the formula comes to after all changes so far. */
  BigDecimal value() {
    return value;
  }

  void change(List<MeasureMove> all) {
    List<MeasureMove> together = new ArrayList<>();
    for (MeasureMove each : all) {
      together.add(each);
      Map<MeasureUse, Reading> next = new LinkedHashMap<>(state);
      together.forEach(it -> it.applyTo(next));
      if (formula.apply(next) instanceof Evaluation.Value found) {
        changed(together, found.value());
        together.clear();
      }
    }
    if (!together.isEmpty()) {
      changed(together, last);
    }
  }

  private void changed(List<MeasureMove> together, BigDecimal to) {
    BigDecimal whole = to.subtract(value);
    List<MeasureMove> unnamed = together.stream().filter(it -> it.moves().isEmpty()).toList();
    int records = together.stream().mapToInt(it -> it.moves().map(List::size).orElse(0)).sum();
    if (!unnamed.isEmpty()) {
      unnamed(unnamed.get(0), whole);
    } else if (records == 0) {
      unnamed(together.get(0), whole);
    } else if (together.size() > 1) {
      share(together, Shares.split(whole, Collections.nCopies(records, BigDecimal.ONE)));
    } else {
      share(together, amounts(together.get(0), whole));
    }
    together.forEach(it -> it.applyTo(state));
    value = to;
  }

  private List<BigDecimal> amounts(MeasureMove move, BigDecimal whole) {
    Reading now = readNow(move);
    Reading next = move.to() == null ? nothing(move) : move.to();
    BigDecimal from = now.value();
    BigDecimal to = next.value();
    List<BigDecimal> weights =
        Shares.of(
            move.measure().definition().aggregate(),
            from,
            to,
            next.records(),
            move.moves().orElseThrow().stream().map(RecordMoves.Move::change).toList());
    return from != null && to != null && from.compareTo(to) == 0
        ? Shares.scaled(whole, slope(move.use(), now, from), weights)
        : Shares.split(whole, weights);
  }

  /** A key of which nothing is read is nothing to add to, as in the formula. */
  private Reading readNow(MeasureMove move) {
    return state.getOrDefault(move.use(), nothing(move));
  }

  private static Reading nothing(MeasureMove move) {
    return Reading.ofNothing(move.measure().definition(), move.use().window());
  }

  /**
   * What one more of a measure does to the value: how records are weighed that outweigh each other.
   */
  private BigDecimal slope(MeasureUse use, Reading now, BigDecimal from) {
    Map<MeasureUse, Reading> next = new LinkedHashMap<>(state);
    next.put(
        use,
        new Reading(now.measure(), now.window(), now.records(), from.add(BigDecimal.ONE), null));
    return formula.apply(next) instanceof Evaluation.Value more
        ? more.value().subtract(value)
        : BigDecimal.ZERO;
  }

  private void share(List<MeasureMove> together, List<BigDecimal> amounts) {
    int place = 0;
    for (MeasureMove each : together) {
      Set<String> gone = gone(each);
      Set<String> late = late(each);
      for (RecordMoves.Move move : each.moves().orElseThrow()) {
        effects.add(effect(each, move, amounts.get(place++), gone, late));
      }
    }
  }

  private Effect effect(
      MeasureMove each,
      RecordMoves.Move move,
      BigDecimal amount,
      Set<String> gone,
      Set<String> late) {
    ContributionChange change = move.change();
    Contribution latest = change.latest();
    boolean byRecords = each.why() != Why.TIME && each.why() != Why.RATES;
    Why why = byRecords ? why(move, gone, late) : each.why();
    RecordPart record =
        new RecordPart(
            each.source(),
            latest.recordId(),
            byRecords ? move.run() : null,
            latest.at(),
            change.before() == null ? null : change.before().value(),
            change.after() == null ? null : change.after().value(),
            amount,
            null,
            null);
    String use = each.use().toString();
    return new Effect(why, use, each.configVersion(), why.words(), amount, 1, record);
  }

  private static Why why(RecordMoves.Move move, Set<String> gone, Set<String> late) {
    if (move.byKey()) {
      return Why.KEY;
    }
    String record = move.change().latest().recordId();
    if (move.change().after() == null) {
      return gone.contains(record) ? Why.DELETED : Why.LEFT;
    }
    if (move.change().before() != null) {
      return Why.CHANGED;
    }
    return late.contains(record) ? Why.LATE : Why.ENTERED;
  }

  /** Those that begin to count, were not known before, and should have been. */
  private Set<String> late(MeasureMove each) {
    Map<String, Instant> entered = new HashMap<>();
    for (RecordMoves.Move move : each.moves().orElseThrow()) {
      Contribution now = move.change().after();
      if (now != null && now.at() != null && move.change().before() == null) {
        entered.put(now.recordId(), now.at());
      }
    }
    if (entered.isEmpty() || each.since() == null) {
      return Set.of();
    }
    Set<String> late = new TreeSet<>();
    evidence
        .firstRuns(each.source(), entered.keySet())
        .forEach(
            (record, run) -> {
              boolean isOverdue =
                  requireNonNull(entered.get(record)).isBefore(begunBefore(each.source(), run));
              if (run > each.since() && isOverdue) {
                late.add(record);
              }
            });
    return late;
  }

  private Instant begunBefore(String source, long run) {
    return publishedBefore.computeIfAbsent(
        run, it -> evidence.publishedBefore(source, it).orElse(Instant.MIN));
  }

  private Set<String> gone(MeasureMove each) {
    Set<String> left =
        each.moves().orElseThrow().stream()
            .filter(it -> it.change().after() == null)
            .map(it -> it.change().latest().recordId())
            .collect(Collectors.toCollection(TreeSet::new));
    return left.isEmpty() || each.until() == null
        ? Set.of()
        : evidence.gone(each.source(), left, each.until());
  }

  private void unnamed(MeasureMove each, BigDecimal amount) {
    if (amount.signum() != 0) {
      Why why = each.moves().isPresent() ? Why.OTHER : each.why();
      String use = each.use().toString();
      long records = each.to() == null ? 0 : each.to().records();
      effects.add(new Effect(why, use, each.configVersion(), why.words(), amount, records, null));
    }
  }
}
