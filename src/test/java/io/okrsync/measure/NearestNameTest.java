package io.okrsync.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
  private static final List<String> KEYS = List.of("every", "freshness", "reconcile", "limits");

  @Test
  void is_the_one_with_the_fewest_wrong_letters() {
    assertThat(NearestName.to("evrey", KEYS)).contains("every");
    assertThat(NearestName.to("Limit", KEYS)).contains("limits");
    assertThat(NearestName.to("whatever", KEYS)).isEmpty();
  }

  @Test
  void is_otherwise_the_one_that_begins_alike() {
    assertThat(NearestName.to("fresh", KEYS)).contains("freshness");
    assertThat(NearestName.to("reconcileEvery", KEYS)).contains("reconcile");
    assertThat(NearestName.to("fre", KEYS)).as("too few letters").isEmpty();
  }

  @Test
  void is_none_of_many_that_begin_alike() {
    assertThat(NearestName.to("Europe", List.of("Europe/Berlin", "Europe/London"))).isEmpty();
  }
}
