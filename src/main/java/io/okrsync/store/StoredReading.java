package io.okrsync.store;

import io.okrsync.measure.Decimals;
import io.okrsync.okr.Cause;
import io.okrsync.okr.Input;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A key result's reading, to be read: {@link KeyResultHistory} appends it, and nothing changes it.
 */
@Entity
@Table(name = "reading")
final class StoredReading {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private @Nullable Long id;

  private String keyResult;
  private @Nullable BigDecimal newValue;
  private @Nullable BigDecimal previousValue;
  private @Nullable String reason;

  @Enumerated(EnumType.STRING)
  private Cause cause;

  private Instant at;
  private @Nullable Long run;
  private long configVersion;

  @Convert(converter = InputsAsJson.class)
  private List<Input> inputs;

  @SuppressWarnings("NullAway.Init")
  StoredReading() {}

  KeyResultReading asRow() {
    return new KeyResultReading(
        Objects.requireNonNull(id, "a reading has an id once it is stored"),
        keyResult,
        rounded(newValue),
        rounded(previousValue),
        reason,
        cause,
        at,
        run,
        configVersion,
        inputs);
  }

  private static @Nullable BigDecimal rounded(@Nullable BigDecimal stored) {
    return stored == null ? null : Decimals.rounded(stored);
  }
}
