package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sources that the page of intake shows can be used as they stand there. */
class IntakePageTest {
  private static final Pattern SOURCES =
      Pattern.compile("```yaml\n# sources.yaml\n(.*?)```", Pattern.DOTALL);

  @Test
  void each_example_is_valid(@TempDir Path folder) throws IOException {
    Matcher examples = SOURCES.matcher(Files.readString(Path.of("src/docs/intake.md")));
    int count = 0;
    while (examples.find()) {
      Workspace workspace = new Workspace(folder.resolve("" + ++count)).withCrm("http://x.invalid");
      workspace.write("config/secrets/any", "0123456789abcdef0123456789abcdef");
      String example = examples.group(1).replaceAll("\\{\\{env:\\w+}}", "{{file:secrets/any}}");
      String name = example.lines().skip(1).findFirst().orElseThrow().strip().replace(":", "");
      workspace.write("config/sources.yaml", example);
      workspace.write(
          "config/measures.yaml",
          """
          measures:
            deals_won:  { from: NAME, at: at, count: true }
            deals_lost: { from: NAME, at: at, count: true }
            revenue:    { from: NAME, at: at, count: true }
          """
              .replace("NAME", name));

      Workspace.Said said = workspace.run("validate");

      assertThat(said.exit()).as(said.all()).isZero();
    }
    assertThat(count).isEqualTo(3);
  }
}
