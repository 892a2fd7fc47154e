package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a file whole or not at all. */
final class OutputFile {
  private OutputFile() {}

  /**
   * Writes the file beside its place, syncs it and moves it there.
   *
   * @param option the option that named it, for the message
   * @throws StampguardException (usage) when it cannot be written; what was there before stays
   */
  static void write(Path named, byte[] data, String option) {
    Path file = followed(named);
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      writeInto(file, data, option);
      return;
    }
    Path temporary =
        file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid());
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer rest = ByteBuffer.wrap(data);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      discard(temporary);
      throw unwritable(named, option);
    }
  }

  /** A link stays a link: what it points at is replaced. */
  private static Path followed(Path file) {
    try {
      return Files.exists(file) ? file.toRealPath() : file;
    } catch (IOException e) {
      return file;
    }
  }

  /** A device or a pipe is written to as it stands; replacing it would take it away from others. */
  private static void writeInto(Path device, byte[] data, String option) {
    try (OutputStream out = Files.newOutputStream(device, StandardOpenOption.WRITE)) {
      out.write(data);
    } catch (IOException e) {
      throw unwritable(device, option);
    }
  }

  private static StampguardException unwritable(Path file, String option) {
    return new StampguardException(
        ExitCode.USAGE,
        "`%s %s` cannot be written".formatted(option, file),
        "name a file in a directory that exists and that you may write to");
  }

  private static void discard(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // The first failure is the one to tell.
    }
  }
}
