package io.okrsync.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.lint.Level;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemarksTest {
  private final Folder folder;

  RemarksTest(@TempDir Path temporary) {
    folder = new Folder(temporary);
    folder.okrs(
        Folder.OKRS.replace("Raise the win rate from 18% to 25%", "Tingkatkan kesadaran merek"));
  }

  @Test
  void a_remark_says_where_what_and_why_and_refuses_nothing() {
    assertThat(remarks())
        .filteredOn(it -> it.check().equals("key-result-no-number"))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.level()).isEqualTo(Level.WARNING);
              assertThat(it.problem().line()).isEqualTo(8);
              assertThat(it.problem().column()).isEqualTo(16);
              assertThat(it.problem().path()).isEqualTo("objectives[0].keyResults[0].title");
              assertThat(it.toString()).contains("names no number", "A key result is proof");
            });
  }

  @Test
  void remarks_stand_from_top_to_bottom() {
    assertThat(remarks()).extracting(it -> it.problem().line()).isSorted().hasSizeGreaterThan(2);
  }

  @Test
  void a_check_can_be_switched_off_or_made_an_error() {
    folder.file("lint.yaml", "checks: { key-result-no-number: off, key-result-count: error }\n");

    assertThat(folder.problem())
        .contains("has 1 key result; 2 to 5 are usual (key-result-count)")
        .contains("config/okrs/q4.yaml: objectives[0].keyResults, line 6");

    folder.file("lint.yaml", "checks: { key-result-no-number: off }\n");
    assertThat(remarks()).extracting(Remark::check).doesNotContain("key-result-no-number");
  }

  @Test
  void its_numbers_can_be_set() {
    folder.file(
        "lint.yaml",
        """
        limits: { objectives: 1, keyResultsLeast: 1, keyResultsMost: 1, words: 3, ambition: 0.9 }
        """);

    assertThat(remarks())
        .extracting(Remark::check)
        .contains("objective-long", "target-not-ambitious")
        .doesNotContain("key-result-count", "objective-count");
  }

  @Test
  void a_misspelt_check_is_a_problem() {
    folder.file("lint.yaml", "checks: { key-result-cuont: off }\n");

    assertThat(folder.problem())
        .contains("unknown key 'key-result-cuont'")
        .contains("did you mean 'key-result-count'?");
  }

  @Test
  void limits_that_exclude_each_other_are_a_problem() {
    folder.file("lint.yaml", "limits: { keyResultsLeast: 6 }\n");

    assertThat(folder.problem())
        .contains("keyResultsLeast (6) must not be above keyResultsMost (5)");
  }

  private List<Remark> remarks() {
    return ((Loaded.Accepted) folder.load()).remarks();
  }
}
