package dev.stampguard.testing;

import dev.stampguard.StampguardException;
import dev.stampguard.tool.alembic.replay.AlembicRun;
import dev.stampguard.tool.python.driver.Interpreter;
import dev.stampguard.tool.python.driver.InterpreterSearch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * The Pythons the tests run Alembic with: this machine's own, and with the packages of the
 * directories that {@code STAMPGUARD_MODERN_ALEMBIC} names in front of its own. {@code
 * STAMPGUARD_TOML_ALEMBIC} names such directories with an Alembic that reads {@code
 * pyproject.toml}.
 */
public final class Pythons {
  private static final String MODERN = "STAMPGUARD_MODERN_ALEMBIC";
  private static final String TOML = "STAMPGUARD_TOML_ALEMBIC";

  private Pythons() {}

  /** All there are; without any the test is skipped, and fails where CI is true. */
  public static List<Interpreter> withAlembic() {
    var found = new ArrayList<Interpreter>();
    Interpreter own = own();
    found.add(own);
    String modern = System.getenv(MODERN);
    if (modern != null) {
      found.add(withPackages(own, MODERN, modern));
    }
    return found;
  }

  /** One whose Alembic is at least 1.16; without it as {@link #withAlembic}. */
  public static Interpreter withTomlAlembic() {
    String packages = System.getenv(TOML);
    if (packages == null) {
      absent(TOML + " names no Alembic");
    }
    return withPackages(own(), TOML, packages);
  }

  /** Skips the test, and fails it where CI is true, when the interpreter lacks a module. */
  public static void require(Interpreter python, String module) {
    try {
      int exit =
          new ProcessBuilder(python.program().toString(), "-c", "import " + module)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
      if (exit != 0) {
        absent("`%s` has no module %s".formatted(python.program(), module));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void absent(String message) {
    if ("true".equals(System.getenv("CI"))) {
      throw new IllegalStateException(message);
    }
    System.err.println("SKIPPED: " + message);
    Assumptions.abort(message);
  }

  private static Interpreter own() {
    try {
      return new InterpreterSearch(AlembicRun.WANTED, Path.of("."), System.getenv())
          .find(Optional.empty());
    } catch (StampguardException e) {
      absent(e.getMessage());
      throw e;
    }
  }

  private static Interpreter withPackages(Interpreter own, String variable, String packages) {
    try {
      Path wrapper = Files.createTempFile("python", "");
      wrapper.toFile().deleteOnExit();
      Files.writeString(
          wrapper,
          "#!/bin/sh\nPYTHONPATH='%s' exec '%s' \"$@\"\n".formatted(packages, own.program()));
      Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwx------"));
      return new Interpreter(wrapper, variable);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
