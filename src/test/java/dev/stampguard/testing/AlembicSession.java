package dev.stampguard.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The real Alembic in one Python process that upgrades one database as often as asked. */
public final class AlembicSession implements AutoCloseable {
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

  private AlembicSession(Process process, Path errors) {
    this.process = process;
    this.requests = process.outputWriter(StandardCharsets.UTF_8);
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.errors = errors;
  }

  static AlembicSession start(String python, Path ini, String url) {
    try {
      Path errors = Files.createTempFile("alembic", ".log");
      errors.toFile().deleteOnExit();
      var builder = new ProcessBuilder(python, "-B", "-c", DRIVER, ini.toString(), url);
      return new AlembicSession(builder.redirectError(errors.toFile()).start(), errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
