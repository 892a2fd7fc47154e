package dev.stampguard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stampguard.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A report that cannot be written is told; a reader who has seen enough is not. */
class LostOutputTest {
  @TempDir private Path project;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(OutputStream out, boolean pipe, String... args) {
    return Cli.launch(
        new Invocation(
            project,
            Map.of(),
            project.resolve("no-home"),
            "tester",
            InputStream.nullInputStream(),
            ReportStream.to(out, () -> pipe),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            false,
            false,
            false),
        args);
  }

  private String told() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static OutputStream failing(String message) {
    return new OutputStream() {
      @Override
      public void write(int data) throws IOException {
        throw new IOException(message);
      }
    };
  }

  private static String[] target(String output) {
    return new String[] {"target", "--url", "postgresql://u@h/d", "--output", output};
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void aFullDeviceIsToldInOneSentence(String output) throws IOException {
    assumeTrue(Files.exists(Path.of("/dev/full")), "this system has no /dev/full");
    try (var full = new FileOutputStream("/dev/full")) {
      assertThat(run(full, false, target(output))).isEqualTo(ExitCode.USAGE.code());
    }
    assertThat(told())
        .isEqualTo("stampguard: the output could not be written: No space left on device\n");
  }

  @Test
  void helpIsOutputAsWell() {
    assertThat(run(failing("No space left on device"), false, "help", "SG102"))
        .isEqualTo(ExitCode.USAGE.code());
    assertThat(run(failing("No space left on device"), false, "--help"))
        .isEqualTo(ExitCode.USAGE.code());
  }

  @Test
  void whatFailedAnywayEndsAsItDid() {
    int exitCode =
        run(
            failing("Input/output error"),
            false,
            "diagnose",
            "--output",
            "json",
            "--project",
            "/no/such");
    assertThat(exitCode).isEqualTo(ExitCode.USAGE.code());
    assertThat(told()).contains("could not be written: Input/output error");
  }

  @Test
  void aClosedPipeIsQuiet() {
    assertThat(run(failing("Broken pipe"), false, target("text"))).isZero();
    assertThat(run(failing("Datenübergabe unterbrochen"), true, target("text"))).isZero();
    assertThat(told()).isEmpty();
  }

  @Test
  void whatIsWrittenIsNotLost() {
    var out = new ByteArrayOutputStream();
    assertThat(run(out, false, target("text"))).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("`d` on h");
    assertThat(told()).isEmpty();
  }
}
