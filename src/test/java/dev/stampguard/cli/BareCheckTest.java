package dev.stampguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.ExitCode;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code check} alone passes by the parser and answers as it does with an option that says nothing.
 */
class BareCheckTest {
  private static final Path TRAINING = Path.of("src/main/launcher/training").toAbsolutePath();

  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.createDatabase();

  @TempDir private Path empty;

  private void answersAlike(ExitCode expected, Path project, Map<String, String> environment) {
    var all = new HashMap<>(Map.of("DATABASE_URL", server.url(database)));
    all.putAll(environment);
    InProcess.Result bare = InProcess.run(project, all, "check");
    assertThat(bare).isEqualTo(InProcess.run(project, all, "check", "--fail-on", "error"));
    assertThat(bare.exitCode()).as(bare.err()).isEqualTo(expected.code());
  }

  @ParameterizedTest
  @CsvSource({
    "STAMPGUARD_OUTPUT, text, OK",
    "STAMPGUARD_OUTPUT, json, OK",
    "STAMPGUARD_OUTPUT, github, OK",
    "STAMPGUARD_OUTPUT, html, USAGE",
    "STAMPGUARD_OUTPUTS, json, USAGE",
    "DATABASE_URL, postgresql://nobody@127.0.0.1:1/nothing, NO_ACCESS"
  })
  void whateverTheEnvironmentSays(String variable, String value, ExitCode expected)
      throws IOException {
    server.execute(database, Files.readString(TRAINING.resolve("database.sql")));
    answersAlike(expected, TRAINING.resolve("project"), Map.of(variable, value));
  }

  @Test
  void whateverTheDatabaseHolds() throws IOException {
    answersAlike(ExitCode.OK, TRAINING.resolve("project"), Map.of());
    server.execute(database, Files.readString(TRAINING.resolve("database.sql")));
    server.execute(database, "DROP TABLE orders");
    answersAlike(ExitCode.FINDINGS, TRAINING.resolve("project"), Map.of());
  }

  @Test
  void whereverItIsCalled() {
    answersAlike(ExitCode.USAGE, empty, Map.of());
  }
}
