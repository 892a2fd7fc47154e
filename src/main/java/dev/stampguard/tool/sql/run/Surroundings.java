package dev.stampguard.tool.sql.run;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a tool does to a database and to its session before it runs a script.
 *
 * @param schemas are made where they are missing
 * @param first comes first on the search path; empty when the path stays as it is
 * @param lock keeps the tool itself from running meanwhile; empty when it knows none
 */
public record Surroundings(List<String> schemas, Optional<String> first, Optional<ToolLock> lock) {
  /** Nothing at all. */
  public static final Surroundings NONE =
      new Surroundings(List.of(), Optional.empty(), Optional.empty());

  public Surroundings {
    schemas = List.copyOf(schemas);
    Objects.requireNonNull(first);
    Objects.requireNonNull(lock);
  }
}
