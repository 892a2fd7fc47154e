package dev.stampguard.service.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.testing.Eventually;
import dev.stampguard.testing.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signals that this JVM gets while a command runs. */
class PassThroughTest {
  private static final int HANGUP = 1;

  @TempDir private Path directory;

  /** Ends with 10 and the number of the signal it gets. */
  private CompletableFuture<Integer> start(boolean terminal) {
    String script =
        "trap 'exit 11' HUP; trap 'exit 12' INT; trap 'exit 25' TERM; : >ready;"
            + " while :; do sleep 0.02; done";
    var command = new PassThrough(directory, System.getenv(), terminal);
    CompletableFuture<Integer> exitCode =
        CompletableFuture.supplyAsync(() -> command.run(List.of("sh", "-c", script)));
    assertThat(Eventually.within(() -> Files.exists(directory.resolve("ready")))).isTrue();
    return exitCode;
  }

  /** Sends a signal to this JVM. */
  private static void raise(String signal) throws IOException, InterruptedException {
    String self = String.valueOf(ProcessHandle.current().pid());
    assertThat(new ProcessBuilder("kill", "-s", signal, self).start().waitFor()).isZero();
  }

  @Test
  void eachSignalReachesTheCommand() throws Exception {
    CompletableFuture<Integer> running = start(false);
    // Under nohup neither this JVM nor the command hears of it, as it should be.
    boolean isDeaf = Signals.isIgnored(HANGUP);
    raise(isDeaf ? "TERM" : "HUP");
    assertThat(running.join()).isEqualTo(isDeaf ? 25 : 11);
  }

  @Test
  void anInterruptThatATerminalSentToBothIsNotSentTwice() throws Exception {
    CompletableFuture<Integer> running = start(true);
    raise("INT");
    raise("TERM");
    assertThat(running.join()).isEqualTo(25);
  }

  @Test
  void theCommandRunsWhereItWasCalledWithItsOwnEnvironment() {
    var command =
        new PassThrough(directory, Map.of("PATH", System.getenv("PATH"), "A", "b c"), false);
    assertThat(command.run(List.of("sh", "-c", "printf '%s' \"$A$HOME\" >here"))).isZero();
    assertThat(directory.resolve("here")).hasContent("b c");
  }
}
