package io.okrsync.connector;

import static org.assertj.core.api.Assertions.assertThat;

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
}
