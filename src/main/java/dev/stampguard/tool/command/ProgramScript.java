package dev.stampguard.tool.command;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A migration that is a program.
 *
 * @param id as the ledger records it
 * @param message a description from its name
 * @param file where it is
 * @param line 1-based line that declares it
 */
public record ProgramScript(String id, String message, Path file, int line) {
  public ProgramScript {
    Objects.requireNonNull(id);
    Objects.requireNonNull(message);
    Objects.requireNonNull(file);
  }
}
