package dev.stampguard.tool.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * Node loads a few lines of ours before the project's: with them the package {@code pg}, on which
 * Knex, Sequelize and TypeORM all stand, connects to the one database that {@code PG…} names.
 */
public final class NodeShield implements Shield {
  private static final String OPTIONS = "NODE_OPTIONS";

  @Override
  public Raised raise(Map<String, String> environment) {
    try {
      Path file = Files.createTempFile("stampguard-node-", ".cjs");
      try (InputStream in = NodeShield.class.getResourceAsStream("/node/one-database.cjs")) {
        Files.write(file, Objects.requireNonNull(in).readAllBytes());
      }
      String option = "--require \"%s\"".formatted(file.toString().replace("\\", "\\\\"));
      environment.merge(OPTIONS, option, (theirs, ours) -> ours + " " + theirs);
      return () -> delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
