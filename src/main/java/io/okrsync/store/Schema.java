package io.okrsync.store;

import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;

/** The tables, brought up to date by numbered SQL files. */
final class Schema {
  private final Flyway flyway;

  Schema(DataSource pool, boolean postgres) {
    this.flyway =
        Flyway.configure()
            .dataSource(pool)
            .locations(
                "classpath:db/migration/common",
                "classpath:db/migration/" + (postgres ? "postgresql" : "h2"))
            .placeholders(Map.of("id", postgres ? "varchar collate \"C\"" : "varchar"))
            .load();
  }

  /** Whether there are no tables of OKR Sync at all. */
  boolean isMissing() {
    return flyway.info().applied().length == 0;
  }

  /**
   * Migrates; looks only, when all is done already.
   *
   * @throws Unfit when the tables are not what this OKR Sync made or can continue
   */
  void bringUpToDate() {
    MigrationInfoService info = flyway.info();
    for (MigrationInfo migration : info.applied()) {
      check(migration);
    }
    if (info.pending().length > 0) {
      flyway.migrate();
    }
  }

  private static void check(MigrationInfo migration) {
    if (!migration.getState().isResolved()) {
      throw new Unfit(
          "was written by a newer OKR Sync (its tables are of version %s); start that one, or put a backup in its place."
              .formatted(migration.getVersion()));
    }
    if (migration.getState().isFailed()) {
      throw new Unfit(
          "was left half way when its tables were made (at version %s); put a backup in its place, or move it away to begin with nothing."
              .formatted(migration.getVersion()));
    }
    if (!migration.isChecksumMatching()) {
      throw new Unfit(
          "has tables of an OKR Sync from before the first release, which this one cannot read (they differ at version %s); start the one that made it, or move it away and let 'sync' read everything anew."
              .formatted(migration.getVersion()));
    }
  }

  /** Tables that must not be used; the message goes on after the name of the database. */
  static final class Unfit extends RuntimeException {
    Unfit(String message) {
      super(message);
    }
  }
}
