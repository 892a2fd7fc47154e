package dev.stampguard.tool.command;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.tool.Lack;
import dev.stampguard.tool.NotAllowed;
import dev.stampguard.tool.RunSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which command runs a project's migrations: the one that is configured, else the tool's usual one
 * where somebody allowed that the project's code is run. Nothing runs it that only looks.
 *
 * @param title what people call the tool
 * @param project the project's directory, where a configured command runs
 * @param configured {@code replay.command}
 * @param usual the tool's own; empty when none can be assumed
 * @param directory where the tool's own runs
 * @param shield as {@link ProjectCommand#shield}
 */
public record CommandChoice(
    String title,
    Path project,
    Optional<String> configured,
    Optional<List<String>> usual,
    Path directory,
    Shield shield) {
  private static final String SAY_IT = "say it in `stampguard.properties`: replay.command=…";

  public CommandChoice {
    Objects.requireNonNull(title);
    Objects.requireNonNull(project);
    Objects.requireNonNull(configured);
    Objects.requireNonNull(usual);
    Objects.requireNonNull(directory);
    Objects.requireNonNull(shield);
  }

  /**
   * The command.
   *
   * @throws StampguardException (usage) when there is none, or nobody allowed it
   */
  public ProjectCommand with(RunSettings settings) {
    if (configured.isPresent()) {
      return command(CommandWords.split(configured.get(), "replay.command"), project, settings);
    }
    if (usual.isEmpty()) {
      throw new StampguardException(
          ExitCode.USAGE,
          "migrations of %s are programs, and nothing says how they are run here".formatted(title),
          SAY_IT);
    }
    notAllowed(settings)
        .ifPresent(
            missing -> {
              throw missing.refusing("repair");
            });
    return command(usual.get(), directory, settings);
  }

  /** What is to be said where nothing says how migrations are run. */
  Optional<Lack> lack() {
    return configured.isPresent() || usual.isPresent()
        ? Optional.empty()
        : Optional.of(
            new Lack(
                "needs `replay.command` in `stampguard.properties`: migrations of %s are programs, and nothing says how they are run here"
                    .formatted(title),
                SAY_IT));
  }

  /** What is to be said first where the tool's usual command would do. */
  Optional<NotAllowed> notAllowed(RunSettings settings) {
    return usual
        .filter(words -> configured.isEmpty() && !settings.projectEnvironment())
        .map(
            words ->
                new NotAllowed(
                    "migrations of %s are programs, and `%s`, which allows that the project's code is run, was not given"
                        .formatted(title, NotAllowed.OPTION),
                    "them with `%s`".formatted(String.join(" ", words))));
  }

  private ProjectCommand command(List<String> words, Path where, RunSettings settings) {
    return new ProjectCommand(
        words,
        where.toAbsolutePath().normalize(),
        settings.environment(),
        settings.urlVariable(),
        shield,
        settings.limit());
  }
}
