package dev.stampguard.tool.python.driver;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A Python that has what the migrations need.
 *
 * @param program the executable
 * @param source how it was found, for example {@code $VIRTUAL_ENV}
 */
public record Interpreter(Path program, String source) {
  public Interpreter {
    Objects.requireNonNull(program);
    Objects.requireNonNull(source);
  }
}
