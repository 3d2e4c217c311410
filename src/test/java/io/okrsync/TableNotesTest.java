package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.sync.Trigger;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableNotesTest {
  @Test
  void status_names_a_key_that_no_record_has(@TempDir Path folder) {
    Workspace workspace = new Workspace(folder);
    DealFile deals = new DealFile(folder.resolve("deals.csv"));
    String won =
        "won: { from: deals, where: status == 'won', at: wonAt, count: true, by: owner }\n";
    String keyResult =
        "- { id: met, title: Bring 5 to their quota, formula: size(matched(won / quota)), baseline:"
            + " 0, target: 5 }\n";
    DealFile.configure(workspace, folder.resolve("deals.csv"), won, keyResult);
    workspace.write(
        "config/measures.yaml", "definitions: { quota: { ann: 12, bbo: 8 } }\nmeasures:\n  " + won);
    deals.put("1", "won", "1", "ann", Instant.parse("2026-11-02T03:00:00Z"));
    deals.put("2", "won", "1", "bob", Instant.parse("2026-11-03T03:00:00Z"));
    deals.write();
    try (Service service = workspace.service(new SettableClock("2026-11-21T03:00:00Z"))) {
      service.runs().run("deals", Trigger.MANUAL);
    }

    assertThat(workspace.run("status").out())
        .contains(
            "'met': 'quota' has a number for 'bbo', but no record that counts has that key; the"
                + " other way round, it has none for 'bob'");
  }
}
