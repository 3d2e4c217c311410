package io.okrsync.store;

import io.okrsync.measure.Measure;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A version of a measure whose contributions are stored. It is born when a configuration first has
 * it, is built from all record versions, and then kept up to date page by page. When no
 * configuration has it any more it rests: what it was up to then can still be replayed. If it comes
 * back, it is built anew, record by record, and still good for what it was up to meanwhile.
 */
@Entity
@Table(name = "measure_version")
final class StoredMeasure {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private @Nullable Long id;

  private String source;
  private String version;
  private @Nullable Long derivedUntilRun;

  @SuppressWarnings("NullAway.Init")
  StoredMeasure() {}

  StoredMeasure(String source, Measure measure) {
    this.source = source;
    this.version = measure.version();
    this.derivedUntilRun = 0L;
  }

  boolean isUpToDate() {
    return derivedUntilRun == null;
  }

  /** The last run as of which it can be read; of one that is up to date, any. */
  long goodUntilRun() {
    return Objects.requireNonNullElse(derivedUntilRun, Long.MAX_VALUE);
  }

  void rest(long publishedRun) {
    derivedUntilRun = publishedRun;
  }

  void built() {
    derivedUntilRun = null;
  }

  MeasureVersion asRow() {
    return new MeasureVersion(id(), source, version, derivedUntilRun);
  }

  long id() {
    return Objects.requireNonNull(id, "a measure version has an id once it is stored");
  }

  String source() {
    return source;
  }

  String version() {
    return version;
  }
}
