package dev.stampguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.ExitCode;
import dev.stampguard.testing.AlembicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which command prints which form, without a database. */
class OutputFormatTest {
  @TempDir private Path project;

  private InProcess.Result run(Map<String, String> environment, String... args) {
    return InProcess.run(project, environment, args);
  }

  @ParameterizedTest
  @CsvSource({
    "check, html, '`text`, `json`, `github`, `sarif`, `junit`'",
    "check, dot, '`text`, `json`, `github`, `sarif`, `junit`'",
    "diagnose, mermaid, '`text`, `json`, `github`, `sarif`, `junit`, `html`'",
    "history, sarif, '`text`, `json`, `mermaid`, `dot`'",
    "target, html, '`text`, `json`, `markdown`'",
    "check, markdown, '`text`, `json`, `github`, `sarif`, `junit`'",
    "snapshot, junit, '`text`, `json`'"
  })
  void whatACommandDoesNotPrintIsAnsweredWithWhatItDoes(
      String command, String format, String words) {
    InProcess.Result result = run(Map.of(), command, "--output", format);

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .isEqualTo(
            "stampguard: `--output` cannot be `%s` for `%s`\n\nhint: it is one of %s\n"
                .formatted(format, command, words));
  }

  @Test
  void theConfigurationIsNamedWhereItAsksForIt() throws IOException {
    Files.writeString(project.resolve("stampguard.properties"), "output=sarif\n");
    new AlembicFiles(project).revision("a1", "None", "pass");

    assertThat(run(Map.of(), "history", "--offline").err())
        .startsWith(
            "stampguard: `stampguard.properties:1 output` cannot be `sarif` for `history`\n");
  }

  @Test
  void aPageIsOpenedOnlyWhereOneIsWritten() {
    InProcess.Result result = run(Map.of(), "diagnose", "--open");

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(result.err())
        .isEqualTo(
            """
            stampguard: `--open` shows a page, and the output is `text`

            hint: stampguard diagnose --output html --open
            """);
  }

  @Test
  void aHistoryIsDrawnFromTheScriptsAlone() {
    new AlembicFiles(project).revision("a1", "None", "pass").revision("a2", "'a1'", "pass");

    assertThat(run(Map.of(), "history", "--offline", "--output", "mermaid").out())
        .startsWith("flowchart TD\n  r1[\"a1")
        .contains("  r1 --> r2\n");
    assertThat(run(Map.of(), "history", "--offline", "--output", "dot").out())
        .startsWith("digraph history {\n")
        .contains("  r1 -> r2\n");
  }
}
