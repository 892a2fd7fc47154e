package dev.stampguard.service;

import dev.stampguard.expectation.lock.LockFile;
import dev.stampguard.expectation.lock.LockReader;
import dev.stampguard.tool.MigrationProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Which lock file is a tool's: {@code stampguard.lock} is the first one's of a project, {@code
 * stampguard.TOOL.lock} another's. A file that is there stays whose it is, whatever tool came to
 * the project later.
 */
public final class LockPlace {
  private LockPlace() {}

  /**
   * The file of one tool, whether it is there or not.
   *
   * @param directory the project's
   * @param tools all that the project uses, in the order in which they are looked for
   */
  public static Path of(Path directory, MigrationProject tool, List<MigrationProject> tools) {
    Path own = directory.resolve(LockFile.name(tool.tool()));
    Path common = directory.resolve(LockFile.NAME);
    if (tools.size() < 2) {
      return Files.isRegularFile(own) && !Files.exists(common) ? own : common;
    }
    if (Files.isRegularFile(own)) {
      return own;
    }
    return LockReader.toolOf(common)
            .filter(owner -> tools.stream().map(MigrationProject::tool).anyMatch(owner::equals))
            .orElse(tools.getFirst().tool())
            .equals(tool.tool())
        ? common
        : own;
  }
}
