package dev.stampguard.tool.sqlfiles;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.tool.GraphProblem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Lists and reads the files of one project, and keeps what was wrong with them. */
final class ScriptFiles {
  private final Path project;
  private final List<GraphProblem> problems = new ArrayList<>();

  ScriptFiles(Path project) {
    this.project = project.toAbsolutePath().normalize();
  }

  /** What is in a directory, by name; nothing when it is none. */
  static List<Path> list(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted((one, other) -> name(one).compareTo(name(other))).toList();
    } catch (IOException e) {
      throw new StampguardException(
          ExitCode.USAGE,
          "the directory `%s` cannot be read".formatted(directory),
          "check its permissions");
    }
  }

  static String name(Path file) {
    return file.getFileName().toString();
  }

  /** The text of a settings file; empty when it is not there or cannot be read. */
  static Optional<String> settings(Path file) {
    try {
      return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Makes a migration of a file; empty, and a problem, when it cannot be read. */
  Optional<MigrationFile> read(String id, String message, Path file) {
    try {
      return Optional.of(
          new MigrationFile(id, message, file, relative(file), Files.readString(file)));
    } catch (CharacterCodingException e) {
      problem(file, "it is not UTF-8", id);
    } catch (IOException e) {
      problem(file, "it cannot be read", id);
    }
    return Optional.empty();
  }

  void problem(Path file, String message, String id) {
    problems.add(
        new GraphProblem(
            GraphProblem.Kind.UNREADABLE_SCRIPT, message, relative(file), 1, List.of(id)));
  }

  List<GraphProblem> problems() {
    return List.copyOf(problems);
  }

  String relative(Path path) {
    String relative =
        project.relativize(path.toAbsolutePath().normalize()).toString().replace('\\', '/');
    return relative.isEmpty() ? "." : relative;
  }
}
