package dev.stampguard.tool.flyway;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One script of a project.
 *
 * @param id how the revision is called: its version, or of a repeatable one the name of its script
 * @param name what the file's name says
 * @param file where it is
 * @param path the same, relative to the project
 * @param script as the schema history has it: relative to its location
 * @param text its content; empty of a Java migration
 * @param checksums what Flyway may record for it, first what it records now; none for Java
 */
record MigrationScript(
    String id,
    ScriptName name,
    Path file,
    String path,
    String script,
    Optional<String> text,
    Set<Integer> checksums) {
  /** What the column takes. */
  private static final int DESCRIPTION = 200;

  /** Whether only the project's own Flyway can run it. */
  boolean isClass() {
    return text.isEmpty();
  }

  boolean isRepeatable() {
    return name.kind() == ScriptName.Kind.REPEATABLE;
  }

  /** What Flyway records for it now; empty when it is not known. */
  OptionalInt checksum() {
    return checksums.stream().mapToInt(Integer::intValue).findFirst();
  }

  /** As the schema history has it, which takes no longer ones. */
  String description() {
    String description = name.description();
    return description.length() <= DESCRIPTION
        ? description
        : description.substring(0, DESCRIPTION - 3) + "...";
  }

  FlywayVersion version() {
    return name.version().orElseThrow();
  }
}
