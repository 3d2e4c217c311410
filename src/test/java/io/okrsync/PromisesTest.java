package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests that the page of promises names are there, and each promise names one. */
class PromisesTest {
  private static final Path PAGE = Path.of("src/docs/fault-matrix.md");
  private static final Path TESTS = Path.of("src/test/java");
  private static final int PROMISES = 10;
  private static final Pattern NAMED = Pattern.compile("`(\\w+)\\.(\\w+)`");

  @Test
  void each_promise_names_tests_that_are_there() throws IOException {
    List<String> rows = rows(Files.readString(PAGE));
    assertThat(rows).hasSize(PROMISES);
    for (int i = 0; i < PROMISES; i++) {
      assertThat(rows.get(i)).startsWith("| " + (i + 1) + ". ");
      List<MatchResult> named = NAMED.matcher(rows.get(i)).results().toList();
      assertThat(named).as(rows.get(i)).isNotEmpty();
      named.forEach(test -> assertThat(source(test.group(1))).contains(" " + test.group(2) + "("));
    }
  }

  private static List<String> rows(String page) {
    String table = page.substring(page.indexOf("<!-- promises -->"));
    return table.lines().filter(line -> line.matches("\\| \\d+\\. .*")).toList();
  }

  private static String source(String test) {
    try (Stream<Path> files = Files.walk(TESTS)) {
      Path file = files.filter(each -> each.endsWith(test + ".java")).findFirst().orElseThrow();
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
