package dev.stampguard.service.git;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The {@code git} of the {@code PATH}, run in one directory. */
public final class Git {
  private final Path directory;
  private final Map<String, String> environment;

  /**
   * @param directory where it runs
   * @param environment its variables; in a hook they say which repository and index are meant
   */
  public Git(Path directory, Map<String, String> environment) {
    this.directory = Objects.requireNonNull(directory);
    this.environment = Map.copyOf(environment);
  }

  /** The same in another directory. */
  Git in(Path other) {
    return new Git(other, environment);
  }

  /**
   * The top of the working tree.
   *
   * @throws StampguardException (usage) when there is no git, or no repository with files here
   */
  public Path top() {
    return Path.of(
        line("rev-parse", "--show-toplevel")
            .orElseThrow(
                () ->
                    new StampguardException(
                        ExitCode.USAGE,
                        "`%s` is not in the working tree of a git repository that git trusts"
                            .formatted(directory),
                        "git -C %s status".formatted(directory))));
  }

  /** What a command prints, without the line end; empty when it fails. */
  Optional<String> line(String... arguments) {
    return run(arguments).map(out -> out.endsWith("\n") ? out.substring(0, out.length() - 1) : out);
  }

  /** The names a command prints between NUL characters; empty when it fails. */
  Optional<List<String>> names(String... arguments) {
    return run(arguments)
        .map(
            out ->
                Arrays.stream(out.split("\0", -1))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .toList());
  }

  /** Whether a command ends with 0. */
  boolean succeeds(String... arguments) {
    return run(arguments).isPresent();
  }

  private Optional<String> run(String... arguments) {
    var command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? Optional.of(out) : Optional.empty();
    } catch (IOException e) {
      throw new StampguardException(
          ExitCode.USAGE, "`git` cannot be run", "install git, or put it on `PATH`");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StampguardException(ExitCode.INTERRUPTED, "interrupted while git ran", null);
    }
  }
}
