package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.audit.CheckpointFile;
import io.okrsync.audit.CheckpointKey;
import io.okrsync.audit.Finding;
import io.okrsync.okr.CheckIn;
import io.okrsync.store.Store;
import io.okrsync.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody does to the file of checkpoints, or to the key, is named by the check. */
class CheckpointLinesTest {
  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  private Workspace workspace;

  @SuppressWarnings("NullAway.Init")
  private List<String> sound;

  @BeforeEach
  void four_checkpoints() throws IOException {
    workspace = new Workspace(folder);
    for (int i = 1; i <= 4; i++) {
      happens("number " + i);
      sign();
    }
    sound = Files.readAllLines(file());
    assertThat(sound).hasSize(4);
    assertThat(workspace.run("verify").exit()).isZero();
  }

  @Test
  void each_flip_of_a_line_is_named() throws IOException {
    for (int line = 0; line < sound.size(); line++) {
      for (int at = 0; at < sound.get(line).length(); at += 3) {
        StringBuilder flipped = new StringBuilder(sound.get(line));
        flipped.setCharAt(at, flipped.charAt(at) == 'A' ? 'B' : 'A');
        List<String> lines = new ArrayList<>(sound);
        lines.set(line, flipped.toString());
        Files.write(file(), lines);
        assertThat(new CheckpointFile(file()).read(Set.of()).findings())
            .as("line %d, character %d", line + 1, at)
            .extracting(Finding::place)
            .contains("checkpoint in line " + (line + 1));
        if (at == 0) {
          assertThat(findings(lines)).anyMatch(namesLine(line + 1));
        }
      }
    }
  }

  @Test
  void each_line_that_is_dropped_doubled_or_in_another_place_is_named() throws IOException {
    for (int line = 0; line + 1 < sound.size(); line++) {
      List<String> dropped = new ArrayList<>(sound);
      dropped.remove(line);
      assertThat(findings(dropped)).as("without %d", line + 1).anyMatch(namesLine(line + 1));

      List<String> doubled = new ArrayList<>(sound);
      doubled.add(line + 1, sound.get(line));
      assertThat(findings(doubled)).as("twice %d", line + 1).anyMatch(namesLine(line + 2));

      List<String> swapped = new ArrayList<>(sound);
      Collections.swap(swapped, line, line + 1);
      assertThat(findings(swapped)).as("swapped %d", line + 1).anyMatch(namesLine(line + 1));
    }
    assertThat(findings(sound.subList(2, 4))).as("cut at the head").anyMatch(namesLine(1));
    assertThat(findings(List.of("{}", sound.get(0)))).anyMatch(namesLine(1));
  }

  /** Nothing in the file can tell, but the log goes on after it. */
  @Test
  void after_an_end_that_was_cut_off_it_is_said_which_entries_are_covered_by_none()
      throws IOException {
    Files.write(file(), sound.subList(0, 2));
    assertThat(workspace.run("verify").out())
        .containsPattern("Entries 3 to 4, from \\S+ on, are covered by no checkpoint");
    Files.write(file(), List.of());
    assertThat(workspace.run("verify").out())
        .contains(
            "There is no checkpoint, so neither an end that was cut off nor a log that was written")
        .contains(
            "There is a signing key, so there were some, unless none could be written: ask whoever"
                + " kept a copy.")
        .containsPattern("Entries 1 to 4, from \\S+ on, are covered by no checkpoint");
  }

  @Test
  void an_entry_written_anew_is_named_though_the_service_has_signed_it_since()
      throws IOException, SQLException {
    execute(
        """
        delete from check_in where id = 4; delete from audit_entry where sequence = 4;
        update audit_head set sequence = 3, hash = (select hash from audit_entry where sequence = 3)
        """);
    happens("another word");
    sign();
    assertThat(workspace.run("verify").out())
        .contains("audit_entry 4: is not the entry that the checkpoint of")
        .contains("the chain was written anew");
  }

  @Test
  void another_key_in_place_of_the_one_that_signed_is_named() throws IOException {
    Path key = workspace.data().resolve("checkpoint.key");
    List<String> own = Files.readAllLines(key);
    Files.delete(key);
    happens("number 5");
    sign();
    List<String> other = Files.readAllLines(key);
    assertThat(findings(Files.readAllLines(file()))).anyMatch(namesLine(1)).anyMatch(namesLine(4));

    happens("number 6");
    Files.write(key, List.of(own.get(0), other.get(1)));
    assertThat(workspace.run("checkpoint").err())
        .contains("holds no key of OKR Sync; put the right file there");
    Files.write(key, List.of("nonsense"));
    assertThat(workspace.run("verify").err()).contains("holds no key of OKR Sync");
  }

