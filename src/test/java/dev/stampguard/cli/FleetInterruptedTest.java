package dev.stampguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.testing.PostgresServer;
import dev.stampguard.testing.Signals;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C while one of many databases hangs. */
@Timeout(120)
class FleetInterruptedTest {
  private final PostgresServer server = PostgresServer.shared();

  @TempDir private Path project;

  @Test
  void tellsWhatIsKnown() throws IOException, InterruptedException {
    try (var bench = new FleetBench(server, project);
        var first = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var last = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String good = bench.healthy("a");
      String bad = bench.hollow("b");
      Files.writeString(
          project.resolve("fleet.txt"),
          String.join("\n", silent(first), server.url(good), server.url(bad), silent(last)));
      var command = new ArrayList<>(Signals.heard());
      command.addAll(Programs.java());
      command.addAll(
          List.of(
              "check", "--targets", "fleet.txt", "--parallel", "1", "--connect-timeout", "60s"));
      Path out = project.resolve("out");
      Path err = project.resolve("err");
      Process process =
          Programs.process(command)
              .directory(project.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      try {
        // Whoever took the place of the first one comes here when all between is done.
        last.setSoTimeout(60_000);
        last.accept();
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(Files.readAllLines(out))
            .satisfiesExactly(
                line -> assertThat(line).contains("/" + good).contains(" consistent "),
                line -> assertThat(line).contains("/" + bad).contains(" inconsistent "));
        assertThat(Files.readString(err))
            .contains(
                "stampguard: interrupted after 2 of 4 databases: 1 consistent, 1 inconsistent (")
            .doesNotContain("hunter2");
      } finally {
        process.destroyForcibly();
      }
    }
  }

  private static String silent(ServerSocket server) {
    return "postgresql://u:hunter2@127.0.0.1:%d/hangs".formatted(server.getLocalPort());
  }
}
