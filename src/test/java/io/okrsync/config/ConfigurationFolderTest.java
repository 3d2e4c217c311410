package io.okrsync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFolderTest {
  private final Folder folder;

  ConfigurationFolderTest(@TempDir Path temporary) {
    folder = new Folder(temporary);
  }

  @Test
  void reads_sources_measures_objectives_and_formulas() {
    Configuration configuration = folder.accepted();

    assertThat(configuration.sources()).containsOnlyKeys("crm");
    assertThat(configuration.schedules()).containsOnlyKeys("crm");
    assertThat(configuration.measures()).containsOnlyKeys("deals_won", "deals_lost");
    assertThat(configuration.objectives())
        .singleElement()
        .satisfies(objective -> assertThat(objective.keyResults()).hasSize(1));
    assertThat(configuration.formulas())
        .hasEntrySatisfying(
            "win-rate",
            formula ->
                assertThat(formula.text())
                    .isEqualTo("100.0 * deals_won / (deals_won + deals_lost)"));
  }

  @Test
  void keeps_the_texts_as_they_are_and_no_secret() {
    Configuration configuration = folder.accepted();

    assertThat(configuration.files())
        .containsOnlyKeys("measures.yaml", "okrs/q4.yaml", "sources.yaml")
        .containsEntry("sources.yaml", Folder.SOURCES);
    assertThat(configuration.toString()).doesNotContain("t0p-secret");
    assertThat(folder.source("crm").secrets())
        .hasEntrySatisfying(
            "apiToken", secret -> assertThat(secret.reveal()).isEqualTo("t0p-secret"));
  }

  @Test
  void the_same_texts_have_the_same_digest_and_others_another() {
    String digest = folder.accepted().digest();

    assertThat(digest).matches("[0-9a-f]{64}").isEqualTo(folder.accepted().digest());
    folder.measures(Folder.MEASURES + "# a comment\n");
    assertThat(folder.accepted().digest()).isNotEqualTo(digest);
  }

  @Test
  void the_fingerprint_changes_when_a_file_is_written_comes_or_goes() {
    ConfigurationFolder watched = folder.folder();
    String first = watched.fingerprint();
    assertThat(watched.fingerprint()).isEqualTo(first);

    folder.okrs(Folder.OKRS + "# more\n");
    String written = watched.fingerprint();
    folder.file("okrs/next.yaml", Folder.OKRS);
    String come = watched.fingerprint();
    folder.delete("okrs/next.yaml");

    assertThat(written).isNotEqualTo(first);
    assertThat(come).isNotEqualTo(written);
    assertThat(watched.fingerprint()).isEqualTo(written);
  }

  @Test
  void the_fingerprint_changes_when_a_secret_in_a_file_is_exchanged() {
    folder
        .file("secret/token.txt", "first")
        .sources(Folder.SOURCES.replace("{{env:CRM_TOKEN}}", "{{file:secret/token.txt}}"));
    ConfigurationFolder watched = folder.folder();
    watched.load(SampleConnectors.KNOWN);
    String first = watched.fingerprint();
    assertThat(watched.fingerprint()).isEqualTo(first).contains("token.txt");

    folder.file("secret/token.txt", "a rotated one");
    String rotated = watched.fingerprint();
    folder.delete("secret/token.txt");

    assertThat(rotated).isNotEqualTo(first);
    assertThat(watched.fingerprint()).isNotEqualTo(rotated).isNotEqualTo(first);
  }

  @Test
  void a_secret_in_a_file_that_is_missing_is_waited_for() {
    folder.sources(Folder.SOURCES.replace("{{env:CRM_TOKEN}}", "{{file:secret/token.txt}}"));
    ConfigurationFolder watched = folder.folder();
    watched.load(SampleConnectors.KNOWN);
    String missing = watched.fingerprint();

    folder.file("secret/token.txt", "there now");

    assertThat(watched.fingerprint()).isNotEqualTo(missing);
  }

  @Test
  void several_files_may_share_a_cycle() {
    folder.file(
        "okrs/q4-marketing.yaml",
        Folder.OKRS.replace("close-better-deals", "be-read").replace("win-rate", "open-rate"));

    assertThat(folder.accepted().objectives()).hasSize(2);
  }

  @Test
  void accepts_a_byte_order_mark_and_windows_line_ends() {
    folder.okrs("\uFEFF" + Folder.OKRS.replace("\n", "\r\n"));

    assertThat(folder.accepted().objectives()).hasSize(1);
  }

  @Test
  void says_that_the_folder_is_missing() {
    ConfigurationFolder missing = new ConfigurationFolder(Path.of("no", "config"), name -> null);

    Loaded loaded = missing.load(SampleConnectors.KNOWN);

    assertThat(loaded).isInstanceOf(Loaded.Refused.class);
    assertThat(Problems.text(((Loaded.Refused) loaded).problems()))
        .isEqualTo(
            """
            1. no/config: there is no such folder
                 name another with --config

            1 problem; nothing was changed
            """);
    assertThat(missing.fingerprint()).isEmpty();
  }

  @Test
  void says_that_a_file_is_missing_and_does_not_blame_the_others() {
    folder.delete("sources.yaml");

    assertThat(folder.problem()).isEqualTo("config/sources.yaml: does not exist");
  }

  @Test
  void says_that_measures_are_missing_and_does_not_blame_formulas() {
    folder.delete("measures.yaml");

    assertThat(folder.problem()).isEqualTo("config/measures.yaml: does not exist");
  }

  @Test
  void says_that_there_are_no_objectives() {
    folder.delete("okrs/q4.yaml");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/okrs: holds no file that ends in .yaml
              read are sources.yaml, measures.yaml, lint.yaml and files in okrs/ that end in .yaml\
            """);
  }

  @Test
  void does_not_ignore_a_file_with_another_ending() {
    folder.file("okrs/q1.yml", Folder.OKRS).file("source.yaml", Folder.SOURCES);

    assertThat(folder.refused())
        .isEqualTo(
            """
            1. config/okrs/q1.yml: is not read
                 read are sources.yaml, measures.yaml, lint.yaml and files in okrs/ that end in .yaml
            2. config/source.yaml: is not read
                 read are sources.yaml, measures.yaml, lint.yaml and files in okrs/ that end in .yaml

            2 problems; nothing was changed
            """);
  }

  @Test
  void says_that_a_file_is_no_text() {
    folder.file("measures.yaml", new byte[] {'m', ':', '\n', (byte) 0xFF, (byte) 0xFE});

    assertThat(folder.problem()).isEqualTo("config/measures.yaml: is not UTF-8 text (line 2)");
  }

  @Test
  void says_that_a_file_is_too_large() {
    folder.measures("# filler\n".repeat(120_000));

    assertThat(folder.problem()).isEqualTo("config/measures.yaml: is larger than 1024 KiB");
  }

  /** Whoever opened it would wait for ever. */
  @Test
  void says_that_a_file_is_a_pipe() throws Exception {
    Path pipe = folder.delete("measures.yaml").path.resolve("measures.yaml");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertThat(folder.problem())
        .isEqualTo("config/measures.yaml: is a pipe or a device, not a file");
  }

  @Test
  void says_that_a_file_is_a_folder() {
    folder.delete("measures.yaml").file("measures.yaml/x.txt", "");

    assertThat(folder.problem()).isEqualTo("config/measures.yaml: is a folder, not a file");
  }

  @Test
  void says_that_a_file_is_empty() {
    folder.measures("# nothing yet\n");

    assertThat(folder.problem())
        .isEqualTo(
            "config/measures.yaml: is empty; it must be a mapping with definitions, rates,"
                + " measures");
  }

  @Test
  void reports_the_problems_of_all_files_together() {
    folder
        .sources(Folder.SOURCES.replace("every: 15m", "every: soon"))
        .measures(Folder.MEASURES.replace("at: lostAt", "at: lostat"))
        .okrs(Folder.OKRS.replace("target: 25", "target: 18"));

    assertThat(folder.refused())
        .isEqualTo(
            """
            1. config/measures.yaml: measures.deals_lost.at, line 3, column 57: undeclared name 'lostat'
                 deals_lost: { from: crm, where: status == 'lost', at: lostat, count: true }
                 ......................................................^   did you mean 'lostAt'? known here: id, updatedAt, url, title, status, currency, stage, pipeline, owner, value, createdAt, closedAt, wonAt, lostAt, expectedCloseAt, custom
            2. config/okrs/q4.yaml: objectives[0].keyResults[0].target, line 11, column 17: target must differ from baseline: both are 18
                 target: 18
                 ........^
            3. config/sources.yaml: sources.crm.every, line 6, column 12: must be a duration such as 30s, 15m, 6h or 2d, but is 'soon'

            3 problems; nothing was changed
            """);
  }
}
