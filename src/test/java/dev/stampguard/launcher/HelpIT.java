package dev.stampguard.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.ExitCode;
import dev.stampguard.testing.GoldenFiles;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers without a database. picocli builds help from what it finds by reflection. */
class HelpIT {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check",
        "diagnose",
        "compare",
        "history",
        "target",
        "target use",
        "sync",
        "snapshot",
        "repair",
        "backup",
        "backup create",
        "backup list",
        "backup verify",
        "backup prune",
        "restore",
        "exec",
        "hook",
        "hook install",
        "hook uninstall",
        "help"
      })
  void helpIsTheSameAsInTheTests(String command) throws IOException {
    Shell.Result help = run(command + " --help");
    assertThat(help.exitCode()).as(help.err()).isZero();
    assertThat(help.err()).isEmpty();
    GoldenFiles.assertMatches("help/" + command.replace(' ', '-') + ".txt", help.out());
  }

  @Test
  void helpAndVersionAnswer() throws IOException {
    GoldenFiles.assertMatches("help/stampguard.txt", run("--help").out());
    assertThat(run("help").out()).isEqualTo(run("--help").out());
    assertThat(run("help sg102").out()).startsWith("SG102");
    assertThat(run("--version").out()).matches("stampguard \\d+\\.\\d+\\.\\d+\\S*\n");
  }

  @Test
  void wrongWordsAreToldWithWhatIsAllowed() {
    Shell.Result unknown = run("chekc");
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(unknown.out()).isEmpty();
    assertThat(unknown.err()).contains("`chekc`", "\n\nhint: ");
    // The words of an enum come from its class, by reflection.
    assertThat(run("check --fail-on=never").err()).contains("error", "warning");
    Shell.Result json = run("check --fail-on=never --output=json");
    assertThat(json.out()).contains("\"exit_code\": 2", "\"command\": \"check\"");
    assertThat(run("").exitCode()).isEqualTo(ExitCode.USAGE.code());
  }

  private Shell.Result run(String words) {
    return new Program(directory).run(words.isEmpty() ? new String[0] : words.split(" "));
  }
}
