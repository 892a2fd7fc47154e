package dev.stampguard.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The real Alembic, running in one Python process for as many upgrades as a test asks for. Looks
 * for an interpreter that can import it; without one a test is skipped, and fails in CI.
 */
public final class Alembic implements AutoCloseable {
  private static final String DRIVER =
      """
      import sys
      from alembic import command
      from alembic.config import Config
      config = Config(sys.argv[1])
      config.set_main_option("sqlalchemy.url", sys.argv[2])
      for line in sys.stdin:
          command.upgrade(config, line.strip())
          print("done", flush=True)
      """;

  private final Process process;
  private final Writer requests;
  private final BufferedReader answers;
  private final Path errors;

  private Alembic(Process process, Path errors) {
    this.process = process;
    this.requests = process.outputWriter(StandardCharsets.UTF_8);
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.errors = errors;
  }

  /**
   * Starts Alembic, or skips the test aloud where no interpreter has it.
   *
   * @param ini the project's {@code alembic.ini}
   * @param url the database to upgrade
   */
  public static Alembic start(Path ini, String url) {
    Optional<String> python = interpreter();
    if (python.isEmpty()) {
      String missing = "no python3 on the PATH can import alembic, sqlalchemy and psycopg2";
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(missing);
      }
      Assumptions.abort("SKIPPED: " + missing);
    }
    try {
      Path errors = Files.createTempFile("alembic", ".log");
      errors.toFile().deleteOnExit();
      var builder = new ProcessBuilder(python.get(), "-B", "-c", DRIVER, ini.toString(), url);
      return new Alembic(builder.redirectError(errors.toFile()).start(), errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> interpreter() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(path.split(File.pathSeparator))
        .flatMap(directory -> Stream.of(Path.of(directory, "python3")))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .filter(Alembic::hasAlembic)
        .findFirst();
  }

  private static boolean hasAlembic(String python) {
    try {
      return new ProcessBuilder(python, "-c", "import alembic, sqlalchemy, psycopg2")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Upgrades to a revision; fails with Alembic's own words when it cannot. */
  public void upgrade(String revision) {
    try {
      requests.write(revision + "\n");
      requests.flush();
      for (String line = answers.readLine(); !"done".equals(line); line = answers.readLine()) {
        if (line == null) {
          throw new AssertionError(
              "alembic upgrade " + revision + " failed:\n" + Files.readString(errors));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
