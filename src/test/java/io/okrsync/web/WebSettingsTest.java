package io.okrsync.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class WebSettingsTest {
  @Test
  void serves_this_machine_only_unless_told_otherwise() {
    assertThat(WebSettings.defaults()).isEqualTo(new WebSettings("127.0.0.1", 8080));
  }

  @Test
  void takes_every_key() {
    WebSettings settings = new WebSettings("192.0.2.7", 9000);

    assertThat(settings.host()).isEqualTo("192.0.2.7");
    assertThat(settings.port()).isEqualTo(9000);
  }

  @Test
  void refuses_what_is_no_port_and_no_host() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WebSettings("localhost", 65_536))
        .withMessage("port must be from 0 to 65535: 65536");
    assertThatIllegalArgumentException().isThrownBy(() -> new WebSettings(" ", 1));
  }
}
