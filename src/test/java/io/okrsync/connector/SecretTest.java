package io.okrsync.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretTest {
  @Test
  void says_where_another_one_goes_and_never_what_it_is() {
    assertThat(new Secret("canary", "{{file:secrets/crm}}").toReplace("apiToken"))
        .isEqualTo(
            "put another apiToken into the file secrets/crm of the configuration, and it is taken"
                + " up within seconds");
    assertThat(new Secret("canary", "{{env:CRM_TOKEN}}").toReplace("apiToken"))
        .isEqualTo(
            "set the environment variable CRM_TOKEN to another apiToken; a service that runs must"
                + " be started again");
    assertThat(new Secret("canary").toReplace("apiToken"))
        .isEqualTo("put another apiToken where the settings of this source refer to");
  }

  @Test
  void is_hidden_in_each_form_it_is_sent_in() {
    Secret secret = new Secret("s+cret/1=\n");

    assertThat(secret.hiddenIn("token s+cret/1= is spent")).isEqualTo("token ••• is spent");
    assertThat(secret.hiddenIn("refresh_token=s%2Bcret%2F1%3D&scope=x"))
        .isEqualTo("refresh_token=•••&scope=x");
    for (String pair : List.of("ani:s+cret/1=", "my+app:s%2Bcret%2F1%3D", "s+cret/1=")) {
      String sent = Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
      assertThat(secret.hiddenIn("Authorization: Basic %s; no".formatted(sent)))
          .isEqualTo("Authorization: Basic •••; no");
      assertThat(secret.hiddenIn("got " + sent.replace("=", ""))).isEqualTo("got •••");
    }
  }

  @Test
  void what_holds_it_in_no_form_stays_as_it_is() {
    String text = "answered 400 at /rest/api/3/myself: YW5pOm90aGVy $1 \\ is unknown";

    assertThat(new Secret("s+cret/1=").hiddenIn(text)).isEqualTo(text);
    assertThat(new Secret("").hiddenIn(text)).isEqualTo(text);
  }
}
