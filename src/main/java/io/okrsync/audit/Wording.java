package io.okrsync.audit;

import io.okrsync.okr.CheckIn;
import io.okrsync.okr.KeyResultChange;
import io.okrsync.okr.Statement;
import io.okrsync.sync.Counts;
import io.okrsync.sync.Difference;
import io.okrsync.sync.Differences;
import io.okrsync.sync.SyncRun;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The details of audit entries: written when something happens, and made again to check it. */
public final class Wording {
  private static final String SEAL = "; sealed ";
  private static final List<String> OF_READINGS =
      Stream.of(Action.KEY_RESULT_MOVED, Action.KEY_RESULT_RECOUNTED, Action.KEY_RESULT_MISSING)
          .map(Action::label)
          .toList();

  private Wording() {}

  /**
   * What an entry says of a run that ended, with the seal of all that is told of it.
   *
   * @param definition what decided what it read; null where it did not begin
   * @param versions what it did to versions of records; null where that is not told
   */
  public static String of(SyncRun run, @Nullable String definition, @Nullable String versions) {
    return inWords(run) + SEAL + RunSeal.of(run, definition, versions);
  }

  /** Whether an entry says this; those written before runs were sealed say less. */
  public static boolean tells(
      String detail, SyncRun run, @Nullable String definition, @Nullable String versions) {
    return detail.equals(detail.contains(SEAL) ? of(run, definition, versions) : inWords(run));
  }

  private static String inWords(SyncRun run) {
    Counts counts = run.counts();
    String words =
        "run %d: read %d, created %d, changed %d, unchanged %d, removed %d, rejected %d"
            .formatted(
                run.id(),
                counts.read(),
                counts.created(),
                counts.changed(),
                counts.unchanged(),
                counts.removed(),
                counts.rejected());
    return run.reason() == null ? words : words + "; " + run.reason();
  }

  /**
   * What an entry says of what a run found: each of the first, how many more, and a seal.
   *
   * @param seal of all, by {@link DifferencesSeal}
   */
  public static String of(SyncRun run, Differences found, String seal) {
    String first =
        found.first().stream().map(Difference::inWords).collect(Collectors.joining("; "));
    String more = found.more() == 0 ? "" : "; and %d more".formatted(found.more());
    return "run %d: %s%s%s%s".formatted(run.id(), first, more, SEAL, seal);
  }

  /** Whether an entry ends with this seal. */
  public static boolean endsWithSeal(String detail, String seal) {
    return detail.endsWith(SEAL + seal);
  }

  /**
   * What an entry calls it. A value that is missing has not moved, whatever is shown; nor has one
   * that other records, or another configuration, came to as well.
   */
  public static Action action(KeyResultChange change) {
    if (change.reason() != null) {
      return Action.KEY_RESULT_MISSING;
    }
    return isRecounted(change) ? Action.KEY_RESULT_RECOUNTED : Action.KEY_RESULT_MOVED;
  }

  /** Whether an entry with this action tells of a reading. */
  public static boolean isOfReading(String action) {
    return OF_READINGS.contains(action);
  }

  private static boolean isRecounted(KeyResultChange change) {
    return change.from() != null
        && change.to() != null
        && change.from().compareTo(change.to()) == 0;
  }

  /**
   * What an entry says of a configuration that was loaded.
   *
   * @param defined what its files came to, as canonical JSON, which is sealed
   */
  public static String configuration(long version, Iterable<String> files, String defined) {
    return "version %d: %s%s%s"
        .formatted(version, String.join(", ", files), SEAL, CanonicalJson.digest(defined));
  }

  /** What an entry says of a key result that moved, with the seal of the whole reading. */
  public static String of(KeyResultChange change, @Nullable Long run, long configVersion) {
    return moved(change, run) + SEAL + ReadingSeal.of(change, run, configVersion);
  }

  /** The entry of a statement: in words, and the seal of all that was stated. */
  public static AuditEntry entry(Statement said) {
    return new AuditEntry(
        said.at(),
        said.by(),
        Action.KEY_RESULT_STATED,
        said.keyResult(),
        inWords(said) + SEAL + SaidSeal.of(said));
  }

  private static String inWords(Statement said) {
    String value =
        said.value() == null
            ? said.kind() == Statement.Kind.OVERRIDE ? " ends" : ""
            : " " + said.value().stripTrailingZeros().toPlainString();
    String until = said.until() == null ? "" : " until " + said.until();
    String link = said.link().isEmpty() ? "" : "; see " + said.link();
    return "%s%s%s: %s%s".formatted(said.kind().label(), value, until, said.reason(), link);
  }

  /** The entry of a check-in: in words, and the seal of all that was said. */
  public static AuditEntry entry(CheckIn said) {
    return new AuditEntry(
        said.at(),
        said.by(),
        Action.KEY_RESULT_CHECKED_IN,
        said.keyResult(),
        inWords(said) + SEAL + SaidSeal.of(said));
  }

  private static String inWords(CheckIn said) {
    String wins = said.wins().isEmpty() ? "" : "; wins: " + said.wins();
    String blockers = said.blockers().isEmpty() ? "" : "; blockers: " + said.blockers();
    return "confidence %s%s%s".formatted(said.inWords(), wins, blockers);
  }

  /** Whether an entry says this; those written before readings were sealed say less. */
  public static boolean tells(
      String detail, KeyResultChange change, @Nullable Long run, long configVersion) {
    return detail.equals(
        detail.contains(SEAL) ? of(change, run, configVersion) : moved(change, run));
  }

  /** Whether an entry seals this canonical JSON; those of before have no seal. */
  public static boolean seals(String detail, String json) {
    return !detail.contains(SEAL) || detail.endsWith(SEAL + CanonicalJson.digest(json));
  }

  private static String moved(KeyResultChange change, @Nullable Long run) {
    return inWords(change) + (run == null ? "" : ", by run " + run);
  }

  private static String inWords(KeyResultChange change) {
    if (change.reason() != null) {
      return change.to() == null
          ? "has no value: " + change.reason()
          : "stays %s: %s".formatted(inWords(change.to()), change.reason());
    }
    String words =
        isRecounted(change)
            ? "%s as before".formatted(inWords(change.to()))
            : "from %s to %s".formatted(inWords(change.from()), inWords(change.to()));
    return switch (change.cause()) {
      case SYNC -> words;
      case CONFIGURATION -> words + ", by a new configuration";
      case TIME -> words + ", because a day has ended";
      case TYPED -> words + ", typed";
    };
  }

  private static String inWords(@Nullable BigDecimal value) {
    return value == null ? "nothing" : value.toPlainString();
  }
}
