package io.okrsync.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of checks says what is checked. */
class LintPageTest {
  private static final Path PAGE = Path.of("src/docs/okr-lint.md");
  private static final Pattern TABLE =
      Pattern.compile("<!-- checks -->\n(.*?)<!-- end -->", Pattern.DOTALL);

  /** To write the table anew: {@code mvn test -Dtest=LintPageTest -Dokrsync.write=true}. */
  @Test
  void its_table_tells_every_check() throws IOException {
    String rows =
        Arrays.stream(Check.values())
            .map(
                check ->
                    "| `%s` | %s | %s |\n"
                        .formatted(check.label(), check.standard().label(), check.reason()))
            .collect(Collectors.joining());
    String table = "<!-- checks -->\n| check | comes as | why |\n|---|---|---|\n" + rows;
    String expected =
        TABLE
            .matcher(Files.readString(PAGE))
            .replaceFirst(Matcher.quoteReplacement(table + "<!-- end -->"));
    if (Boolean.getBoolean("okrsync.write")) {
      Files.writeString(PAGE, expected);
    }

    assertThat(PAGE).hasContent(expected);
  }
}
