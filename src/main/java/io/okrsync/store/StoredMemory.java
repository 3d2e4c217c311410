package io.okrsync.store;

import io.okrsync.connector.SourceMemory;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What connectors must know of a source beyond one process. */
final class StoredMemory implements SourceMemory {
  private final Database database;
  private final SourceLocks renewing = new SourceLocks();

  StoredMemory(Database database) {
    this.database = database;
  }

  @Override
  public boolean spend(String source, LocalDate day, int most) {
    return database.change(work -> new RequestCount(work).spend(source, day, most));
  }

  @Override
  public Instant turn(String source, int most, Instant now) {
    return database.change(work -> new RequestTurns(work.sql()).take(source, most, now));
  }

  /** The row is locked meanwhile; it is made before, since one that is missing cannot be locked. */
  @Override
  public String renew(String source, Function<@Nullable String, String> renewal) {
    return renewing.holding(
        source,
        () -> {
          database.run(work -> makeRow(work, source));
          return database.change(work -> renew(work, source, renewal));
        });
  }

  private static void makeRow(Work work, String source) throws SQLException {
    work.sources().locked(source); // two processes may come for the first time
    String there = "select 1 from source_token where source = ?";
    if (work.sql().list(there, row -> 1, source).isEmpty()) {
      work.sql().update("insert into source_token values (?, null)", source);
    }
  }

  private static String renew(Work work, String source, Function<@Nullable String, String> renewal)
      throws SQLException {
    @Nullable String[] kept = new String[1];
    work.sql()
        .list(
            "select sealed from source_token where source = ? for update",
            row -> {
              kept[0] = row.getString(1);
              return 1;
            },
            source);
    String renewed = renewal.apply(kept[0]);
    work.sql().update("update source_token set sealed = ? where source = ?", renewed, source);
    return renewed;
  }
}
