package dev.stampguard.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that {@code ./mvnw package} leaves, started as a user starts it. */
class LauncherIT {
  private static final Path LAUNCHER = Path.of(System.getProperty("stampguard.launcher"));
  private static final Map<String, String> ENVIRONMENT =
      Map.of("PATH", System.getenv("PATH"), "JAVA_HOME", System.getProperty("java.home"));

  @TempDir private Path directory;

  @Test
  void endsWithTheProgramsExitCode() {
    assertUsageError(LAUNCHER);
  }

  @Test
  void worksThroughASymbolicLink() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("sg"), LAUNCHER);
    assertUsageError(link);
    Files.delete(link);
  }

  @Test
  void worksWhereThePathHasSpaces() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("a directory"), LAUNCHER.getParent());
    assertUsageError(link.resolve(LAUNCHER.getFileName()));
    Files.delete(link);
  }

  private void assertUsageError(Path launcher) {
    Shell.Result result =
        Shell.run(directory, ENVIRONMENT, List.of(launcher.toString(), "--no-such-option"));
    assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.USAGE.code());
    assertThat(result.out()).isEmpty();
  }
}
