package io.okrsync.catalogue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Generated records of every source of the catalogue, and what its key results should make of them.
 */
public final class Generated {
  private final World world;

  private Generated(World world) {
    this.world = world;
  }

  /**
   * @param size how many deals; 0 for none of anything
   * @param gaps the share of needed values that are unset
   */
  public static Generated records(long seed, Instant now, ZoneId zone, int size, double gaps) {
    Map<String, Rows> records = new Generator(seed, now, zone, size, gaps).records();
    return new Generated(World.inQuarter(records, now, zone));
  }

  /** Writes the records as CSV files, one for each source. */
  public void writeTo(Path folder) throws IOException {
    CsvFolder.write(world.records(), folder);
  }

  /** By key result; empty where there is no value. */
  public Map<String, Optional<BigDecimal>> byHand() {
    return byHand(world);
  }

  /** The same in the cycle before. */
  public Map<String, Optional<BigDecimal>> byHandBefore() {
    return byHand(world.whollyEarlier());
  }

  private static Map<String, Optional<BigDecimal>> byHand(World world) {
    Map<String, Optional<BigDecimal>> values = new LinkedHashMap<>();
    ByHand.all().forEach((id, value) -> values.put(id, Optional.ofNullable(value.apply(world))));
    return values;
  }
}
