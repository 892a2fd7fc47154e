package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.cli.InProcess;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.testing.ReplayEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lock files as {@code snapshot} writes them, once per project and JVM. */
public final class LockFiles {
  static final String NAME = "stampguard.lock";

  private static final Map<List<Path>, byte[]> WRITTEN = new HashMap<>();

  private LockFiles() {}

  /** Puts a scenario's lock file into a directory. */
  public static void write(Scenario scenario, PostgresServer server, Path directory) {
    Scenario locked = scenario.locked().map(Scenario::load).orElse(scenario);
    try {
      Files.write(directory.resolve(NAME), of(locked, server));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void remove(Path directory) {
    try {
      Files.deleteIfExists(directory.resolve(NAME));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static synchronized byte[] of(Scenario scenario, PostgresServer server)
      throws IOException {
    List<Path> project =
        scenario.layers().stream()
            .map(layer -> layer.resolve("project"))
            .filter(Files::isDirectory)
            .toList();
    byte[] known = WRITTEN.get(project);
    if (known == null) {
      known = take(scenario, server);
      WRITTEN.put(project, known);
    }
    return known;
  }

  private static byte[] take(Scenario scenario, PostgresServer server) throws IOException {
    Path directory = Files.createTempDirectory("lock");
    new ScenarioBuilder(server).copyProject(scenario, directory);
    InProcess.Result snapshot = InProcess.run(directory, ReplayEnvironment.variables(), "snapshot");
    assertThat(snapshot.exitCode()).as(snapshot.err()).isZero();
    return Files.readAllBytes(directory.resolve(NAME));
  }
}
