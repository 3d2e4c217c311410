package io.okrsync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedFilesTest {
  private static final List<String> SCRAPS =
      List.of(
          ":",
          "\n",
          " ",
          "\t",
          "'",
          "\"",
          "{",
          "}",
          "[",
          "]",
          "&a",
          "*a",
          "!!",
          "|",
          ">",
          "%",
          "#",
          "- ",
          "---\n",
          "{{",
          "}}",
          "{{env:",
          "\\",
          "\0",
          "\uD83D\uDE00",
          "\u00A0",
          ",",
          "?",
          "<<: ",
          "null",
          "0x",
          "$",
          "é",
          "\r",
          "\u2028");

  private final Folder folder;

  DamagedFilesTest(@TempDir Path temporary) {
    folder = new Folder(temporary);
  }

  /** With a place that exists, and without an exception. */
  @Test
  void whatever_the_files_hold_it_is_accepted_or_explained() {
    Random random = new Random(20_261_121);
    for (int i = 0; i < Integer.getInteger("okrsync.damages", 200); i++) {
      String sources = damaged(Folder.SOURCES, random);
      String measures = damaged(Folder.MEASURES, random);
      String okrs = damaged(Folder.OKRS, random);
      folder.sources(sources).measures(measures).okrs(okrs);

      if (folder.load() instanceof Loaded.Refused refused) {
        assertThat(refused.problems()).isNotEmpty();
        assertThat(refused.problems()).allSatisfy(DamagedFilesTest::check);
      }
    }
  }

  private static void check(Problem problem) {
    assertThat(problem.toString()).doesNotContain("\t", "\0");
    assertThat(problem.line()).isBetween(0, 80);
    assertThat(problem.column()).isBetween(problem.line() == 0 ? 0 : 1, 300);
    assertThat(problem.message()).isNotBlank();
  }

  private static String damaged(String text, Random random) {
    StringBuilder damaged = new StringBuilder(text);
    for (int i = random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(damaged.length());
      if (random.nextBoolean()) {
        damaged.insert(at, SCRAPS.get(random.nextInt(SCRAPS.size())));
      } else {
        damaged.delete(at, Math.min(damaged.length(), at + 1 + random.nextInt(12)));
      }
    }
    return damaged.toString();
  }
}
