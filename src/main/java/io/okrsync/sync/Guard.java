package io.okrsync.sync;

import io.okrsync.okr.KeyResultChange;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much one run may change before a person must look at it. It never doubts the first values,
 * nor that fewer than {@value #FEWEST} records are removed or replaced, which is a share of little.
 *
 * @param drop the share of known records that a run may remove, 0 to 1; 1 doubts nothing
 * @param jump the share of its value before by which a key result may move; null doubts nothing
 */
public record Guard(BigDecimal drop, @Nullable BigDecimal jump) {
  /** The least number of removed or replaced records that is suspicious. */
  public static final int FEWEST = 10;

  /** What holds for a source that says nothing else. */
  public static final Guard STANDARD = new Guard(new BigDecimal("0.20"), null);

  private static final int DIGITS = 10;
  private static final int MOVES_TOLD = 5;

  public Guard {
    if (drop.signum() < 0 || drop.compareTo(BigDecimal.ONE) > 0) {
      throw new IllegalArgumentException("drop must be 0% to 100%");
    }
    if (jump != null && jump.signum() <= 0) {
      throw new IllegalArgumentException("jump must be more than 0%; leave it out to allow any");
    }
  }

  /**
   * Why the run should not be published unseen; empty where nothing speaks against it.
   *
   * @param run as it would be published
   * @param known how many records were known before
   * @param missed how many of them it did not bring that count on until another look
   * @param changes what would move with it
   * @param before what speaks against it already
   */
  public Optional<String> doubt(
      SyncRun run, long known, long missed, List<KeyResultChange> changes, List<String> before) {
    List<String> doubts = new ArrayList<>(before);
    long removed = run.counts().removed();
    if (isTooMuch(removed, known)) {
      doubts.add(
          "it would remove %d of %d records, %s, and guard.drop is %s"
              .formatted(removed, known, percent(share(removed, known)), percent(drop)));
    }
    long replaced = Math.min(missed, run.counts().created());
    if (isTooMuch(replaced, known)) {
      doubts.add(
          "%d of %d records did not come and %d others did, as where ids have changed; both would count until another look, and guard.drop is %s"
              .formatted(missed, known, run.counts().created(), percent(drop)));
    }
    changes.forEach(change -> jump(change).ifPresent(doubts::add));
    if (doubts.isEmpty()) {
      return Optional.empty();
    }
    doubts.addAll(otherMoves(changes));
    return Optional.of(String.join("; ", doubts));
  }

  private boolean isTooMuch(long records, long known) {
    return known > 0 && records >= FEWEST && share(records, known).compareTo(drop) > 0;
  }

  private static BigDecimal share(long records, long known) {
    return share(BigDecimal.valueOf(records), BigDecimal.valueOf(known));
  }

  private Optional<String> jump(KeyResultChange change) {
    BigDecimal from = change.from();
    BigDecimal to = change.to();
    if (jump == null || from == null || to == null || from.signum() == 0) {
      return Optional.empty();
    }
    BigDecimal share = share(to.subtract(from).abs(), from.abs());
    if (share.compareTo(jump) <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        "it would move %s, by %s, and guard.jump is %s"
            .formatted(move(change), percent(share), percent(jump)));
  }

  /** What else comes with it, for whoever decides: the first of them, and how many more. */
  private List<String> otherMoves(List<KeyResultChange> changes) {
    List<String> moves =
        changes.stream()
            .filter(it -> it.reason() == null && jump(it).isEmpty())
            .filter(it -> it.from() == null || it.from().compareTo(it.to()) != 0)
            .map(it -> "it would move " + move(it))
            .toList();
    List<String> told = new ArrayList<>(moves.subList(0, Math.min(MOVES_TOLD, moves.size())));
    if (moves.size() > MOVES_TOLD) {
      told.add("and %d more".formatted(moves.size() - MOVES_TOLD));
    }
    return told;
  }

  private static String move(KeyResultChange change) {
    return "%s from %s to %s"
        .formatted(change.keyResult(), plain(change.from()), plain(change.to()));
  }

  private static String plain(@Nullable BigDecimal value) {
    return value == null ? "nothing" : value.stripTrailingZeros().toPlainString();
  }

  private static BigDecimal share(BigDecimal part, BigDecimal whole) {
    return part.divide(whole, DIGITS, RoundingMode.HALF_UP);
  }

  private static String percent(BigDecimal share) {
    BigDecimal percent = share.movePointRight(2).setScale(1, RoundingMode.HALF_UP);
    return percent.stripTrailingZeros().toPlainString() + "%";
  }
}
