package io.okrsync.demo;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A sale in the simulated CRM. It is born open in the first stage, moves forward, is won or lost,
 * now and then opened again, and at the end perhaps deleted; each step sets the time it changed
 * last. All times are whole seconds, as the vendor's.
 */
public final class Deal {
  /** Where a deal stands. */
  public enum Status {
    OPEN,
    WON,
    LOST;

    /** As the vendor writes it. */
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What never changes about a deal. */
  record Opening(
      int id,
      String title,
      Person owner,
      int person,
      int organization,
      String currency,
      Instant addTime,
      LocalDate expectedCloseDate,
      int channel) {}

  private final Opening opening;
  private Stage stage;
  private BigDecimal value;
  private Status status = Status.OPEN;
  private Instant updateTime;
  private @Nullable Instant stageChangeTime;
  private @Nullable Instant wonTime;
  private @Nullable Instant lostTime;
  private @Nullable Instant firstWonTime;
  private @Nullable String lostReason;
  private @Nullable Instant deletedAt;

  Deal(Opening opening, Stage stage, BigDecimal value) {
    this.opening = opening;
    this.stage = stage;
    this.value = value;
    this.updateTime = opening.addTime();
  }

  Deal(Deal other) {
    this.opening = other.opening;
    this.stage = other.stage;
    this.value = other.value;
    this.status = other.status;
    this.updateTime = other.updateTime;
    this.stageChangeTime = other.stageChangeTime;
    this.wonTime = other.wonTime;
    this.lostTime = other.lostTime;
    this.firstWonTime = other.firstWonTime;
    this.lostReason = other.lostReason;
    this.deletedAt = other.deletedAt;
  }

  void moveTo(Stage next, Instant at) {
    stage = next;
    stageChangeTime = touch(at);
  }

  void revalue(BigDecimal newValue, Instant at) {
    value = newValue;
    touch(at);
  }

  /** Somebody wrote a note or moved the expected date: nothing of interest, but it has changed. */
  void edit(Instant at) {
    touch(at);
  }

  void win(Instant at) {
    status = Status.WON;
    wonTime = touch(at);
    if (firstWonTime == null) {
      firstWonTime = wonTime;
    }
  }

  void lose(String reason, Instant at) {
    status = Status.LOST;
    lostReason = reason;
    lostTime = touch(at);
  }

  void reopen(Instant at) {
    status = Status.OPEN;
    wonTime = null;
    lostTime = null;
    lostReason = null;
    touch(at);
  }

  void delete(Instant at) {
    deletedAt = touch(at);
  }

  private Instant touch(Instant at) {
    updateTime = at.truncatedTo(ChronoUnit.SECONDS);
    return updateTime;
  }

  public int id() {
    return opening.id();
  }

  public String title() {
    return opening.title();
  }

  /** The amount in {@link #currency()}, with at most two decimals. */
  public BigDecimal value() {
    return value;
  }

  /** ISO code: nearly always USD, now and then IDR or EUR. */
  public String currency() {
    return opening.currency();
  }

  public Status status() {
    return status;
  }

  /** Name of the stage it is in, or was in when it was closed. */
  public String stageName() {
    return stage.name();
  }

  public String ownerName() {
    return opening.owner().name();
  }

  public Instant addTime() {
    return opening.addTime();
  }

  public Instant updateTime() {
    return updateTime;
  }

  /** When it was won; null unless it is won now. */
  public @Nullable Instant wonTime() {
    return wonTime;
  }

  /** When it was lost; null unless it is lost now. */
  public @Nullable Instant lostTime() {
    return lostTime;
  }

  /** When it was deleted; null while it exists. A deleted deal keeps its status otherwise. */
  public @Nullable Instant deletedAt() {
    return deletedAt;
  }

  Opening opening() {
    return opening;
  }

  Stage stage() {
    return stage;
  }

  @Nullable Instant stageChangeTime() {
    return stageChangeTime;
  }

  @Nullable Instant firstWonTime() {
    return firstWonTime;
  }

  @Nullable String lostReason() {
    return lostReason;
  }
}
