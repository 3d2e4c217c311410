package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.audit.AuditChain;
import io.okrsync.audit.AuditEntry;
import io.okrsync.audit.CheckpointKey;
import io.okrsync.audit.Finding;
import io.okrsync.audit.SealedEntry;
import io.okrsync.connector.Connectors;
import io.okrsync.store.Evidence;
import io.okrsync.store.Store;
import io.okrsync.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is tampered with is found and named: promises 5, 7 and 10. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class EvidenceTest {
  @TempDir Path folder;
  private final FakeCrm crm = new FakeCrm();
  private Workspace workspace = new Workspace(Path.of("target"));

  @BeforeEach
  void a_ledger() {
    workspace = new Workspace(folder).withCrm(crm.url());
    crm.won(1, "100.25");
    crm.won(2, "50");
    crm.lost(3);
    run("sync");
    crm.won(4, "0.5");
    run("sync");
    workspace.okrs("100.0 * deals_won / (deals_won + deals_lost + 1)");
    run("sync");
    workspace.run(
        "state win-rate --override 20 --until 2999-01-01 --reason typo --by Ani".split(" "));
    Workspace.Said said =
        workspace.run("check-in", "revenue", "--confidence", "4", "--by", "Ani", "--wins", "two");
    assertThat(said.exit()).as(said.all()).isZero();
    run("checkpoint");
  }

  @AfterEach
  void close() {
    crm.close();
  }

  @Test
  void an_untouched_ledger_is_sound_and_every_value_comes_out_the_same() {
    Workspace.Said said = workspace.run("verify");
    assertThat(said.all())
        .contains("everything is as it was written")
        .doesNotContain("no checkpoint");
    assertThat(said.exit()).isZero();
    assertThat(workspace.run("verify", "--json").out())
        .contains("\"findings\":[]", "\"readings\":7");
  }

  @Test
  void a_change_is_explained_on_the_command_line() {
    Workspace.Said said = workspace.run("explain", "revenue", "--from", "2026-01-01");
    assertThat(said.exit()).as(said.all()).isZero();
    assertThat(said.out())
        .contains("revenue: no value yet at 2026-01-01T")
        .containsPattern(
            "The first is of reading \\d+; 'receipt \\d+' and 'export population \\d+' say")
        .contains("revenue: 150.25 at ", " 150.75 at ", ": +0.5")
        .contains("+0.5  revenue: late arrivals", "+0.5    4 'Deal 4' of crm");
    assertThat(workspace.run("explain", "revenue", "--json").out())
        .contains("\"change\":0.5", "\"cause\":\"late\"", "\"record\":\"4\"");
    assertThat(workspace.run("explain", "win-rate").out())
        .contains("60 at ", "-40  an override: 20 until 2999-01-01T17:00:00Z by Ani: typo")
        .doesNotContain("a new configuration");
    assertThat(workspace.run("explain", "win-rate", "--from", "2026-01-01").out())
        .contains(
            "a new configuration 2: formula: '100.0 * deals_won / (deals_won + deals_lost + 1)'");
  }

  @Test
  void the_log_tells_a_value_that_is_missing_apart_from_one_that_moved() {
    assertThat(workspace.run("log", "--action", "key-result.missing").out())
        .contains("has no value: never read");
    assertThat(workspace.run("log", "--action", "key-result.moved").out())
        .contains("from 150.25 to 150.75")
        .doesNotContain("has no value", "stays");
    assertThat(workspace.run("log", "--source", "crm").out())
        .contains("run.published")
        .doesNotContain("key-result.", "configuration.");
    assertThat(workspace.run("log", "--key-result", "revenue", "--actor", "Ani").out())
        .contains("key-result.checked-in")
        .doesNotContain("win-rate", "key-result.moved");
  }

  @Test
  void what_cannot_be_explained_is_said() {
    assertThat(workspace.run("explain", "revenu").err())
        .contains("no stored configuration has a key result 'revenu'");
    assertThat(workspace.run("explain", "revenue", "--from", "lately").err())
        .contains("--from must be a day such as 2026-11-21 or a moment");
    assertThat(
            workspace.run("explain", "revenue", "--from", "2026-11-02", "--to", "2026-11-01").err())
        .contains("--from must not be after --to");
    Workspace.Said early =
        workspace.run("explain", "revenue", "--from", "2026-01-01", "--to", "2026-01-02");
    assertThat(early.exit()).isEqualTo(Main.FAILED);
    assertThat(early.err()).contains("had no value yet");
  }

  @Test
  void the_key_is_for_its_owner_only_and_is_made_once() throws IOException {
    Path key = workspace.data().resolve("checkpoint.key");
    String before = Files.readString(key);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(workspace.run("checkpoint").out()).contains("Nothing happened");
    run("sync");
    assertThat(workspace.run("checkpoint").out()).contains("is signed by key");
    assertThat(Files.readString(key)).isEqualTo(before);
    assertThat(workspace.run("verify").exit()).isZero();
  }

  @Test
  void each_change_of_a_row_is_named() throws SQLException {
    List<String> unnoticed = new ArrayList<>();
    try (Store store = Store.open(StoreSettings.inFolder(workspace.data()));
        Connectors connectors = new Connectors(Path.of("routes"), Clock.systemUTC())) {
      connectors.start();
      for (String table : TABLES) {
        execute("create table sound_%1$s as select * from %1$s".formatted(table));
      }
      for (Tampering tampering : TAMPERINGS) {
        execute(tampering.sql());
        List<Finding> findings = verify(store, connectors);
        if (findings.stream().noneMatch(it -> it.toString().contains(tampering.named()))) {
          unnoticed.add(tampering + "\n" + findings);
        }
        restore();
        assertThat(verify(store, connectors)).as("after %s was undone", tampering).isEmpty();
      }
    }
    assertThat(unnoticed).isEmpty();
  }

  private static final List<String> TABLES =
      List.of(
          "audit_entry",
          "audit_head",
          "reading",
          "statement",
          "sync_run",
          "config_version",
          "record_version",
          "contribution",
          "daily_total",
          "check_in");

  private static List<Finding> verify(Store store, Connectors connectors) {
    Evidence evidence = store.evidence();
    StoredSetups setups = new StoredSetups(evidence, connectors, name -> null);
    return new Verification(evidence, setups, List.of()).run().findings();
  }

  private void restore() throws SQLException {
    execute("set referential_integrity false");
    for (String table : TABLES) {
      String columns =
          table.equals("record_version")
              ? "source, record_id, since_run, until_run, updated_at, hash, body"
              : "*";
      String into = columns.equals("*") ? "" : "(" + columns + ")";
      execute("delete from " + table);
      execute("insert into %s %s select %s from sound_%1$s".formatted(table, into, columns));
    }
    execute("set referential_integrity true");
  }

  private record Tampering(String sql, String named) {}

  private static Tampering of(String sql, String named) {
    return new Tampering(sql, named);
  }

  private static final List<Tampering> TAMPERINGS =
      List.of(
          of("update audit_entry set detail = detail || '.' where sequence = 3", "audit_entry 3"),
          of("update audit_entry set actor = 'anna' where sequence = 2", "audit_entry 2"),
          of(
              "update audit_entry set at = dateadd(microsecond, 1, at) where sequence = 4",
              "audit_entry 4"),
          of("delete from audit_entry where sequence = 3", "audit_entry 4"),
          of("delete from audit_entry where sequence = 1", "audit_entry 2"),
          of(
              "delete from audit_entry where sequence = (select max(sequence) from audit_entry)",
              "audit_head"),
          of(
              "insert into audit_entry select 0, at, actor, action, subject, detail, previous_hash,"
                  + " hash from audit_entry where sequence = 1",
              "audit_entry 0"),
          of(
              "update audit_entry set sequence = case sequence when 3 then -4 else -3 end where"
                  + " sequence in (3, 4); update audit_entry set sequence = -sequence where"
                  + " sequence < 0",
              "audit_entry 3"),
          of("update statement set stated = 21", "statement about win-rate"),
          of("update statement set reason = 'none'", "statement about win-rate"),
          of("update statement set until = dateadd(day, 1, until)", "statement about win-rate"),
          of("delete from statement", "statement about win-rate"),
          of(
              "insert into statement (key_result, kind, at, person, stated, reason, link, until)"
                  + " select key_result, kind, at, person, 30, reason, link, until from statement",
              "statement 2"),
          of("delete from audit_head", "audit_head"),
          of("update audit_head set hash = 'f'", "audit_head"),
          of("update reading set new_value = new_value + 0.0000000001 where id = 3", "reading 3"),
          of("update reading set previous_value = 1 where id = 5", "reading 5"),
          of("update reading set at = dateadd(microsecond, 1, at) where id = 2", "reading 2"),
          of(
              "update reading set inputs = replace(inputs, '\"records\":2', '\"records\":3') where"
                  + " id = 3",
              "reading 3"),
          of("update reading set run = null where id = 4", "reading 4"),
          of("update reading set cause = 'CONFIGURATION' where id = 3", "reading 3"),
          of("update reading set config_version = 2 where id = 3", "reading 3"),
          of("delete from reading where id = 5", "reading of"),
          of("delete from reading where id = 2", "reading of"),
          of(
              "insert into reading (key_result, new_value, cause, at, config_version, inputs)"
                  + " values ('revenue', 1, 'SYNC', current_timestamp, 1, '[]')",
              "has no entry"),
          of("update sync_run set items_read = 99 where id = 1", "sync_run 1"),
          of("update sync_run set reason = 'x' where id = 2", "sync_run 2"),
          of("update sync_run set outcome = 'FAILED' where id = 1", "sync_run 1"),
          of(
              "insert into sync_run (source, kind, triggered_by, outcome, started_at, finished_at,"
                  + " items_read, created, changed, unchanged, removed, rejected, seen, seen_there,"
                  + " total_shrank, net_records, needs_authorisation) values ('crm', 'SYNC',"
                  + " 'MANUAL', 'OK', current_timestamp, current_timestamp, 0, 0, 0, 0, 0, 0, 0, 0,"
                  + " false, 0, false)",
              "no entry tells"),
          of(
              "update config_version set files = replace(files, '25', '26') where id = 1",
              "config_version 1"),
          of("update config_version set digest = 'd' where id = 1", "config_version 1"),
          of(
              "insert into config_version (digest, loaded_at, files, defined) values ('d',"
                  + " current_timestamp, '{}', '{}')",
              "no entry that tells"),
          of(
              "update record_version set body = replace(body, '100.25', '100.26') where record_id ="
                  + " '1'",
              "record_version 1"),
          of("update record_version set until_run = 2 where record_id = '1'", "ended_version 1"),
          of("delete from record_version where record_id = '4'", "contribution to"),
          of(
              "insert into record_version (source, record_id, since_run, hash, body) select source,"
                  + " '9', since_run, hash, replace(body, '\"1\"', '\"9\"') from record_version"
                  + " where record_id = '1'",
              "record_version 9"),
          of(
              "update contribution set amount = amount + 1 where record_id = '1'",
              "contribution to"),
          of("update contribution set original_amount = 1", "contribution to"),
          of("update contribution set original_currency = 'EUR'", "contribution to"),
          of("update daily_total set amount = amount + 1", "daily_total of"),
          of("delete from daily_total", "daily_total of"),
          of(
              "insert into daily_total select measure, epoch_day + 1, currency, records, problems,"
                  + " amount from daily_total",
              "daily_total of"),
          of("update contribution set group_key = 'x' where record_id = '1'", "contribution to"),
          of("update check_in set confidence = 5", "check_in 1"),
          of("update check_in set person = ''", "check_in 1"),
          of("update check_in set blockers = 'none'", "check_in 1"),
          of("delete from check_in", "check_in about revenue"),
          of(
              "insert into check_in (key_result, at, person, confidence, wins, blockers) select"
                  + " key_result, at, person, confidence, wins, blockers from check_in",
              "check_in 2"),
          of("delete from contribution where record_id = '2'", "contribution to"),
          of(
              "insert into contribution select measure, '8', since_run, at, amount,"
                  + " item, currency, problem, group_key, original_amount,"
                  + " original_currency from contribution where record_id = '4'",
              "contribution to"));

  @Test
  void the_end_cut_off_or_the_whole_chain_written_anew_is_found_by_the_checkpoint()
      throws Exception {
    Path sound = folder.resolve("sound");
    copy(workspace.data(), sound);
    execute(
        "delete from reading where id > 3; delete from audit_entry where sequence > 6;"
            + " update audit_head set sequence = 6, hash ="
            + " (select hash from audit_entry where sequence = 6)");
    assertThat(workspace.run("verify").out())
        .contains("was signed by the checkpoint", "is missing");

    copy(sound, workspace.data());
    writeAnew();
    Workspace.Said said = workspace.run("verify");
    assertThat(said.exit()).isEqualTo(Main.FAILED);
    assertThat(said.out()).contains("the chain was written anew");

    Files.delete(workspace.data().resolve("checkpoints.jsonl"));
    assertThat(workspace.run("verify").all())
        .contains("1 finding.", "sync_run 1", "There is no checkpoint, so");
  }

  @Test
  void what_the_ledger_is_held_against_must_be_there_and_may_have_gone_through_an_editor()
      throws Exception {
    Path kept = folder.resolve("kept.jsonl");
    Workspace.Said missing = workspace.run("verify", "--checkpoints", kept.toString());
    assertThat(missing.exit()).isEqualTo(2);
    assertThat(missing.err()).contains("--checkpoints names ", "kept.jsonl, which does not exist");

    String pack = folder.resolve("edited.zip").toString();
    assertThat(workspace.run("export", "evidence", "--to", pack).exit()).isZero();
    String line = Files.readString(workspace.data().resolve("checkpoints.jsonl")).strip();
    Files.writeString(kept, "\uFEFF" + line.replace("\n", "\r\n") + "\r\n\r\n");
    Workspace.Said edited = workspace.run("verify", "--checkpoints", kept.toString());
    assertThat(edited.all()).contains("everything is as it was written");
    assertThat(workspace.run("verify", pack, "--checkpoints", kept.toString()).exit()).isZero();
    Workspace.Said independent = Pack.verifier(Path.of(pack), "--checkpoints", kept.toString());
    assertThat(independent.exit()).as(independent.all()).isZero();

    for (String key : List.of("zz", "8F9E713FBEF4F5FB", "")) {
      Workspace.Said mistyped = workspace.run("verify", "--key", key);
      assertThat(mistyped.exit()).isEqualTo(2);
      assertThat(mistyped.err()).contains("--key must be the id that 'checkpoint' prints");
    }
    Workspace.Said other = workspace.run("verify", "--key", "0123456789abcdef");
    assertThat(other.exit()).isEqualTo(1);
    assertThat(other.out())
        .contains("was signed by key ", " and not by 0123456789abcdef")
        .doesNotContain("There is no checkpoint, so");
  }

  @Test
  void a_key_that_others_can_use_and_one_that_is_none_are_told() throws IOException {
    Path key = folder.resolve("shared.key");
    String kept = folder.resolve("shared.jsonl").toString();
    String[] checkpoint = {"checkpoint", "--checkpoints", kept, "--signing-key", key.toString()};
    assertThat(workspace.run(checkpoint).err()).isEmpty();
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(workspace.run(checkpoint).err())
        .contains("shared.key is the signing key, and everybody here can use it (rw-r--r--)");

    Files.writeString(key, "rubbish");
    checkpoint[2] = folder.resolve("others.jsonl").toString();
    Workspace.Said broken = workspace.run(checkpoint);
    assertThat(broken.exit()).isEqualTo(1);
    assertThat(broken.err())
        .contains("shared.key holds no key of OKR Sync")
        .doesNotContain("Exception");
    Workspace.Said nowhere =
        workspace.run("checkpoint", "--checkpoints", key.resolve("none").toString());
    assertThat(nowhere.exit()).isEqualTo(1);
    assertThat(nowhere.err())
        .contains("shared.key", " cannot be read or written")
        .doesNotContain("Exception", "\tat ");
  }

  @Test
  void a_key_is_never_there_by_half() throws IOException {
    Path key = folder.resolve("keys").resolve("checkpoint.key");
    String made = CheckpointKey.in(key).publicKey();

    assertThat(CheckpointKey.in(key).publicKey()).isEqualTo(made);
    try (Stream<Path> files = Files.list(key.getParent())) {
      assertThat(files).containsExactly(key);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
  }

  @Test
  void a_checkpoint_that_was_changed_or_signed_by_another_is_named() throws Exception {
    Path file = workspace.data().resolve("checkpoints.jsonl");
    String line = Files.readString(file);
    Files.writeString(file, line.replaceFirst("\"sequence\":\\d+", "\"sequence\":2"));
    assertThat(workspace.run("verify").out()).contains("line 1: was changed after it was signed");
    Files.writeString(file, line.replace("{", "{ "));
    assertThat(workspace.run("verify").out()).contains("line 1: is no checkpoint, or was changed");

    Files.writeString(file, line);
    Files.delete(workspace.data().resolve("checkpoint.key"));
    run("sync");
    run("checkpoint");
    assertThat(workspace.run("verify").out()).contains("line 1: was signed by key");
  }

  /** Changes what the first run is said to have read, and seals all entries again. */
  private void writeAnew() throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      List<SealedEntry> anew = new ArrayList<>();
      try (ResultSet row = statement.executeQuery("select * from audit_entry order by sequence")) {
        while (row.next()) {
          AuditEntry entry =
              new AuditEntry(
                  row.getObject("at", OffsetDateTime.class).toInstant(),
                  row.getString("actor"),
                  row.getString("action"),
                  row.getString("subject"),
                  row.getString("detail").replace("run 1: read 3", "run 1: read 2"));
          String previous = anew.isEmpty() ? AuditChain.GENESIS : anew.get(anew.size() - 1).hash();
          anew.add(AuditChain.seal(anew.size() + 1L, entry, previous));
        }
      }
      try (PreparedStatement update =
          connection.prepareStatement(
              "update audit_entry set detail = ?, previous_hash = ?, hash = ? where sequence ="
                  + " ?")) {
        for (SealedEntry sealed : anew) {
          update.setString(1, sealed.entry().detail());
          update.setString(2, sealed.previousHash());
          update.setString(3, sealed.hash());
          update.setLong(4, sealed.sequence());
          update.executeUpdate();
        }
      }
      statement.execute(
          "update audit_head set hash = '%s'".formatted(anew.get(anew.size() - 1).hash()));
    }
  }

  private void run(String command) {
    Workspace.Said said = workspace.run(command);
    assertThat(said.exit()).as(said.all()).isZero();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connection() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:h2:retry:" + workspace.data().resolve("okr-sync").toAbsolutePath(), "okrsync", "");
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(
            file,
            to.resolve(file.getFileName()),
            java.nio.file.StandardCopyOption.REPLACE_EXISTING,
            java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}
