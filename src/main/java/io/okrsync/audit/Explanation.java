package io.okrsync.audit;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why the value of a key result changed between two moments: named parts whose amounts add up to
 * the change exactly.
 *
 * @param from the value at the first moment; the first value where there was none yet
 * @param to the value at the second moment
 * @param parts the largest first
 * @param edits of what is asked in between: they move no value, but what it is worth
 */
public record Explanation(
    String keyResult, Point from, Point to, List<Part> parts, List<Edit> edits) {
  public Explanation {
    parts = List.copyOf(parts);
    edits = List.copyOf(edits);
  }

  /**
   * The value at a moment.
   *
   * @param asked the moment
   * @param value what was shown: an override, where one held
   * @param read what was read, where an override held; null otherwise
   * @param reading the reading that the value is of, and since when it was so
   * @param run the run that published it; null where a configuration did
   * @param progress by the baseline and target in force at that moment; null where that
   *     configuration cannot be read, or the baseline was not measured yet
   */
  public record Point(
      Instant asked,
      long reading,
      Instant since,
      BigDecimal value,
      @Nullable BigDecimal read,
      @Nullable Long run,
      long configVersion,
      @Nullable BigDecimal progress) {
    /** Whether there was no value yet when it was asked for; this is the first there was then. */
    public boolean isFirst() {
      return asked.isBefore(since);
    }
  }

  /**
   * All that one cause added.
   *
   * @param input the measure as the formula calls it; null where it is not about one measure
   * @param configVersion the configuration that did it; null where none did
   * @param text the cause in words
   * @param records how many changes of records it is made of
   * @param largest those of the records that added most, by amount
   */
  public record Part(
      Why why,
      @Nullable String input,
      @Nullable Long configVersion,
      String text,
      BigDecimal amount,
      long records,
      List<RecordPart> largest) {
    public Part {
      largest = List.copyOf(largest);
    }
  }

  /**
   * What one record added.
   *
   * @param run the run that brought its change
   * @param at when it counts, or counted; null where that cannot be told
   * @param before what it added to the measure; null where it did not count
   * @param after what it adds; null where it does not count any more
   * @param title what people call it; null where its tool has no name for it
   * @param url its page in its tool; null where none is known
   */
  public record RecordPart(
      String source,
      String record,
      @Nullable Long run,
      @Nullable Instant at,
      @Nullable BigDecimal before,
      @Nullable BigDecimal after,
      BigDecimal amount,
      @Nullable String title,
      @Nullable String url) {}

  /**
   * What is asked was set to something else.
   *
   * @param what the key of the configuration: {@code baseline}, {@code target}, {@code atLeast} or
   *     {@code atMost}
   * @param from as it was told there; {@code none} where it was not
   * @param at when that configuration was loaded
   */
  public record Edit(String what, String from, String to, long configVersion, Instant at) {}

  /** What the parts add up to. */
  public BigDecimal change() {
    return Change.between(from.value(), to.value());
  }
}
