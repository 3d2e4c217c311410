package io.okrsync.web;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration would change, computed from the stored records; nothing is changed by it.
 *
 * @param digest of the files that were planned
 * @param version the stored configuration it is compared with; null where none was ever loaded
 * @param notes what the numbers do not show, such as that a source will be read anew
 * @param objectives first those of the planned configuration, then those that would be gone
 * @param keyResults in the same order
 */
public record Plan(
    String digest,
    @Nullable Long version,
    List<String> notes,
    List<PlannedObjective> objectives,
    List<PlannedKeyResult> keyResults) {

  /** What would become of a key result or an objective. */
  public enum Change {
    APPEARS,
    DISAPPEARS,
    MOVES,
    /** Comes to the same, by other records. */
    RECOUNTED,
    STAYS
  }

  /**
   * An objective now and then.
   *
   * @param from how it stands now; null where it is not there
   * @param to how it would stand; null where it would be gone
   */
  public record PlannedObjective(
      String id, String title, Change change, @Nullable Score from, @Nullable Score to) {}

  /** What the key results of an objective add up to. */
  public record Score(@Nullable BigDecimal score, String status) {}

  /**
   * A key result now and then.
   *
   * @param from how it stands now; null where it is not there
   * @param to how it would stand; null where it would be gone
   * @param definitions what it rests on that is defined otherwise, where that moves it
   * @param inputs the measures whose part in it would change
   */
  public record PlannedKeyResult(
      String id,
      String title,
      Change change,
      @Nullable State from,
      @Nullable State to,
      Edits definitions,
      List<PlannedInput> inputs) {}

  /**
   * @param first some of them
   */
  public record Edits(long count, List<Edit> first) {
    public static final Edits NONE = new Edits(0, List.of());
  }

  /**
   * A number for a key, a text of a list, an expression or a rate that is defined otherwise.
   *
   * @param what such as {@code quota['ann']}
   * @param from {@code none} where it is not there now
   * @param to {@code none} where it would be gone
   */
  public record Edit(String what, String from, String to) {}

  /**
   * How a key result stands.
   *
   * @param reason why there is no value, or why it is an old one
   */
  public record State(
      @Nullable BigDecimal value,
      @Nullable BigDecimal progress,
      String status,
      @Nullable String reason) {}

  /**
   * A measure's part in a key result, now and then.
   *
   * @param enter records that would count and do not now
   * @param leave records that count now and would not
   * @param alter records that count in both, but otherwise
   */
  public record PlannedInput(
      String name,
      @Nullable Part from,
      @Nullable Part to,
      Records enter,
      Records leave,
      Records alter) {}

  /** What a measure comes to. */
  public record Part(@Nullable BigDecimal value, long records, @Nullable String reason) {}

  /**
   * @param first some of them
   */
  public record Records(long count, List<NamedRecord> first) {
    public static final Records NONE = new Records(0, List.of());
  }

  /**
   * A record as people find it.
   *
   * @param title null where it has none
   * @param url where it is in its tool; null where that is not known
   */
  public record NamedRecord(String id, @Nullable String title, @Nullable String url) {}

  /** How many key results would not stay as they are. */
  @JsonIgnore
  public long changes() {
    return keyResults.stream().filter(it -> it.change() != Change.STAYS).count();
  }
}
