package io.okrsync.okr;

import java.math.BigDecimal;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A target to reach from a baseline.
 *
 * @param baseline null: it is measured, in the cycle before, and frozen when the cycle has begun
 */
public record Reach(@Nullable BigDecimal baseline, Target target) implements Goal {
  public Reach {
    if (baseline != null) {
      requireWay(target, baseline);
    }
  }

  @Override
  public SortedMap<String, String> told() {
    String from = baseline == null ? "measured" : baseline.stripTrailingZeros().toPlainString();
    String to =
        target.relative()
            ? target.toString()
            : target.amount().stripTrailingZeros().toPlainString();
    return new TreeMap<>(Map.of("baseline", from, "target", to));
  }

  public boolean measured() {
    return baseline == null;
  }

  /**
   * From this baseline to the target.
   *
   * @throws IllegalArgumentException where the target is no other number than the baseline
   */
  public Way from(BigDecimal known) {
    return new Way(known, target.from(known));
  }

  private static void requireWay(Target target, BigDecimal baseline) {
    BigDecimal number = target.from(baseline);
    if (number.compareTo(baseline) == 0) {
      throw new IllegalArgumentException(
          target.relative()
              ? "target %s of a baseline of %s is no change; give it as a number"
                  .formatted(target, baseline.toPlainString())
              : "target must differ from baseline: both are " + number.toPlainString());
    }
  }
}
