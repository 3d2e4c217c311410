package io.okrsync.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What one would write in an afternoon for this one source: page by page over HTTP, parsed as a
 * stream, put into one table by batches, one commit a page, and the measures as three sums. It
 * proves nothing, explains nothing and resumes nothing.
 */
final class HandWrittenLoop implements Side {
  private static final String TABLE =
      """
      create table deal (
        id bigint primary key, title varchar, status varchar, amount numeric(20, 2),
        currency varchar, stage bigint, pipeline bigint, owner bigint, org bigint, person bigint,
        add_time timestamp with time zone, update_time timestamp with time zone,
        close_time timestamp with time zone, won_time timestamp with time zone,
        lost_time timestamp with time zone)
      """;
  private static final String COLUMNS =
      "id, title, status, amount, currency, stage, pipeline, owner, org, person,"
          + " add_time, update_time, close_time, won_time, lost_time";
  private static final String MARKS = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?";
  private static final String UPDATES =
      COLUMNS.substring("id, ".length()).replaceAll("(\\w+)", "$1 = excluded.$1");
  private static final String POSTGRES_UPSERT =
      "insert into deal (%s) values (%s) on conflict (id) do update set %s"
          .formatted(COLUMNS, MARKS, UPDATES);
  private static final String H2_UPSERT =
      "merge into deal (%s) key (id) values (%s)".formatted(COLUMNS, MARKS);

  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonFactory json = new JsonFactory();
  private final String url;
  private final Connection connection;
  private final String upsert;
  private @Nullable String since;

  HandWrittenLoop(String url, String jdbcUrl, String user, String password) throws SQLException {
    this.url = url;
    this.connection = DriverManager.getConnection(jdbcUrl, user, password);
    this.upsert = jdbcUrl.startsWith("jdbc:h2:") ? H2_UPSERT : POSTGRES_UPSERT;
    try (Statement statement = connection.createStatement()) {
      statement.execute(TABLE);
    }
    connection.setAutoCommit(false);
  }

  @Override
  public Result sync() throws Exception {
    Reading reading = new Reading();
    try (PreparedStatement statement = connection.prepareStatement(upsert)) {
      do {
        read(reading, statement);
        statement.executeBatch();
        connection.commit();
      } while (reading.next != null);
    }
    since = reading.latest;
    long stored = System.nanoTime();
    BigDecimal revenue = values();
    return new Result(reading.read, revenue, Duration.ofNanos(System.nanoTime() - stored));
  }

  private static final class Reading {
    long read;
    @Nullable String next;
    @Nullable String latest;
  }

  private void read(Reading reading, PreparedStatement statement)
      throws IOException, InterruptedException, SQLException {
    String query =
        "?limit=500"
            + (since == null ? "" : "&updated_since=" + since)
            + (reading.next == null ? "" : "&cursor=" + reading.next);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/api/v2/deals" + query))
            .header("x-api-token", "none")
            .build();
    reading.next = null;
    try (InputStream body = http.send(request, BodyHandlers.ofInputStream()).body();
        JsonParser parser = json.createParser(body)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.START_ARRAY && "data".equals(parser.currentName())) {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            deal(parser, statement, reading);
          }
        } else if (parser.currentToken() == JsonToken.VALUE_STRING
            && "next_cursor".equals(parser.currentName())) {
          reading.next = parser.getText();
        }
      }
    }
  }

  private static void deal(JsonParser parser, PreparedStatement statement, Reading reading)
      throws IOException, SQLException {
    for (int column = 1; column <= 15; column++) {
      statement.setObject(column, null);
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.VALUE_NULL) {
        continue;
      }
      switch (field) {
        case "id" -> statement.setLong(1, parser.getLongValue());
        case "title" -> statement.setString(2, parser.getText());
        case "status" -> statement.setString(3, parser.getText());
        case "value" -> statement.setBigDecimal(4, parser.getDecimalValue());
        case "currency" -> statement.setString(5, parser.getText());
        case "stage_id" -> statement.setLong(6, parser.getLongValue());
        case "pipeline_id" -> statement.setLong(7, parser.getLongValue());
        case "owner_id" -> statement.setLong(8, parser.getLongValue());
        case "org_id" -> statement.setLong(9, parser.getLongValue());
        case "person_id" -> statement.setLong(10, parser.getLongValue());
        case "add_time" -> time(11, parser, statement);
        case "update_time" -> {
          time(12, parser, statement);
          reading.latest = parser.getText();
        }
        case "close_time" -> time(13, parser, statement);
        case "won_time" -> time(14, parser, statement);
        case "lost_time" -> time(15, parser, statement);
        default -> parser.skipChildren();
      }
    }
    statement.addBatch();
    reading.read++;
  }

  private static void time(int column, JsonParser parser, PreparedStatement statement)
      throws IOException, SQLException {
    statement.setObject(column, OffsetDateTime.parse(parser.getText()));
  }

  private BigDecimal values() throws SQLException {
    String window =
        " >= timestamp with time zone '2026-09-30 17:00:00Z' and %s < timestamp with time zone"
            + " '2026-12-31 17:00:00Z'";
    one(
        "select count(*) from deal where status = 'won' and won_time"
            + window.formatted("won_time"));
    one(
        "select count(*) from deal where status = 'lost' and lost_time"
            + window.formatted("lost_time"));
    return one(
        "select sum(amount) from deal where status = 'won' and won_time"
            + window.formatted("won_time"));
  }

  private BigDecimal one(String question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      row.next();
      return row.getBigDecimal(1);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
