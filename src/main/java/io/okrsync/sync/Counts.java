package io.okrsync.sync;

import io.okrsync.okr.Counted;
import org.jspecify.annotations.Nullable;

/**
 * What a run counted.
 *
 * @param read items the source returned
 * @param created records not known before
 * @param changed records known with other content, records that came back, and those that came
 *     marked as deleted
 * @param unchanged records known with the same content
 * @param removed records that are gone: seen as deleted, or missing from a read of everything
 * @param rejected items that could not be read as records
 * @param total how many items the source says there are; null where it does not tell
 */
public record Counts(
    long read,
    long created,
    long changed,
    long unchanged,
    long removed,
    long rejected,
    @Nullable Long total) {
  public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, null);

  /** These and those of the next page; the later total holds. */
  public Counts plus(Counts next) {
    return new Counts(
        read + next.read,
        created + next.created,
        changed + next.changed,
        unchanged + next.unchanged,
        removed + next.removed,
        rejected + next.rejected,
        next.total == null ? total : next.total);
  }

  /** Read = created + changed + unchanged + rejected; and read = total where one is told. */
  public Balance balance() {
    long accounted = created + changed + unchanged + rejected;
    if (read != accounted) {
      return new Balance.Off(
          "read %s but accounted for %d".formatted(Counted.of(read, "items"), accounted));
    }
    if (total != null && total != read) {
      return new Balance.Off(
          "read %s but the source says there %s %d"
              .formatted(Counted.of(read, "items"), total == 1 ? "is" : "are", total));
    }
    return new Balance.Even();
  }
}
