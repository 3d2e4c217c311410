package io.okrsync.store;

import io.okrsync.okr.CheckIn;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
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

  CheckIn asCheckIn() {
    return new CheckIn(keyResult, at, person, confidence, wins, blockers);
  }
}
