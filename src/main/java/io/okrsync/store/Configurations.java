package io.okrsync.store;

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

  Optional<StoredConfiguration> latest() {
    return Optional.ofNullable(
        session
            .createSelectionQuery(
                "from StoredConfiguration order by id desc", StoredConfiguration.class)
            .setMaxResults(1)
            .getSingleResultOrNull());
  }
}
