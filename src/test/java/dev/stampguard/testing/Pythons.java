package dev.stampguard.testing;

import dev.stampguard.StampguardException;
import dev.stampguard.tool.alembic.replay.Interpreter;
import dev.stampguard.tool.alembic.replay.InterpreterSearch;
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
 * directory that {@code STAMPGUARD_MODERN_ALEMBIC} names in front of its own.
 */
public final class Pythons {
  private static final String MODERN = "STAMPGUARD_MODERN_ALEMBIC";

  private Pythons() {}

  /** All there are; without any the test is skipped, and fails where CI is true. */
  public static List<Interpreter> withAlembic() {
    var found = new ArrayList<Interpreter>();
    Interpreter own = own();
    found.add(own);
    String modern = System.getenv(MODERN);
    if (modern != null) {
      found.add(withPackages(own, Path.of(modern)));
    }
    return found;
  }

  private static Interpreter own() {
    try {
      return new InterpreterSearch(Path.of("."), System.getenv()).find(Optional.empty());
    } catch (StampguardException e) {
      if ("true".equals(System.getenv("CI"))) {
        throw e;
      }
      System.err.println("SKIPPED: " + e.getMessage());
      Assumptions.abort(e.getMessage());
      throw e;
    }
  }

  private static Interpreter withPackages(Interpreter own, Path packages) {
    try {
      Path wrapper = Files.createTempFile("python", "");
      wrapper.toFile().deleteOnExit();
      Files.writeString(
          wrapper,
          "#!/bin/sh\nPYTHONPATH='%s' exec '%s' \"$@\"\n".formatted(packages, own.program()));
      Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwx------"));
      return new Interpreter(wrapper, MODERN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
