package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.config.CatalogueFolder;
import io.okrsync.config.CatalogueFolder.Copy;
import io.okrsync.config.CatalogueFolder.Offer;
import io.okrsync.config.ConfigurationFolder;
import io.okrsync.config.Loaded;
import io.okrsync.config.Problems;
import io.okrsync.connector.Connectors;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is offered to be copied is complete. */
class CatalogueCommandTest {
  @TempDir Path folder;

  @Test
  void each_key_result_with_what_is_shown_beside_it_is_a_whole_configuration() throws IOException {
    CatalogueFolder catalogue = CatalogueFolder.read(Path.of("config/catalogue"));
    assertThat(catalogue.offers()).hasSizeGreaterThan(160);
    try (Connectors connectors = new Connectors(Path.of("routes"), Clock.systemUTC())) {
      connectors.start();
      for (Offer offer : catalogue.offers()) {
        Path config = pasted(catalogue.copy(offer.id()).orElseThrow());
        Loaded loaded = new ConfigurationFolder(config, name -> null).load(connectors);
        assertThat(loaded)
            .as(
                () ->
                    loaded instanceof Loaded.Refused refused
                        ? Problems.text(refused.problems())
                        : "accepted")
            .isInstanceOf(Loaded.Accepted.class);
      }
    }
  }

  private Path pasted(Copy copy) {
    Workspace workspace = new Workspace(folder);
    workspace.write("config/sources.yaml", "sources:\n" + String.join("", copy.sources()));
    String definitions =
        copy.definitions().isEmpty() ? "" : "definitions:\n" + String.join("", copy.definitions());
    workspace.write(
        "config/measures.yaml", definitions + "measures:\n" + String.join("", copy.measures()));
    workspace.write(
        "config/okrs/ours.yaml",
        """
        cycle: { id: 2026-Q4, from: 2026-10-01, to: 2026-12-31 }
        objectives:
          - id: ours
            title: Copy what others have thought of
            owner: us
            keyResults:
        """
            + copy.keyResult());
    return workspace.config();
  }

  @Test
  void it_is_shown_with_comments_measures_and_sources() {
    Workspace.Said said = Workspace.only("catalogue", "win-rate");

    assertThat(said.exit()).isZero();
    assertThat(said.out())
        .contains(
            """
                  # Deals still open count neither way.
                  - id: win-rate
                    title: Raise the win rate from 18% to 25%
                    formula: 100 * deals_won / (deals_won + deals_lost)
                    baseline: 18
                    target: 25
                    unit: "%"
            """)
        .contains(
            "\n  deals_won: { from: deals, where: status == 'won', at: wonAt, count: true }\n",
            "\n  deals_lost: { from: deals, where: status == 'lost', at: lostAt, count: true }\n",
            "\n  # What is sold. custom: ",
            "\n  deals: { connector: csv-records, with: { kind: deal,")
        .doesNotContain("revenue", "leads");
  }

  @Test
  void without_a_name_it_lists_all() {
    assertThat(Workspace.only("catalogue").out())
        .containsPattern("(?m)^win-rate +okrs/sales.yaml +Raise the win rate from 18% to 25%$");
    assertThat(Workspace.only("catalogue", "--json").out())
        .contains("{\"id\":\"win-rate\",\"title\":\"Raise the win rate from 18% to 25%\",");
  }

  @Test
  void a_wrong_name_is_answered_with_the_nearest() {
    Workspace.Said said = Workspace.only("catalogue", "winrate");

    assertThat(said.exit()).isEqualTo(Main.REFUSED);
    assertThat(said.err()).contains("no key result 'winrate'; did you mean 'win-rate'?");
  }

  @Test
  void without_a_catalogue_it_says_where_it_is() {
    Workspace.Said said = Workspace.only("catalogue", "--config", folder.toString());

    assertThat(said.exit()).isEqualTo(Main.REFUSED);
    assertThat(said.err()).contains("could not be read; it comes with okr-sync");
  }
}
