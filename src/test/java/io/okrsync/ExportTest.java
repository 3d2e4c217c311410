package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.connector.Secret;
import io.okrsync.store.Store;
import io.okrsync.store.StoreSettings;
import io.okrsync.sync.Trigger;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others get as files is complete, says its control totals, and is no formula to anybody. */
class ExportTest {
  private static final String KEY_RESULT = "objectives[deals].keyResults[a].";

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
            "input,row,record,title,at,amount,item,currency,problem,url,original_amount,original_currency",
            "revenue,record,2,Deal 2,2026-11-03T03:00:00Z,-3,,,,https://crm.example/deal/2,,",
            "revenue,record,'=1,Deal"
                + " =1,2026-11-02T03:00:00Z,10.25,,,,https://crm.example/deal/=1,,",
            "revenue,total,2,,,7.25,,,,,,",
            "owners,record,2,Deal 2,2026-11-03T03:00:00Z,1,budi,,,https://crm.example/deal/2,,",
            "owners,record,'=1,Deal"
                + " =1,2026-11-02T03:00:00Z,1,'@anna,,,https://crm.example/deal/=1,,",
            "owners,total,2,,,2,,,,,,");
    assertThat(workspace.run("export", "population", "99", "--to", file()).err())
        .contains("there is no reading 99");
  }

  @Test
  void nothing_but_a_file_is_written_over_and_nobody_s_name_is_refused() throws IOException {
    Path taken = Files.createDirectories(folder.resolve("taken"));
    Files.createDirectories(taken.resolve("full"));
    for (String to : List.of(taken.toString(), "/dev/full", "", "/proc/none.csv")) {
      Workspace.Said said = workspace.run("export", "runs", "--to", to);
      assertThat(said.exit()).as(said.all()).isEqualTo(2);
      assertThat(said.err()).contains("--to").doesNotContain("Exception");
    }
    assertThat(Files.isRegularFile(Path.of("/dev/full"))).isFalse();
    assertThat(taken.resolve("full")).isDirectory();
    for (String by : List.of("", "  ", "config/", "manual", "a".repeat(300))) {
      Workspace.Said said = workspace.run("export", "runs", "--by", by, "--to", file());
      assertThat(said.exit()).isEqualTo(2);
      assertThat(said.err()).contains("by ");
    }
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
        .startsWith("configuration,loaded_at,by,entry,what,name,key,from,to")
        .contains(loaded(1, "key,okrs/2026-q4.yaml," + KEY_RESULT + "formula,,revenue + owners"))
        .contains(
            loaded(2, "key,okrs/2026-q4.yaml," + KEY_RESULT + "formula,revenue + owners,revenue"))
        .contains(
            loaded(2, "key,measures.yaml,measures.revenue.where,status == 'won',status == 'lost'"))
        .anyMatch(it -> it.startsWith(loaded(2, "file,measures.yaml,sha256,")))
        .anyMatch(it -> it.startsWith(loaded(2, "measure,revenue,version,revenue@")))
        .noneMatch(it -> it.startsWith("2,") && it.contains("title"));
  }

  private static String loaded(int configuration, String what) {
    return configuration == 1
        ? "1,2026-11-21T03:00:00Z,config/,1," + what
        : "2,2026-11-21T04:00:00Z,config/,5," + what;
  }

  @Test
  void mappings_say_what_happened_to_rates_limits_schedules_tolerance_and_credentials()
      throws IOException {
    Workspace other = new Workspace(folder.resolve("other")).withCrm("https://crm.example");
    other.write("config/secrets/other", "another-token");
    rates(other, "1.5");
    SettableClock clock = new SettableClock("2026-11-21T03:00:00Z");
    try (Service service = other.service(clock)) {
      clock.move(Duration.ofHours(1));
      rates(other, "1.25");
      change(other, "config/sources.yaml", "secrets/token", "secrets/other");
      change(other, "config/sources.yaml", "every: 15m", "every: 1h");
      change(other, "config/sources.yaml", "warn: 1h", "warn: 2h");
      change(
          other,
          "config/sources.yaml",
          "    overlap: 10m",
          "    guard: { drop: 5% }\n    limits: { perDay: 1000 }");
      change(other, "config/okrs/2026-q4.yaml", "Jakarta }", "Jakarta, tolerance: 1% }");
      service.reload();
    }

    assertThat(export(other, "mappings").stream().filter(it -> it.startsWith("2,")))
        .map(it -> it.replace("2,2026-11-21T04:00:00Z,config/,4,", ""))
        .contains(
            "key,okrs/2026-q4.yaml,cycle.tolerance,,1%",
            "key,sources.yaml,sources.crm.every,15m,1h",
            "key,sources.yaml,sources.crm.freshness.warn,1h,2h",
            "key,sources.yaml,sources.crm.guard.drop,,5%",
            "key,sources.yaml,sources.crm.overlap,10m,",
            "key,sources.yaml,sources.crm.limits.perDay,,1000",
            "key,sources.yaml,sources.crm.with.apiToken,{{file:secrets/token}},{{file:secrets/other}}",
            "key,measures.yaml,rates.table.from.2026-01-01.EUR,1.5,1.25")
        .anyMatch(it -> it.startsWith("measure,revenue,version,"))
        .noneMatch(it -> it.startsWith("measure,deals_won,"))
        .noneMatch(it -> it.contains("-token"));
  }

  private static void rates(Workspace workspace, String euro) {
    String rates = "rates: { table: { in: USD, from: { 2026-01-01: { EUR: %s } } } }\nmeasures:";
    String measures = workspace.read("config/measures.yaml");
    workspace.write(
        "config/measures.yaml",
        measures
            .replace("in: USD }\n", "in: USD, rates: table }\n")
            .replaceFirst("(?s).*measures:", rates.formatted(euro)));
  }

  private static void change(Workspace workspace, String file, String from, String to) {
    assertThat(workspace.read(file)).contains(from);
    workspace.write(file, workspace.read(file).replace(from, to));
  }

  @Test
  void access_says_who_may_and_who_did() throws IOException {
    assertThat(export("access"))
        .anyMatch(it -> it.startsWith("whoever reaches the web address of 'serve',may,"))
        .anyMatch(it -> it.contains("whoever can write to the data folder"))
        .contains("manual,did,run.published,the log,2026-11-21T03:00:00Z,2026-11-21T03:00:00Z,1");
  }

  @Test
  void the_log_tells_who_took_what() throws Exception {
    export("runs", "--by", "Ani");
    String sha =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(Path.of(file()))));
    String told = "export.csv: 2 lines, %d bytes, SHA-256 %s";
    assertThat(workspace.run("log", "--actor", "Ani").out())
        .contains("export.written", "runs", told.formatted(Files.size(Path.of(file())), sha));
    for (String what : List.of("mappings", "access", "evidence")) {
      String by = "Budi " + what;
      assertThat(workspace.run("export", what, "--by", by, "--to", file()).exit()).isZero();
      assertThat(workspace.run("log", "--actor", "Budi " + what).out())
          .contains("export.written", what);
    }
    export("population", "2", "--by", "Citra");
    assertThat(workspace.run("log", "--actor", "Citra").out()).contains("population 2");
    assertThat(workspace.run("verify").exit()).isZero();
  }

  @Test
  void no_entry_tells_of_an_export_that_failed() throws IOException {
    Path folderInTheWay = folder.resolve("in-the-way");
    Files.createDirectories(folderInTheWay.resolve("full"));
    Workspace.Said said =
        workspace.run("export", "runs", "--by", "Nobody", "--to", folderInTheWay.toString());
    assertThat(said.exit()).as(said.all()).isNotZero();
    assertThat(workspace.run("export", "population", "99", "--by", "Nobody", "--to", file()).exit())
        .isNotZero();
    assertThat(workspace.run("log", "--actor", "Nobody").out()).doesNotContain("export.written");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).noneMatch(it -> it.getFileName().toString().startsWith(".export"));
    }
  }

  @Test
  void who_may_only_read_is_told_that_no_entry_tells_of_it() throws IOException {
    String url = "jdbc:h2:" + workspace.data().resolve("okr-sync").toAbsolutePath();
    StringWriter said = new StringWriter();
    ExportTarget target = new ExportTarget();
    target.to = Path.of(file());
    target.by = "Ani";
    target.spec = Main.commandLine().setErr(new PrintWriter(said, true)).getCommandSpec();
    StoreSettings readOnly =
        StoreSettings.at(url + ";ACCESS_MODE_DATA=r", "okrsync", new Secret(""));
    try (Store store = Store.open(readOnly)) {
      target.csv(store, "runs", csv -> csv.line("as it is"));
    }
    assertThat(said.toString()).contains("The log does not tell of this export");
    assertThat(Files.readAllLines(Path.of(file()))).containsExactly("as it is");
  }

  private static List<String> export(String... what) throws IOException {
    return export(workspace, what);
  }

  private static List<String> export(Workspace workspace, String... what) throws IOException {
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
