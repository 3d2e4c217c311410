package io.okrsync.okr;

import java.math.BigDecimal;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A limit to keep all the time: at least, at most, or a band between both. It is kept or broken;
 * there is no way to go, so how near it is says nothing about what is done.
 *
 * @param least null where there is no lower limit
 * @param most null where there is no upper limit
 */
public record Limit(@Nullable BigDecimal least, @Nullable BigDecimal most) implements Goal, Course {
  public Limit {
    if (least == null && most == null) {
      throw new IllegalArgumentException("a limit needs atMost or atLeast");
    }
    if (least != null && most != null && least.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "atMost must not be less than atLeast: %s is less than %s"
              .formatted(most.toPlainString(), least.toPlainString()));
    }
  }

  @Override
  public SortedMap<String, String> told() {
    SortedMap<String, String> told = new TreeMap<>();
    if (least != null) {
      told.put("atLeast", least.stripTrailingZeros().toPlainString());
    }
    if (most != null) {
      told.put("atMost", most.stripTrailingZeros().toPlainString());
    }
    return told;
  }

  /** 1 where it is kept, 0 where it is broken. */
  @Override
  public BigDecimal progress(BigDecimal value) {
    return margin(value).signum() >= 0 ? BigDecimal.ONE : BigDecimal.ZERO;
  }

  @Override
  public @Nullable BigDecimal valueAt(BigDecimal expected) {
    return null;
  }

  @Override
  public int compare(BigDecimal earlier, BigDecimal later) {
    return margin(later).compareTo(margin(earlier));
  }

  /** How far the value is from breaking it; less than 0 is how far it is beyond. */
  public BigDecimal margin(BigDecimal value) {
    BigDecimal below = most == null ? null : most.subtract(value);
    BigDecimal above = least == null ? null : value.subtract(least);
    if (below == null || above == null) {
      return below == null ? above == null ? BigDecimal.ZERO : above : below;
    }
    return below.min(above);
  }
}
