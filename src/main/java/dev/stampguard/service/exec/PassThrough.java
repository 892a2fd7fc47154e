package dev.stampguard.service.exec;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A command that runs with our streams. */
public final class PassThrough {
  private final Path directory;
  private final Map<String, String> environment;
  private final boolean terminal;

  /**
   * @param directory where it runs
   * @param environment its variables
   * @param terminal whether a terminal is attached: that sends its signals to the command itself
   */
  public PassThrough(Path directory, Map<String, String> environment, boolean terminal) {
    this.directory = directory;
    this.environment = Map.copyOf(environment);
    this.terminal = terminal;
  }

  /**
   * Runs a command to its end.
   *
   * @param command the program, looked up on {@code PATH} unless it names a file, and its arguments
   * @return its exit code; 128 and the signal's number where a signal ended it
   * @throws StampguardException (usage) when it cannot be started
   */
  public int run(List<String> command) {
    var builder = new ProcessBuilder(command).directory(directory.toFile()).inheritIO();
    // Set only where it differs: what is inherited untouched keeps bytes that are no text.
    if (!environment.equals(System.getenv())) {
      builder.environment().clear();
      builder.environment().putAll(environment);
    }
    // First, so that no signal falls between the command's start and ours to pass it on.
    try (SignalRelay signals = SignalRelay.open(terminal)) {
      return await(builder, signals);
    }
  }

  private int await(ProcessBuilder builder, SignalRelay signals) {
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw notStarted(builder.command().getFirst());
    }
    signals.to(process);
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED.code();
    }
  }

  private StampguardException notStarted(String program) {
    File file = directory.resolve(program).toFile();
    String why;
    String hint;
    if (program.contains("://")) {
      why = "it is a URL";
      hint = "name the database with `--url URL`, and the command after `--`";
    } else if (!program.contains(File.separator)) {
      why = "there is no such program";
      hint = "give its path, or put its directory on `PATH`";
    } else if (file.isDirectory()) {
      why = "it is a directory";
      hint = "name a program in it";
    } else if (file.exists() && !file.canExecute()) {
      why = "it is not executable";
      hint = "chmod +x " + program;
    } else if (file.exists()) {
      why = "the system does not start it";
      hint = "see that the program in its first line is there, and that it is for this machine";
    } else {
      why = "there is no such program";
      hint = "see that the path is right; it starts at `%s`".formatted(directory);
    }
    return new StampguardException(
        ExitCode.USAGE, "`%s` cannot be run: %s".formatted(program, why), hint);
  }
}