  @Test
  void a_key_that_took_the_place_of_another_is_told_and_both_can_be_named() throws IOException {
    Path key = workspace.data().resolve("checkpoint.key");
    String old = CheckpointKey.in(key).id();
    List<String> first = Files.readAllLines(key);
    Files.delete(key);
    happens("number 5");
    Workspace.Said signed = workspace.run("checkpoint");
    String now = CheckpointKey.in(key).id();
    String both = "Whoever verifies names all: --key %s --key %s".formatted(old, now);
    assertThat(signed.err()).contains(both);

    Workspace.Said alone = workspace.run("verify");
    assertThat(alone.exit()).isEqualTo(1);
    assertThat(alone.out())
        .contains("was signed by key %s and not by %s; name more than".formatted(old, now));
    Workspace.Said named = workspace.run("verify", "--key", old, "--key", now);
    assertThat(named.exit()).as(named.all()).isZero();

    Path pack = folder.resolve("pack.zip");
    assertThat(workspace.run("export", "evidence", "--to", pack.toString()).err()).contains(both);
    assertThat(workspace.run("verify", pack.toString()).exit()).isEqualTo(1);
    assertThat(workspace.run("verify", pack.toString(), "--key", now).exit()).isEqualTo(1);
    assertThat(workspace.run("verify", pack.toString(), "--key", old, "--key", now).exit())
        .isZero();
    assertThat(Pack.verifier(pack).exit()).isEqualTo(1);
    Workspace.Said independent = Pack.verifier(pack, "--key", now, "--key", old);
    assertThat(independent.exit()).as(independent.all()).isZero();

    Files.write(key, first);
    happens("number 6");
    sign();
    String again = "was signed by key %s, after key %s had taken its place".formatted(old, now);
    assertThat(workspace.run("verify", "--key", old, "--key", now).out()).contains(again);
    assertThat(workspace.run("export", "evidence", "--to", pack.toString()).exit()).isZero();
    assertThat(workspace.run("verify", pack.toString(), "--key", old, "--key", now).out())
        .contains(again);
    assertThat(Pack.verifier(pack, "--key", old, "--key", now).out()).contains(again);
  }

  @Test
  void a_copy_may_begin_with_a_later_line_but_misses_none_after_it() throws IOException {
    Path copy = folder.resolve("copy.jsonl");
    Files.write(copy, sound.subList(2, 4));
    Workspace.Said later = workspace.run("verify", "--checkpoints", copy.toString());
    assertThat(later.exit()).as(later.all()).isZero();
    Path pack = folder.resolve("pack.zip");
    assertThat(workspace.run("export", "evidence", "--to", pack.toString()).exit()).isZero();
    assertThat(Pack.verifier(pack, "--checkpoints", copy.toString()).exit()).isZero();

    Files.write(copy, List.of(sound.get(0), sound.get(2)));
    String gap = "kept checkpoints line 2: does not continue the line before it";
    assertThat(workspace.run("verify", "--checkpoints", copy.toString()).out()).contains(gap);
    assertThat(workspace.run("verify", pack.toString(), "--checkpoints", copy.toString()).out())
        .contains(gap);
    assertThat(Pack.verifier(pack, "--checkpoints", copy.toString()).out()).contains(gap);
  }

  @Test
  void an_entry_that_is_dated_back_is_named_though_all_of_it_fits_and_is_signed()
      throws IOException {
    happens("late", Instant.now().minus(Duration.ofHours(2)));
    sign();
    String named = "it was dated back, or a clock was put back";
    assertThat(workspace.run("verify").out()).contains("audit_entry 5: entry 5 is dated", named);
    Path pack = folder.resolve("pack.zip");
    assertThat(workspace.run("export", "evidence", "--to", pack.toString()).exit()).isZero();
    assertThat(workspace.run("verify", pack.toString()).out()).contains("audit entry 5: ", named);
    assertThat(Pack.verifier(pack).out()).contains("audit entry 5: is dated", named);
  }

  private static Predicate<String> namesLine(int line) {
    return it -> it.startsWith("checkpoint in line " + line + ":");
  }

  private List<String> findings(List<String> lines) throws IOException {
    Files.write(file(), lines);
    Workspace.Said said = workspace.run("verify");
    assertThat(said.exit()).as(said.all()).isEqualTo(Main.FAILED);
    return said.out().lines().toList();
  }

  private void happens(String word) {
    happens(word, Instant.now());
  }

  private void happens(String word, Instant at) {
    try (Store store = Store.open(StoreSettings.inFolder(workspace.data()))) {
      store.checkIn(new CheckIn("revenue", at, "Ani", 4, word, ""));
    }
  }

  private void sign() {
    Workspace.Said said = workspace.run("checkpoint");
    assertThat(said.exit()).as(said.all()).isZero();
  }

  private Path file() {
    return workspace.data().resolve("checkpoints.jsonl");
  }

  private void execute(String sql) throws SQLException {
    String url = "jdbc:h2:retry:" + workspace.data().resolve("okr-sync").toAbsolutePath();
    try (Connection connection = DriverManager.getConnection(url, "okrsync", "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
