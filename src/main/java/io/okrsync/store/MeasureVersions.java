package io.okrsync.store;

import io.okrsync.measure.Measure;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;

/** The versions of measures whose contributions are stored. */
final class MeasureVersions {
  private final StatelessSession session;
  private final Sql sql;

  MeasureVersions(StatelessSession session, Sql sql) {
    this.session = session;
    this.sql = sql;
  }

  /** A version that was not stored before; its contributions are yet to be built. */
  StoredMeasure add(String source, Measure measure) {
    StoredMeasure stored = new StoredMeasure(source, measure);
    session.insert(stored);
    return stored;
  }

  void update(StoredMeasure measure) {
    session.update(measure);
  }

  List<StoredMeasure> of(String source) {
    return session
        .createNativeQuery(
            "select * from measure_version where source = :source", StoredMeasure.class)
        .setParameter("source", source)
        .getResultList();
  }

  Optional<StoredMeasure> version(String source, String version) {
    return Optional.ofNullable(
        session
            .createNativeQuery(
                "select * from measure_version where source = :source and version = :version",
                StoredMeasure.class)
            .setParameter("source", source)
            .setParameter("version", version)
            .getSingleResultOrNull());
  }

  /**
   * These measures by the ids they are stored under. Asked for with each page, so as little as can
   * be is asked of the database.
   *
   * @throws NotDerived when they are not exactly those kept up to date for the source: writing a
   *     page with others would leave contributions that nobody can trust
   */
  Map<Long, Measure> byId(String source, List<Measure> measures) throws SQLException {
    Map<String, Measure> given = new HashMap<>();
    measures.forEach(it -> given.put(it.version(), it));
    Map<Long, Measure> byId = new LinkedHashMap<>();
    for (MeasureVersion stored : upToDate(source)) {
      Measure measure = given.remove(stored.version());
      if (measure == null) {
        throw notDerived(source, stored.version());
      }
      byId.put(stored.id(), measure);
    }
    if (!given.isEmpty()) {
      throw notDerived(source, String.join(", ", given.keySet()));
    }
    return byId;
  }

  /** Whether exactly these are kept up to date for the source. */
  boolean areUpToDate(String source, List<Measure> measures) throws SQLException {
    Set<String> wanted = measures.stream().map(Measure::version).collect(Collectors.toSet());
    Set<String> stored =
        upToDate(source).stream().map(MeasureVersion::version).collect(Collectors.toSet());
    return wanted.equals(stored);
  }

  private List<MeasureVersion> upToDate(String source) throws SQLException {
    return sql.list(
        """
        select id, version from measure_version
        where source = ? and derived_until_run is null order by id
        """,
        row -> new MeasureVersion(row.getLong(1), source, row.getString(2), null),
        source);
  }

  private static NotDerived notDerived(String source, String versions) {
    return new NotDerived(
        "the measures of '%s' are not those it was derived for: %s; derive them first"
            .formatted(source, versions));
  }
}
