package io.okrsync.store;

import java.time.Instant;
import java.util.Optional;
import org.hibernate.StatelessSession;

/** The configurations that were loaded. */
final class Configurations {
  private final StatelessSession session;

  Configurations(StatelessSession session) {
    this.session = session;
  }

  long add(StoredConfiguration configuration) {
    session.insert(configuration);
    return configuration.id();
  }

  Optional<ConfigurationText> stored(long version) {
    return Optional.ofNullable(session.get(StoredConfiguration.class, version))
        .map(StoredConfiguration::asText);
  }

  /** When the first one was loaded; empty before that. */
  Optional<Instant> firstLoadedAt() {
    return Optional.ofNullable(
        session
            .createNativeQuery("select min(loaded_at) from config_version", Instant.class)
            .getSingleResultOrNull());
  }

  /** When the latest one was loaded, where that has other files than this one. */
  Optional<Instant> otherLoadedAt(long version) {
    return Optional.ofNullable(
        session
            .createNativeQuery(
                """
                select latest.loaded_at from config_version latest
                join config_version own on own.id = :version
                where latest.id = (select max(id) from config_version)
                  and latest.digest <> own.digest
                """,
                Instant.class)
            .setParameter("version", version)
            .getSingleResultOrNull());
  }

  Optional<StoredConfiguration> latest() {
    return Optional.ofNullable(
        session
            .createNativeQuery(
                "select * from config_version order by id desc", StoredConfiguration.class)
            .setMaxResults(1)
            .getSingleResultOrNull());
  }
}
