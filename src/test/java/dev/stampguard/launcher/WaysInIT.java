package dev.stampguard.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.cli.ThroughFramework;
import dev.stampguard.testing.PostgresServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A command says the same whether it answers before the framework boots or after: what users start
 * beside the same jar with every command sent through the framework.
 */
class WaysInIT {
  private static final Path LAUNCHER = Path.of(System.getProperty("stampguard.launcher"));
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final Path TRAINING = Path.of("src/main/launcher/training").toAbsolutePath();
  private static final PostgresServer SERVER = PostgresServer.shared();

  private static Map<String, String> environment;

  @BeforeAll
  static void build() throws IOException {
    Program.requireJvm("the way through the framework");
    String healthy = SERVER.createDatabase();
    SERVER.execute(healthy, Files.readString(TRAINING.resolve("database.sql")));
    String broken = SERVER.createDatabase();
    SERVER.execute(broken, Files.readString(TRAINING.resolve("database.sql")));
    SERVER.execute(broken, "DROP TABLE orders");
    environment =
        Map.of(
            "PATH", System.getenv("PATH"),
            "JAVA_HOME", System.getProperty("java.home"),
            "LC_ALL", "C.UTF-8",
            "DATABASE_URL", SERVER.url(healthy),
            "BROKEN_URL", SERVER.url(broken));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--version",
        "--help",
        "-V check --nonsense",
        "help",
        "help check",
        "help SG102",
        "help exit-codes",
        "completion fish",
        "help nothing",
        "check",
        "check --help",
        "check --output json",
        "check --url-variable BROKEN_URL",
        "check --url-variable BROKEN_URL --output json",
        "check --url postgresql://nobody:secret@127.0.0.1:1/nothing",
        "check --project /nowhere",
        "check --outptu",
        "chekc",
        "history",
        "target",
        "diagnose --scratch none --url-variable BROKEN_URL"
      })
  void answersTheSame(String line) {
    List<String> words = Stream.of(line.split(" ")).filter(word -> !word.isEmpty()).toList();
    Shell.Result before = run(List.of(LAUNCHER.toString()), words);
    Shell.Result after =
        run(
            List.of(
                JAVA.toString(),
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                LAUNCHER.resolveSibling("quarkus-app/stampguard-run.jar")
                    + File.pathSeparator
                    + Path.of("target/test-classes").toAbsolutePath(),
                ThroughFramework.class.getName()),
            words);
    assertThat(before).isEqualTo(after);
    assertThat(before.err()).doesNotContain("Exception", "WARN", "secret");
  }

  private static Shell.Result run(List<String> program, List<String> words) {
    return Shell.run(
        TRAINING.resolve("project"),
        environment,
        Stream.of(program, words).flatMap(List::stream).toList());
  }
}
