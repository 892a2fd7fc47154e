package dev.stampguard.service.git;

import dev.stampguard.expectation.lock.LockFile;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.Revision;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * What of a repository the offline check depends on.
 *
 * @param directories where scripts are, relative to the top
 * @param files others, relative to the top
 */
public record MigrationPaths(Set<Path> directories, Set<Path> files) {
  public MigrationPaths {
    directories = Set.copyOf(directories);
    files = Set.copyOf(files);
  }

  /**
   * The paths of one project.
   *
   * @param project the project's directory relative to the top; empty when it is the top
   */
  public static MigrationPaths of(Path project, MigrationProject tool) {
    var directories = new HashSet<Path>();
    directories.add(project.resolve(tool.location()).normalize());
    for (Revision revision : tool.scripts().graph().revisions()) {
      directories.add(project.resolve(revision.file()).normalize().getParent());
    }
    directories.remove(null);
    return new MigrationPaths(
        directories, Set.of(project.resolve(LockFile.NAME), project.resolve("alembic.ini")));
  }

  boolean contain(String name) {
    Path path = Path.of(name);
    return files.contains(path)
        || directories.stream().anyMatch(at -> at.toString().isEmpty() || path.startsWith(at));
  }

  /** All of them, to name them to git. */
  Set<String> names() {
    var names = new TreeSet<String>();
    directories.forEach(at -> names.add(at.toString().isEmpty() ? "." : at.toString()));
    files.forEach(file -> names.add(file.toString()));
    return names;
  }
}
