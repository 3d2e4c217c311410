package io.okrsync.store;

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
    Connections connections = new Connections(settings);
    // Half of the time of a start is Hibernate's, which needs no database until it is asked.
    CompletableFuture<SessionFactory> sessions =
        CompletableFuture.supplyAsync(() -> sessions(connections, settings.isPostgres()));
    try {
      Schema schema = new Schema(connections.asDataSource(), settings.isPostgres());
      if (settings.mustExist() && schema.isMissing()) {
        throw new StoreMissing(settings);
      }
      schema.bringUpToDate();
      Presence presence = new Presence(settings.isPostgres() ? connections : null);
      return new Database(
          connections,
          sessions.join(),
          presence,
          new Complaint(settings),
          new Disk(settings),
          settings.isPostgres(),
          isNew);
    } catch (RuntimeException failure) {
      connections.close();
      sessions.join().close();
      throw failure;
    }
  }

  /**
   * Entities are final and read at once, so Hibernate need not generate classes for them, which
   * would take half a second of each start.
   */
  private static SessionFactory sessions(Connections connections, boolean postgres) {
    StandardServiceRegistry services =
        new StandardServiceRegistryBuilder()
            .addService(BytecodeProvider.class, new BytecodeProviderImpl())
            .applySetting("hibernate.connection.datasource", connections.asDataSource())
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
