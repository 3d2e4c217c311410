package io.okrsync.connector;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class PostgresSqlRecordsTest extends SqlRecordsContract {
  @SuppressWarnings("NullAway.Init")
  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void make() throws IOException, SQLException {
    postgres = EmbeddedPostgres.builder().start();
    try (Connection connection = admin()) {
      connection
          .createStatement()
          .execute("create role reader login password '%s'".formatted(Samples.CANARY));
    }
  }

  @AfterAll
  static void drop() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void may_write_all_the_same() throws SQLException {
    execute("grant all on invoices to reader");
  }

  @Override
  String url() {
    return "jdbc:postgresql://localhost:%d/postgres".formatted(postgres.getPort());
  }

  @Override
  Connection owner() throws SQLException {
    return admin();
  }

  private static Connection admin() throws SQLException {
    return DriverManager.getConnection(
        postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
  }

  @Override
  String reader() {
    return "reader";
  }

  @Override
  List<String> changing() {
    return List.of(
        "with gone as (delete from invoices returning invoice_no) select invoice_no as id from"
            + " gone",
        "with zero as (update invoices set amount = 0 returning invoice_no) select invoice_no as id"
            + " from zero");
  }

  @Override
  String unreachable() {
    return "jdbc:postgresql://127.0.0.1:1/nothing";
  }
}
