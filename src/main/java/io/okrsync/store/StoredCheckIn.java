package io.okrsync.store;

import io.okrsync.okr.CheckIn;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A check-in. It is born when a person says it, and nothing changes it. */
@Entity
@Table(name = "check_in")
final class StoredCheckIn {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private @Nullable Long id;

  private String keyResult;
  private Instant at;
  private String person;
  private int confidence;
  private String wins;
  private String blockers;

  @SuppressWarnings("NullAway.Init")
  StoredCheckIn() {}

  StoredCheckIn(CheckIn said) {
    this.keyResult = said.keyResult();
    this.at = said.at();
    this.person = said.by();
    this.confidence = said.confidence();
    this.wins = said.wins();
    this.blockers = said.blockers();
  }

  /** As it is stored, which is no check-in where somebody made something else of it. */
  CheckInRow asRow() {
    long number = Objects.requireNonNull(id, "a check-in has an id once it is stored");
    try {
      CheckIn read = asCheckIn();
      boolean isSame =
          read.by().equals(person) && read.wins().equals(wins) && read.blockers().equals(blockers);
      return new CheckInRow(number, isSame ? read : null);
    } catch (IllegalArgumentException changed) {
      return new CheckInRow(number, null);
    }
  }

  CheckIn asCheckIn() {
    return new CheckIn(keyResult, at, person, confidence, wins, blockers);
  }
}
