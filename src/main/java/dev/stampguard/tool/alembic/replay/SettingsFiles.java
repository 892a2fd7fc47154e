package dev.stampguard.tool.alembic.replay;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a project's Alembic settings are.
 *
 * @param directory the directory Alembic is run in: relative paths start there
 * @param ini {@code alembic.ini}, absolute; empty when it says nothing
 * @param toml {@code pyproject.toml}, absolute; empty when it says nothing
 * @param scripts the script directory, absolute, whatever the files say; empty when they say it
 */
public record SettingsFiles(
    Path directory, Optional<Path> ini, Optional<Path> toml, Optional<Path> scripts) {
  public SettingsFiles {
    Objects.requireNonNull(directory);
    Objects.requireNonNull(ini);
    Objects.requireNonNull(toml);
    Objects.requireNonNull(scripts);
  }
}
