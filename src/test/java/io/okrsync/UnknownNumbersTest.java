package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who names what is not there has used the command wrongly, whichever it is. */
class UnknownNumbersTest {
  @TempDir static Path folder = Path.of("target");
  private static final FakeCrm crm = new FakeCrm();
  private static Workspace workspace = new Workspace(Path.of("target"));

  @BeforeAll
  static void a_ledger() {
    workspace = new Workspace(folder).withCrm(crm.url());
    crm.won(1, "100");
    assertThat(workspace.run("sync").exit()).isZero();
  }

  @AfterAll
  static void close() {
    crm.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "receipt 99 | there is no reading 99",
        "export population 99 --to {folder}/a.csv | there is no reading 99",
        "replay 99 | there is no reading 99",
        "replay 1 99 | there is no reading 99",
        "replay --cycle 2026-Q5 | no configuration has a cycle '2026-Q5'; did you mean '2026-Q4'?",
        "restatements --cycle 2026-Q5 | no configuration has a cycle '2026-Q5'",
        "release 99 --reason x | there is no run 99",
        "discard 99 --reason x | there is no run 99",
        "explain win-rat | no stored configuration has a key result 'win-rat'",
        "status win-rat | win-rat",
        "state win-rat --learned much | win-rat",
        "check-in win-rat --confidence 4 | win-rat",
        "sync crn | no source is called 'crn'; did you mean 'crm'?",
        "backfill crn --from 2026-10-01 | no source is called 'crn'",
        "next-cycle 2026-Q5 --to {folder}/q5.yaml | 2026-Q5",
      })
  void what_is_not_there_is_wrong_usage(String command, String said) {
    Workspace.Said answer =
        workspace.run(command.replace("{folder}", folder.toString()).split(" "));

    assertThat(answer.err()).contains(said);
    assertThat(answer.exit()).as(answer.all()).isEqualTo(Main.REFUSED);
  }

  @Test
  void a_reading_that_is_there_is_taken() {
    assertThat(workspace.run("receipt", "1").exit()).isZero();
    assertThat(workspace.run("replay", "1", "--cycle", "2026-Q4").exit()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"replay x, x", "replay 1 2.5, 2.5", "replay 1 x --json, x"})
  void a_reading_is_a_number(String command, String written) {
    Workspace.Said said = workspace.run(command.split(" "));

    assertThat(said.exit()).isEqualTo(Main.REFUSED);
    assertThat(said.err())
        .isEqualToIgnoringNewLines(
            "Invalid value for READING: '%s' is not a whole numberSee 'okr-sync replay --help'."
                .formatted(written));
  }

  @Test
  void a_program_is_told_in_json() {
    assertThat(workspace.run("receipt", "99", "--json").out())
        .isEqualToIgnoringNewLines("{\"error\":\"there is no reading 99\"}");
  }
}
