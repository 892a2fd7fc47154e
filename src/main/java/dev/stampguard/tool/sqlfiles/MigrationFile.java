package dev.stampguard.tool.sqlfiles;

import java.nio.file.Path;
import java.util.Objects;

/**
 * One migration of a project.
 *
 * @param id what the revision is called
 * @param message its description
 * @param file where it is
 * @param path the same for messages, relative to the project
 * @param text what is in the file
 */
record MigrationFile(String id, String message, Path file, String path, String text) {
  MigrationFile {
    Objects.requireNonNull(id);
    Objects.requireNonNull(message);
    Objects.requireNonNull(file);
    Objects.requireNonNull(path);
    Objects.requireNonNull(text);
  }
}
