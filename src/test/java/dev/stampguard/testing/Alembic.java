package dev.stampguard.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Real Alembic, run by an interpreter of this machine that can import it and psycopg2. */
public final class Alembic {
  private static final List<String> INTERPRETERS = List.of("python3", "/usr/bin/python3", "python");

  private final String python;

  private Alembic(String python) {
    this.python = python;
  }

  private static final class Holder {
    static final Optional<Alembic> FOUND = find();
  }

  /** How a run of Alembic ended; standard output and error together. */
  public record Result(int exitCode, String output) {}

  /**
   * The machine's Alembic. Without one the test is skipped, which is said aloud because the summary
   * only counts it, and on CI it fails.
   */
  public static Alembic require() {
    if (Holder.FOUND.isEmpty()) {
      String message = "no Python here imports alembic and psycopg2";
      if ("true".equals(System.getenv("CI"))) {
        Assertions.fail(message);
      }
      System.err.println("SKIPPED: " + message);
      Assumptions.abort(message);
    }
    return Holder.FOUND.orElseThrow();
  }

  private static Optional<Alembic> find() {
    return INTERPRETERS.stream().filter(Alembic::imports).findFirst().map(Alembic::new);
  }

  private static boolean imports(String python) {
    try {
      return run(Path.of("."), Map.of(), List.of(python, "-c", "import alembic, psycopg2"))
              .exitCode()
          == 0;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  /**
   * Runs {@code alembic} with these arguments in a project, {@code DATABASE_URL} set to the URL.
   */
  public Result run(Path project, String url, List<String> arguments) {
    return run(
        project, Map.of("DATABASE_URL", url, "PYTHONDONTWRITEBYTECODE", "1"), command(arguments));
  }

  /** The command line that starts {@code alembic} with these arguments. */
  public List<String> command(List<String> arguments) {
    var command = new ArrayList<>(List.of(python, "-m", "alembic.config"));
    command.addAll(arguments);
    return List.copyOf(command);
  }

  /** One process for as many upgrades of one database as a test asks for. */
  public AlembicSession session(Path ini, String url) {
    return AlembicSession.start(python, ini, url);
  }

  private static Result run(Path cwd, Map<String, String> environment, List<String> command) {
    try {
      var builder = new ProcessBuilder(command).directory(cwd.toFile()).redirectErrorStream(true);
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      throw new IllegalStateException("cannot run " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + command, e);
    }
  }
}
