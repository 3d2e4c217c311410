package io.okrsync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferencesTest {
  private final Folder folder;

  ReferencesTest(@TempDir Path temporary) {
    folder = new Folder(temporary);
  }

  @Test
  void a_variable_may_have_a_default() {
    baseUrl("{{env:CRM_URL:https://api.example.org:8443}}/v2");
    assertThat(folder.source("crm").with())
        .containsEntry("baseUrl", "https://api.example.org:8443/v2");

    folder.variable("CRM_URL", "http://127.0.0.1:9");
    assertThat(folder.source("crm").with()).containsEntry("baseUrl", "http://127.0.0.1:9/v2");
  }

  @Test
  void a_schedule_may_come_from_the_environment() {
    folder.sources(Folder.SOURCES.replace("every: 15m", "every: \"{{env:SYNC_EVERY:15m}}\""));
    assertThat(folder.accepted().schedules().toString()).contains("PT15M");

    folder.variable("SYNC_EVERY", "5s");
    assertThat(folder.accepted().schedules().toString()).contains("PT5S");
  }

  @Test
  void a_secret_may_stand_in_a_file_of_its_own() {
    folder.file("secret/token.txt", "  from-a-file \n");
    token("{{file:secret/token.txt}}");
    assertThat(secret()).isEqualTo("from-a-file");

    token("{{file:" + folder.path.toAbsolutePath() + "/secret/token.txt}}");
    assertThat(secret()).isEqualTo("from-a-file");
  }

  @Test
  void a_variable_that_is_not_set_is_named() {
    token("{{env:NO_SUCH_TOKEN}}");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/sources.yaml: sources.crm.with.apiToken, line 5, column 18: the environment variable NO_SUCH_TOKEN is not set
              set it before the start""");
  }

  @Test
  void a_variable_that_is_set_to_nothing_counts_as_not_set() {
    folder.variable("CRM_TOKEN", " ");

    assertThat(folder.problem()).contains("the environment variable CRM_TOKEN is not set");
  }

  @Test
  void a_file_that_does_not_exist_is_named() {
    token("{{file:/run/secrets/none}}");

    assertThat(folder.problem())
        .isEqualTo(
            "config/sources.yaml: sources.crm.with.apiToken, line 5, column 18: the file /run/secrets/none does not exist");
  }

  @Test
  void a_file_without_content_is_named() {
    folder.file("secret/empty", "\n");
    token("{{file:secret/empty}}");

    assertThat(folder.problem()).contains("the file secret/empty is empty");
  }

  @Test
  void a_secret_in_plain_text_is_refused_and_not_shown() {
    token("hunter2");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/sources.yaml: sources.crm.with.apiToken, line 5, column 17: is a secret, and a secret must not stand in a file that is kept and shown
              write "{{env:CRM_API_TOKEN}}" and set that variable, or "{{file:PATH}}\"""")
        .doesNotContain("hunter2");
  }

  @Test
  void a_secret_with_a_default_or_other_text_is_refused_too() {
    for (String text : new String[] {"{{env:CRM_TOKEN:hunter2}}", "Bearer {{env:CRM_TOKEN}}"}) {
      token(text);
      assertThat(folder.problem()).contains("is a secret, and").doesNotContain("hunter2");
    }
  }

  @Test
  void a_value_that_is_not_right_is_never_shown_resolved() {
    folder.variable("SYNC_EVERY", "hunter2");
    folder.sources(Folder.SOURCES.replace("every: 15m", "every: \"{{env:SYNC_EVERY}}\""));

    assertThat(folder.problem())
        .isEqualTo(
            "config/sources.yaml: sources.crm.every, line 6, column 12: must be a duration such as 30s, 15m, 6h or 2d, but is '{{env:SYNC_EVERY}}'")
        .doesNotContain("hunter2");
  }

  @Test
  void a_reference_of_another_kind_is_refused() {
    baseUrl("{{vault:secret/crm}}");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/sources.yaml: sources.crm.with.baseUrl, line 5, column 17: unknown reference {{vault:…}}
              write {{env:NAME}}, {{env:NAME:default}} or {{file:PATH}}""");
  }

  @Test
  void a_reference_that_does_not_end_is_refused() {
    baseUrl("{{env:CRM_URL");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/sources.yaml: sources.crm.with.baseUrl, line 5, column 16: has a reference that does not end
              write {{env:NAME}}, {{env:NAME:default}} or {{file:PATH}}""");
  }

  private void token(String text) {
    folder.sources(Folder.SOURCES.replace("{{env:CRM_TOKEN}}", text));
  }

  private void baseUrl(String text) {
    folder.sources(
        Folder.SOURCES.replace("apiToken:", "baseUrl: \"" + text + "\"\n      apiToken:"));
  }

  private String secret() {
    return String.valueOf(
        folder.source("crm").secrets().entrySet().stream()
            .findFirst()
            .map(entry -> entry.getValue().reveal())
            .orElse(null));
  }
}
