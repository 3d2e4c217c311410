package io.okrsync.connector;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class H2SqlRecordsTest extends SqlRecordsContract {
  private static final String URL = "jdbc:h2:mem:sql_records";

  @SuppressWarnings("NullAway.Init")
  private static Connection kept;

  @BeforeAll
  static void make() throws SQLException {
    kept = DriverManager.getConnection(URL, "owner", "owner");
    kept.createStatement().execute("create user reader password '%s'".formatted(Samples.CANARY));
  }

  @AfterAll
  static void drop() throws SQLException {
    kept.close();
  }

  @Override
  String url() {
    return URL;
  }

  @Override
  Connection owner() throws SQLException {
    return DriverManager.getConnection(URL, "owner", "owner");
  }

  @Override
  String reader() {
    return "READER";
  }

  @Override
  List<String> changing() {
    return List.of(
        "select invoice_no as id from final table (update invoices set amount = 0)",
        "select invoice_no as id from old table (delete from invoices)");
  }

  @org.junit.jupiter.api.BeforeEach
  void may_write_all_the_same() throws SQLException {
    execute("grant all on invoices to reader");
  }

  @Override
  String unreachable() {
    return "jdbc:h2:tcp://127.0.0.1:1/nothing";
  }
}
