package io.okrsync.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.store.Selected.When;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2StoreTest extends StoreContract {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  @Override
  StoreSettings emptyDatabase() {
    return StoreSettings.inFolder(folder.resolve("data"));
  }

  /** Also before the database has counted what it holds, and whatever other index there is. */
  @Test
  void whether_a_contribution_ended_is_looked_up_by_its_version() throws SQLException {
    String question = "explain select count(*) " + When.IN_WINDOW.counting().replace("?", "%s");
    String moment = "timestamp with time zone '2026-01-01 00:00:00+00'";

    assertThat(query(question.formatted("'crm'", 1, moment, moment, 2, 2)).toString())
        .containsPattern(
            "PRIMARY_KEY_\\w+: SOURCE = 'crm'\\s+AND RECORD_ID = C.RECORD_ID\\s+AND SINCE_RUN ="
                + " C.SINCE_RUN");
  }

  @Test
  void some_records_are_looked_up_one_by_one() throws SQLException {
    String question = "explain select v.hash" + Sql.among(false, "record_version", "v");
    String ids = question.replace("?", "array['1', '2']");

    assertThat(query(ids + "v.source = 'crm' and v.until_run is null").toString())
        .contains("RECORD_VERSION_OPEN: SOURCE = 'crm'", "AND RECORD_ID = IDS.ID");
  }

  @Override
  void kill() throws SQLException {
    execute("shutdown immediately");
    store.close();
  }
}
