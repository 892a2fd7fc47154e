package dev.stampguard;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files beside a file that it is written into before it is moved to its place. Each has its
 * writer's process id in its name, so that what a killed writer left can be told from what another
 * one is writing now.
 */
public final class LeftOvers {
  private LeftOvers() {}

  /** The file that process {@code pid} writes to. */
  public static Path beside(Path file, long pid) {
    return file.resolveSibling(".%s.%s".formatted(file.getFileName(), pid));
  }

  /**
   * Deletes what writers left that no longer run, and what this process left when it last had this
   * id.
   *
   * @throws IOException when the directory cannot be read or a file not deleted
   */
  public static void sweep(Path file) throws IOException {
    for (Path left : find(file)) {
      Files.deleteIfExists(left);
    }
  }

  private static List<Path> find(Path file) throws IOException {
    var name =
        Pattern.compile(
            "\\.%s\\.([0-9]{1,18})".formatted(Pattern.quote(file.getFileName().toString())));
    var found = new ArrayList<Path>();
    try (var siblings = Files.newDirectoryStream(file.toAbsolutePath().getParent())) {
      for (Path sibling : siblings) {
        Matcher matcher = name.matcher(sibling.getFileName().toString());
        if (matcher.matches() && !isWriting(Long.parseLong(matcher.group(1)))) {
          found.add(sibling);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return found;
  }

  /** Another process that has the id now may be a stranger: its file then stays a little longer. */
  private static boolean isWriting(long pid) {
    return pid != ProcessHandle.current().pid()
        && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }
}
