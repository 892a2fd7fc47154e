package dev.stampguard.tool.alembic.replay;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A Python that has Alembic.
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
