package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What an admin reads before a source is written. */
class ConnectorsCommandTest {
  @Test
  void each_setting_is_described_as_its_file_describes_it() {
    String said = Workspace.only("connectors").out();

    assertThat(said)
        .contains(
            """
            pipedrive-deals: Pipedrive deals
              Reads deals from the Pipedrive API, version 2, also the deleted ones.\
            """)
        .contains(
            """
              Its records are of kind deal.
            """)
        .contains(
            """
              path             Path (required; such as /srv/okr-sync/spend)
                                 The file, or the folder with files ending in .csv.
            """)
        .contains(
            """
              separator        Separator (one of comma, semicolon, tab, bar; default: comma)
                                 What stands between two cells.
            """);
  }

  @Test
  void a_program_gets_the_same() throws IOException {
    JsonNode items =
        new ObjectMapper().readTree(Workspace.only("connectors", "--json").out()).path("items");

    assertThat(items.findValuesAsText("name")).contains("csv-records", "jira-issues", "apiToken");
    for (JsonNode connector : items) {
      assertThat(connector.path("description").asText()).isNotBlank();
      for (JsonNode property : connector.path("properties")) {
        assertThat(property.path("description").asText()).as(property.toString()).isNotBlank();
      }
      assertThat(connector.path("properties").findPath("secret").isBoolean()).isTrue();
    }
  }

  @Test
  void a_folder_that_is_not_there_is_no_empty_list() {
    Workspace.Said said = Workspace.only("connectors", "--json", "--routes", "nowhere");

    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.out()).contains("nowhere", "there is no such folder; name another");
  }
}
