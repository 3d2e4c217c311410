package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code test}: cases against the configuration, without sources, secrets and ledger. */
class TestCommandTest {
  private final Workspace workspace;

  TestCommandTest(@TempDir Path folder) {
    workspace = new Workspace(folder);
  }

  @BeforeEach
  void a_source_whose_secret_is_not_here() {
    workspace.withCrm("http://127.0.0.1:1");
    workspace.write(
        "config/sources.yaml",
        """
        sources:
          crm:
            connector: pipedrive-deals
            with: { baseUrl: "{{env:NOT_SET_ANYWHERE}}", apiToken: "{{file:not/here}}" }
            every: 15m
        """);
  }

  @Test
  void the_shipped_cases_hold() {
    Workspace.Said said = Workspace.only("test");

    assertThat(said.exit()).as(said.all()).isZero();
    assertThat(said.out()).contains("all as expected");
  }

  @Test
  void a_case_that_holds_ends_well_and_leaves_no_ledger() {
    cases("expect: { win-rate: 50, revenue: { value: 100, status: at risk } }");

    Workspace.Said said = workspace.run("test");

    assertThat(said.exit()).as(said.all()).isZero();
    assertThat(workspace.data()).doesNotExist();
  }

  @Test
  void a_case_that_does_not_hold_says_what_came_and_of_what() {
    cases("expect: { win-rate: 25 }");

    Workspace.Said said = workspace.run("test");

    assertThat(said.exit()).isEqualTo(Main.FAILED);
    assertThat(said.out())
        .contains(
            "FAILED  a case (line 3)",
            "win-rate: expected 25, but is 50",
            "deals_won = 1 of 1 record",
            "1 case, 1 failed");
  }

  @Test
  void a_value_where_a_reason_is_expected_fails_the_case() {
    cases("expect: { win-rate: { reason: division by nothing } }");

    assertThat(workspace.run("test").out())
        .contains("win-rate: expected no value (division by nothing), but is 50");
  }

  @Test
  void another_status_fails_the_case() {
    cases("expect: { revenue: { status: complete } }");

    assertThat(workspace.run("test").out())
        .contains("revenue: expected complete, but is 100, at risk");
  }

  @Test
  void cases_know_nothing_of_each_other() {
    workspace.write(
        "config/tests/cases.yaml",
        """
        now: 2026-11-21T12:00:00Z
        cases:
          - name: one
            records: { crm: [{ id: 1, status: won, wonAt: 2026-10-12, value: 100, currency: USD }] }
            expect: { revenue: 100 }
          - name: other
            records: { crm: [{ id: 2, status: won, wonAt: 2026-10-12, value: 7, currency: USD }] }
            expect: { revenue: 7 }
          - name: never read
            records: {}
            expect: { revenue: { reason: never read } }
        """);

    assertThat(workspace.run("test").exit()).isZero();
  }

  @Test
  void what_is_no_record_fails_its_case_and_says_why() {
    workspace.write(
        "config/tests/cases.yaml",
        """
        now: 2026-11-21T12:00:00Z
        cases:
          - name: a case
            records: { crm: [{ id: 1, value: much }, { id: 2, colour: red }] }
            expect: { revenue: 0 }
        """);

    Workspace.Said said = workspace.run("test");

    assertThat(said.exit()).isEqualTo(Main.FAILED);
    assertThat(said.out())
        .contains("records.crm: '1' is no record: value: expected a number, found 'much'")
        .contains("records.crm: '2' is no record: unknown field 'colour' of a deal");
  }

  @Test
  void programs_get_all_of_it() {
    cases("expect: { win-rate: 25 }");

    assertThat(workspace.run("test", "--json").out())
        .contains(
            "\"cases\":1,\"failed\":1",
            "\"id\":\"win-rate\",\"ok\":false,\"expected\":{\"value\":25,\"reason\":null,\"status\":null}",
            "\"actual\":{\"value\":50,\"reason\":null,\"status\":\"complete\"}",
            "{\"name\":\"deals_won\",\"records\":1,\"value\":1,\"reason\":null}");
  }

  @Test
  void a_folder_without_cases_is_told() {
    Workspace.Said said = workspace.run("test");

    assertThat(said.exit()).isEqualTo(Main.REFUSED);
    assertThat(said.err()).contains("there are no cases", "tests holds no file");
  }

  @Test
  void the_page_shows_what_is_said() throws IOException {
    String page = Files.readString(Path.of("src/docs/preview.md"));
    String reference = Files.readString(Path.of("src/docs/configuration.md"));
    for (String name : new String[] {"sources", "measures", "okrs/2026-q4"}) {
      workspace.write("config/" + name + ".yaml", DocumentedBlock.yaml(reference, name + ".yaml"));
    }
    workspace.write(
        "config/tests/win-rate.yaml", DocumentedBlock.yaml(page, "tests/win-rate.yaml"));

    Workspace.Said said = workspace.run("test");

    String shown = said.out().replace(workspace.config().toString(), "config");
    assertThat(DocumentedBlock.console(page, "okr-sync test")).isEqualTo(shown);
    assertThat(said.exit()).isEqualTo(Main.FAILED);
  }

  private void cases(String expect) {
    workspace.write(
        "config/tests/cases.yaml",
        """
        now: 2026-11-21T12:00:00Z
        cases:
          - name: a case
            records:
              crm:
                - { id: 1, status: won, wonAt: 2026-10-12, value: 100, currency: USD }
                - { id: 2, status: lost, lostAt: 2026-10-13 }
            %s
        """
            .formatted(expect));
  }
}
