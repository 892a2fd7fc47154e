package dev.stampguard.tool.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.StampguardException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildCommandTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir private Path directory;

  private ChildCommand command(String... words) {
    return new ChildCommand(
        List.of(words), directory, Map.of("PATH", System.getenv("PATH"), "GREETING", "hello"));
  }

  @Test
  void itsEndAndItsLastLinesAreKnown() throws TimeoutException {
    ChildCommand.Ended ended =
        command("sh", "-c", "seq 300; echo $GREETING >&2; cat; exit 3").run(LONG);

    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(ended.isWell()).isFalse();
    assertThat(ended.said()).hasSize(200).endsWith("299", "300", "hello");
  }

  @Test
  void nothingIsReadByAShell() throws TimeoutException {
    assertThat(command("echo", "$GREETING", "*", ";").run(LONG).said())
        .containsExactly("$GREETING * ;");
  }

  @Test
  void whatTakesTooLongEndsWithAllItStarted() throws IOException, InterruptedException {
    Path pid = directory.resolve("pid");

    assertThatThrownBy(
            () ->
                command("sh", "-c", "sleep 600 & echo $! > pid; wait; true")
                    .run(Duration.ofSeconds(2)))
        .isInstanceOf(TimeoutException.class)
        .hasMessage("it took longer than 2 s");
    ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
        .ifPresent(
            left -> left.onExit().orTimeout(10, java.util.concurrent.TimeUnit.SECONDS).join());
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertThatThrownBy(() -> command("no-such-program-anywhere").run(LONG))
        .isInstanceOf(StampguardException.class)
        .hasMessage("`no-such-program-anywhere` cannot be run: there is no such program on `PATH`");
    assertThatThrownBy(() -> command("bin/migrate").run(LONG))
        .hasMessage("`bin/migrate` cannot be run: there is no such program");
  }
}
