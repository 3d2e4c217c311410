package io.okrsync.connector;

import static io.okrsync.connector.SourceFailure.Remedy.ASK_ADMIN;
import static io.okrsync.connector.SourceFailure.Remedy.REAUTHENTICATE;
import static io.okrsync.connector.SourceFailure.Remedy.RETRY_LATER;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One page of a query: the rows after a key, in its order. It is read in a transaction of its own
 * that is read-only where the database knows that, and rolled back in any case, so that nothing a
 * query does can stay.
 */
final class SqlPage {
  private static final int SECONDS = 60;

  /** H2 cannot be reached, or broke the connection. */
  private static final String H2_BROKEN = "90067";

  private final Map<String, String> options;
  private final Secret password;
  private final PageCall call;
  private final SqlUrl url;
  private final SqlQuery query;

  SqlPage(Map<String, String> options, Secret password, PageCall call) {
    this.options = options;
    this.password = password;
    this.call = call;
    this.url =
        SqlUrl.of(option("url"))
            .orElseThrow(
                () ->
                    wrong(
                        "url",
                        "must be jdbc:postgresql://host/name or jdbc:h2:tcp://host/name, with"
                            + " sslmode, sslrootcert, currentSchema and targetServerType as its"
                            + " only parameters; user and password stand apart"));
    this.query = query();
  }

  private SqlQuery query() {
    try {
      return SqlQuery.of(option("query"), call.place().since() == null);
    } catch (IllegalArgumentException e) {
      throw wrong("query", String.valueOf(e.getMessage()));
    }
  }

  JsonNode read() {
    try (Connection connection =
        DriverManager.getConnection(url.forDriver(), url.properties(option("user"), password))) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      try {
        inZone(connection);
        return page(connection);
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** So that a time without a zone is compared as it is read: in the zone of the source. */
  private void inZone(Connection connection) throws SQLException {
    ZoneId zone = call.source().zone();
    String written =
        zone instanceof ZoneOffset && url.isPostgres()
            ? "interval '%s' hour to minute".formatted(zone.equals(ZoneOffset.UTC) ? "0" : zone)
            : "'%s'".formatted(zone.getId());
    try (Statement statement = connection.createStatement()) {
      statement.execute("set time zone " + written);
    }
  }

  private JsonNode page(Connection connection) throws SQLException {
    SqlColumns columns;
    try (PreparedStatement statement = prepared(connection, "select *", "")) {
      columns = SqlColumns.of(statement.getMetaData(), options, call);
    }
    String key = columns.quotedKey();
    JsonNode cursor = call.cursor();
    if (!cursor.has("after")) {
      requireUnique(connection, key);
    }
    String after = cursor.has("after") ? "where %s > ?".formatted(key) : "";
    String order = "%s order by %s fetch first %d rows only".formatted(after, key, call.limit());
    try (PreparedStatement statement = prepared(connection, "select *", order)) {
      if (cursor.has("after")) {
        columns.bindKey(statement, query.times() + 1, cursor.path("after").asText());
      }
      try (ResultSet rows = statement.executeQuery()) {
        return page(rows, columns);
      }
    }
  }

  private ObjectNode page(ResultSet rows, SqlColumns columns) throws SQLException {
    ObjectNode page = Json.NODES.objectNode();
    ArrayNode read = page.putArray("rows");
    @Nullable String last = null;
    while (rows.next()) {
      read.add(columns.record(rows));
      last = rows.getString(columns.key());
    }
    if (last == null || read.size() < call.limit()) {
      return page.putNull("next");
    }
    page.putObject("next").put("after", last);
    return page;
  }

  /** Pages that follow a key lose rows that share one, and never come to those without. */
  private void requireUnique(Connection connection, String key) throws SQLException {
    String counts = "select count(*), count(%s), count(distinct %s)".formatted(key, key);
    try (PreparedStatement statement = prepared(connection, counts, "");
        ResultSet row = statement.executeQuery()) {
      row.next();
      long all = row.getLong(1);
      long keyed = row.getLong(2);
      long distinct = row.getLong(3);
      if (keyed < all) {
        throw wrong(
            "pageBy",
            "names a column that is null in %s"
                .formatted(all - keyed == 1 ? "1 row" : all - keyed + " rows"));
      }
      if (distinct < keyed) {
        throw wrong(
            "pageBy",
            "names a column that is not unique: %d rows share %s"
                .formatted(keyed, distinct == 1 ? "1 value" : distinct + " values"));
      }
    }
  }

  /** The query within another one, so that the one cannot change what the other means. */
  private PreparedStatement prepared(Connection connection, String select, String rest)
      throws SQLException {
    String sql = "%s from (\n%s\n) okr_page %s".formatted(select, query.sql(), rest);
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setQueryTimeout(SECONDS);
    Instant since = call.place().since();
    for (int i = 1; i <= query.times() && since != null; i++) {
      statement.setObject(i, since.atOffset(ZoneOffset.UTC));
    }
    return statement;
  }

  private SourceFailure failure(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    String said = ErrorText.clean(call.withoutSecrets(String.valueOf(e.getMessage())));
    if (state.startsWith("28")) {
      return call.failure(
          REAUTHENTICATE, "is refused by %s: check its user and password".formatted(url), null);
    }
    if (state.startsWith("08")
        || state.startsWith("53")
        || state.startsWith("57")
        || state.startsWith("40")
        || state.startsWith("HYT")
        || state.equals(H2_BROKEN)) {
      return call.failure(RETRY_LATER, "could not be read from %s: %s".formatted(url, said), null);
    }
    return call.failure(
        ASK_ADMIN,
        "could not be read from %s: %s; check the settings 'url' and 'query'".formatted(url, said),
        null);
  }

  private String option(String name) {
    return options.getOrDefault(name, "");
  }

  private SourceFailure wrong(String setting, String what) {
    return call.failure(
        ASK_ADMIN, "cannot be read: setting '%s' %s".formatted(setting, what), null);
  }
}
