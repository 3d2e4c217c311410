package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.sync.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others get as files is complete, says its control totals, and is no formula to anybody. */
class ExportTest {
  @TempDir static Path folder;
  private static Workspace workspace = new Workspace(Path.of("target"));

  @BeforeAll
  static void a_ledger() {
    workspace = new Workspace(folder);
    DealFile deals = new DealFile(folder.resolve("deals.csv"));
    SettableClock clock = new SettableClock("2026-11-21T03:00:00Z");
    deals.put("=1", "won", "10.25", "@anna", Instant.parse("2026-11-02T03:00:00Z"));
    deals.put("2", "won", "-3", "budi", Instant.parse("2026-11-03T03:00:00Z"));
    deals.put("3", "open", "9", "budi", Instant.parse("2026-11-03T03:00:00Z"));
    deals.write();
    configure("revenue + owners", "'won'");
    try (Service service = workspace.service(clock)) {
      service.runs().run("deals", Trigger.MANUAL);
      clock.move(Duration.ofHours(1));
      configure("revenue", "'lost'");
      service.reload();
    }
  }

  @Test
  void the_records_behind_a_reading_have_control_totals_for_each_input() throws IOException {
    assertThat(export("population", "2"))
        .containsExactly(
            "input,row,record,title,at,amount,item,currency,problem,url",
            "revenue,record,2,Deal 2,2026-11-03T03:00:00Z,-3,,,,https://crm.example/deal/2",
            "revenue,record,'=1,Deal =1,2026-11-02T03:00:00Z,10.25,,,,https://crm.example/deal/=1",
            "revenue,total,2,,,7.25,,,,",
            "owners,record,2,Deal 2,2026-11-03T03:00:00Z,1,budi,,,https://crm.example/deal/2",
            "owners,record,'=1,Deal =1,2026-11-02T03:00:00Z,1,'@anna,,,https://crm.example/deal/=1",
            "owners,total,2,,,2,,,,");
    assertThat(workspace.run("export", "population", "99", "--to", file()).err())
        .contains("There is no reading 99");
  }

  @Test
  void runs_say_what_they_read_and_counted() throws IOException {
    List<String> lines = export("runs");
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).startsWith("id,source,kind,trigger,outcome,startedAt,");
    assertThat(lines.get(1))
        .startsWith("1,deals,SYNC,MANUAL,OK,2026-11-21T03:00:00Z,2026-11-21T03:00:00Z,,,3,3,0,0,0");
  }

  @Test
  void mappings_say_what_each_configuration_changed() throws IOException {
    assertThat(export("mappings"))
        .startsWith("configuration,loaded_at,what,name,key,from,to")
        .contains("1,2026-11-21T03:00:00Z,key-result,a,formula,,revenue + owners")
        .contains("2,2026-11-21T04:00:00Z,key-result,a,formula,revenue + owners,revenue")
        .contains("2,2026-11-21T04:00:00Z,measure,revenue,where,status == 'won',status == 'lost'")
        .anyMatch(it -> it.startsWith("2,2026-11-21T04:00:00Z,file,measures.yaml,sha256,"))
        .noneMatch(it -> it.startsWith("2,") && it.contains(",title,"));
  }

  @Test
  void access_says_who_may_and_who_did() throws IOException {
    assertThat(export("access"))
        .anyMatch(it -> it.startsWith("whoever reaches the web address of 'serve',may,"))
        .anyMatch(it -> it.contains("whoever can write to the data folder"))
        .contains("manual,did,run.published,the log,2026-11-21T03:00:00Z,2026-11-21T03:00:00Z,1");
  }

  private static List<String> export(String... what) throws IOException {
    List<String> words = new ArrayList<>(List.of("export"));
    words.addAll(List.of(what));
    words.addAll(List.of("--to", file()));
    Workspace.Said said = workspace.run(words.toArray(String[]::new));
    assertThat(said.exit()).as(said.all()).isZero();
    return Files.readAllLines(Path.of(file()));
  }

  private static String file() {
    return folder.resolve("export.csv").toString();
  }

  private static void configure(String formula, String status) {
    DealFile.configure(
        workspace,
        folder.resolve("deals.csv"),
        """
        revenue: { from: deals, where: status == %s, at: wonAt, sum: value }
        owners:  { from: deals, where: status == 'won', at: wonAt, distinct: owner }
        """
            .formatted(status),
        """
        - id: a
          title: Bring it to 1000
          formula: %s
          baseline: 0
          target: 1000
        """
            .formatted(formula));
  }
}
