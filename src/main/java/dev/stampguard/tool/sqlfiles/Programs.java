package dev.stampguard.tool.sqlfiles;

import dev.stampguard.tool.Lack;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.command.CommandBook;
import dev.stampguard.tool.command.CommandChoice;
import dev.stampguard.tool.command.ProgramScripts;
import dev.stampguard.tool.command.Shield;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Migrations that are programs, beside those in SQL: a command of the project's runs each of them.
 *
 * @param isOne tells them by their file
 * @param language they are in, for people
 * @param example a command that runs one
 * @param shield keeps a command from other databases
 */
record Programs(Predicate<MigrationFile> isOne, String language, String example, Shield shield) {
  /** These tools refuse a revision that comes before one that is recorded. */
  static final CommandBook.Habits HABITS = new CommandBook.Habits(true, revision -> Map.of());

  Programs {
    Objects.requireNonNull(isOne);
    Objects.requireNonNull(language);
    Objects.requireNonNull(example);
    Objects.requireNonNull(shield);
  }

  /** Which command runs them. */
  CommandChoice choice(String title, Path project, Optional<String> command) {
    return new CommandChoice(title, project, command, Optional.empty(), project, shield);
  }

  /**
   * What the scripts tell of one.
   *
   * @param command that runs it; empty when none is configured
   */
  SchemaOperation untold(Path project, MigrationFile file, Optional<String> command) {
    Optional<String> setting =
        command.isPresent() ? Optional.empty() : Optional.of("replay.command=" + example);
    return new ProgramScripts(project, language)
        .unreadable(1, file.text())
        .asProgram(new SchemaOperation.Program(setting));
  }

  /** What one lacks where no command is configured. */
  Lack lack(MigrationFile file) {
    return new Lack(
        "needs `replay.command` in `stampguard.properties`: `%s` is a program in %s, and nothing says how the project runs it"
            .formatted(file.path(), language),
        "say in `stampguard.properties` how the project runs it: replay.command=" + example);
  }

  /** Why one does not run where no command is configured: one sentence without a full stop. */
  String unusable() {
    return "it is a program in %s, and no `replay.command` says how the project runs it"
        .formatted(language);
  }
}
