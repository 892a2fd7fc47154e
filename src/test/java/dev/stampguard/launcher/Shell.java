package dev.stampguard.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs a program to its end, in an environment of which the test says every word. */
public final class Shell {
  private Shell() {}

  /** What a program left behind. */
  public record Result(int exitCode, String out, String err) {}

  static Result run(Path cwd, Map<String, String> environment, List<String> command) {
    try {
      Path err = Files.createTempFile("stderr", ".txt");
      var builder = new ProcessBuilder(command).directory(cwd.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      builder.redirectError(err.toFile());
      Process process = builder.start();
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int exitCode = process.waitFor();
      var result = new Result(exitCode, out, Files.readString(err));
      Files.delete(err);
      return result;
    } catch (IOException e) {
      throw new IllegalStateException("cannot run " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + command, e);
    }
  }

  /** Writes an executable script, with the directories above it. */
  static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /**
   * Fills a directory with those of these tools that the machine has and nothing else, to be a
   * PATH: what else is installed must not decide a test.
   */
  static void tools(Path directory, List<String> tools) throws IOException {
    for (String tool : tools) {
      Optional<Path> found = find(tool);
      if (found.isPresent()) {
        script(directory.resolve(tool), "#!/bin/sh\nexec %s \"$@\"\n".formatted(found.get()));
      }
    }
  }

  private static Optional<Path> find(String tool) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .map(directory -> Path.of(directory, tool))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
