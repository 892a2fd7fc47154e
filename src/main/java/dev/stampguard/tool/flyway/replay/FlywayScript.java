package dev.stampguard.tool.flyway.replay;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A script to run.
 *
 * @param file its place
 * @param path the same for messages, relative to the project
 * @param text its content; empty when it is no SQL
 */
public record FlywayScript(Path file, String path, Optional<String> text) {
  public FlywayScript {
    Objects.requireNonNull(file);
    Objects.requireNonNull(path);
    Objects.requireNonNull(text);
  }
}
