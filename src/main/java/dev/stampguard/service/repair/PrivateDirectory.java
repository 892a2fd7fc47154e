package dev.stampguard.service.repair;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Directories below {@code .stampguard}, which only their owner looks into. */
final class PrivateDirectory {
  private PrivateDirectory() {}

  /** Makes it, and keeps all of {@code .stampguard} out of git. */
  static void create(Path directory) throws IOException {
    var attribute =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(directory, attribute);
    Path ignore = directory.resolveSibling(".gitignore");
    if (!Files.exists(ignore)) {
      Files.writeString(ignore, "*\n");
    }
  }

  /** Makes sure that the names in it are on disk. */
  static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
