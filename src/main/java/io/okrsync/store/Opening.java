package io.okrsync.store;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.bytecode.internal.none.BytecodeProviderImpl;
import org.hibernate.bytecode.spi.BytecodeProvider;

/** Opens the database: folder, connections, tables, entities. */
final class Opening {
  private static final List<Class<?>> ENTITIES =
      List.of(
          StoredRun.class,
          StoredSource.class,
          StoredReading.class,
          StoredConfiguration.class,
          StoredMeasure.class,
          StoredEntry.class,
          StoredHead.class,
          StoredCheckIn.class,
          StoredStatement.class);

  static {
    // H2 would hash every text that it is given, bodies of records included, to find it among those
    // it keeps.
    System.setProperty("h2.objectCache", "false");
  }

  private Opening() {}

  static Database open(StoreSettings settings) {
    Path folder = settings.folder();
    Path file = settings.file();
    boolean isNew = file != null && Files.notExists(file);
    if (folder != null && file != null) {
      if (settings.mustExist() && isNew) {
        throw new StoreMissing(settings);
      }
      new DataFolder(folder, file).prepare();
    }
    try {
      return connect(settings, isNew);
    } catch (StoreMissing missing) {
      throw missing;
    } catch (RuntimeException failure) {
      throw new Complaint(settings).about(failure);
    }
  }

  private static Database connect(StoreSettings settings, boolean isNew) {
    HikariDataSource pool = pool(settings);
    // Half of the time of a start is Hibernate's, which needs no database until it is asked.
    CompletableFuture<SessionFactory> sessions =
        CompletableFuture.supplyAsync(() -> sessions(pool, settings.isPostgres()));
    try {
      Schema schema = new Schema(pool, settings.isPostgres());
      if (settings.mustExist() && schema.isMissing()) {
        throw new StoreMissing(settings);
      }
      schema.bringUpToDate();
      Presence presence = new Presence(settings.isPostgres() ? pool : null);
      return new Database(pool, sessions.join(), presence, new Complaint(settings), isNew);
    } catch (RuntimeException failure) {
      pool.close();
      sessions.join().close();
      throw failure;
    }
  }

  private static HikariDataSource pool(StoreSettings settings) {
    HikariDataSource pool = new HikariDataSource(); // connects when it is first asked
    pool.setPoolName("store");
    pool.setJdbcUrl(settings.url());
    pool.setUsername(settings.user());
    pool.setPassword(settings.password().reveal());
    pool.setAutoCommit(false);
    pool.setInitializationFailTimeout(1);
    if (settings.isPostgres()) {
      pool.addDataSourceProperty("reWriteBatchedInserts", "true");
      // Or what it cannot write, bodies of records and all, stands in the error, and so in the log.
      pool.addDataSourceProperty("logServerErrorDetail", "false");
    }
    return pool;
  }

  /**
   * Entities are final and read at once, so Hibernate need not generate classes for them, which
   * would take half a second of each start.
   */
  private static SessionFactory sessions(HikariDataSource pool, boolean postgres) {
    StandardServiceRegistry services =
        new StandardServiceRegistryBuilder()
            .addService(BytecodeProvider.class, new BytecodeProviderImpl())
            .applySetting("hibernate.connection.datasource", pool)
            .applySetting("hibernate.connection.provider_disables_autocommit", true)
            .applySetting(
                "jakarta.persistence.database-product-name", postgres ? "PostgreSQL" : "H2")
            .applySetting("jakarta.persistence.database-major-version", postgres ? 14 : 2)
            .applySetting("jakarta.persistence.database-minor-version", postgres ? 0 : 4)
            .applySetting("hibernate.boot.allow_jdbc_metadata_access", false)
            .applySetting("hibernate.xml_mapping_enabled", false)
            .applySetting(
                "hibernate.physical_naming_strategy", PhysicalNamingStrategySnakeCaseImpl.class)
            .build();
    return new MetadataSources(services)
        .addAnnotatedClasses(ENTITIES.toArray(Class[]::new))
        .buildMetadata()
        .buildSessionFactory();
  }
}
