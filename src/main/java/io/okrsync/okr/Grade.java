package io.okrsync.okr;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A score in words. Of a stretch target most of it is a success already. */
public enum Grade {
  FULLY_REACHED("fully reached"),
  SUCCESS("a success"),
  GOOD("good progress"),
  SOME("some progress"),
  FAR_OFF("far off");

  private final String label;

  Grade(String label) {
    this.label = label;
  }

  /** The words to show. */
  public String label() {
    return label;
  }

  /** The grade of a score in 0..1; null where there is no score. */
  public static @Nullable Grade of(@Nullable BigDecimal score, Ambition ambition, Grades grades) {
    if (score == null) {
      return null;
    }
    if (score.compareTo(BigDecimal.ONE) >= 0) {
      return FULLY_REACHED;
    }
    if (ambition == Ambition.STRETCH && score.compareTo(grades.success()) >= 0) {
      return SUCCESS;
    }
    if (score.compareTo(grades.good()) >= 0) {
      return GOOD;
    }
    return score.compareTo(grades.farOff()) > 0 ? SOME : FAR_OFF;
  }
}
