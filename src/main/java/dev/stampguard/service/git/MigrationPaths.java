package dev.stampguard.service.git;

import dev.stampguard.expectation.lock.LockFile;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What of a repository the offline check depends on, as git names it: relative to the top. As text,
 * because not every name that git prints is one to this machine's file system.
 *
 * @param directories where scripts are; the top is empty text
 * @param files others
 */
public record MigrationPaths(Set<String> directories, Set<String> files) {
  public MigrationPaths {
    directories = Set.copyOf(directories);
    files = Set.copyOf(files);
  }

  /**
   * The paths of one project.
   *
   * @param project the project's directory relative to the top; empty when it is the top
   * @param tools those it uses
   * @param settings the files that say how it uses them, relative to the project
   */
  public static MigrationPaths of(
      Path project, List<MigrationProject> tools, Set<String> settings) {
    var directories = new TreeSet<String>();
    var locks = new TreeSet<String>();
    for (MigrationProject tool : tools) {
      directories.add(name(project.resolve(tool.location())));
      locks.add(LockFile.name(tool.tool()));
      RevisionGraph graph = tool.scripts().graph();
      for (Revision revision : graph.revisions()) {
        if (graph.isElsewhere(revision.file())) {
          continue; // It is nothing that git keeps here.
        }
        Path directory = project.resolve(revision.file()).getParent();
        directories.add(directory == null ? "" : name(directory));
      }
    }
    var files = new TreeSet<String>();
    files.add(name(project.resolve(LockFile.NAME)));
    locks.forEach(file -> files.add(name(project.resolve(file))));
    settings.forEach(file -> files.add(name(project.resolve(file))));
    return new MigrationPaths(directories, files);
  }

  private static String name(Path path) {
    return path.normalize().toString().replace('\\', '/');
  }

  boolean contain(String name) {
    return files.contains(name)
        || directories.stream().anyMatch(at -> at.isEmpty() || name.startsWith(at + "/"));
  }

  /** All of them, to name them to git. */
  Set<String> names() {
    var names = new TreeSet<>(files);
    directories.forEach(at -> names.add(at.isEmpty() ? "." : at));
    return names;
  }
}
