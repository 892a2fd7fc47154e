package dev.stampguard.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A repository with a bare remote, for the real git, which knows nothing of this machine's. */
public final class GitSandbox {
  private final Path root;
  private final Map<String, String> environment;

  /** How a command ended, and what it printed on both streams. */
  public record Result(int exitCode, String output) {}

  /**
   * Makes {@code work} and {@code remote.git}, empty.
   *
   * @param root an empty directory
   */
  public GitSandbox(Path root) {
    this.root = root;
    this.environment =
        Map.of(
            "PATH", bin() + ":" + System.getenv("PATH"),
            "HOME", root.toString(),
            "GIT_CONFIG_NOSYSTEM", "1",
            "GIT_AUTHOR_NAME", "A",
            "GIT_AUTHOR_EMAIL", "a@example.org",
            "GIT_COMMITTER_NAME", "A",
            "GIT_COMMITTER_EMAIL", "a@example.org",
            "LC_ALL", "C");
    try {
      Files.createDirectories(bin());
      Files.createDirectories(work());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    must("init", "-q", "--bare", "-b", "main", root.resolve("remote.git").toString());
    must("init", "-q", "-b", "main");
    must("remote", "add", "origin", root.resolve("remote.git").toString());
  }

  /** The working tree. */
  public Path work() {
    return root.resolve("work");
  }

  /** A directory in front of the {@code PATH}. */
  public Path bin() {
    return root.resolve("bin");
  }

  public Map<String, String> environment() {
    return environment;
  }

  /** Runs git in the working tree. */
  public Result git(String... arguments) {
    var command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    return run(work(), command, "");
  }

  /** As {@link #git}, of what must succeed; without the last line end. */
  public String must(String... arguments) {
    Result result = git(arguments);
    if (result.exitCode() != 0) {
      throw new IllegalStateException(List.of(arguments) + ": " + result.output());
    }
    return result.output().strip();
  }

  /** Commits all there is. */
  public String commit(String message) {
    must("add", "-A");
    must("commit", "-q", "--no-verify", "-m", message);
    return must("rev-parse", "HEAD");
  }

  /** Runs a command with this on its standard input. */
  public Result run(Path directory, List<String> command, String input) {
    try {
      var builder =
          new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
      Path in = Files.writeString(root.resolve("stdin"), input, StandardCharsets.ISO_8859_1);
      builder.redirectInput(in.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      Process process = builder.start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Writes an executable file. */
  public static Path script(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text, StandardCharsets.ISO_8859_1);
      return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
