package dev.stampguard.tool.command;

import dev.stampguard.tool.MigrationTool;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.Scripts;
import dev.stampguard.tool.ToolSettings;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Programs in one directory whose names begin with a number, which is what the ledger records of
 * them, without zeros in front.
 *
 * @param mark a file of every project, relative to it
 * @param usual where the programs usually are, relative to the project
 * @param name of a program: its number, and what it is about
 */
public record NumberedPrograms(String mark, String usual, Pattern name) {
  public NumberedPrograms {
    Objects.requireNonNull(mark);
    Objects.requireNonNull(usual);
    Objects.requireNonNull(name);
  }

  /** As {@link MigrationTool#isConfiguredIn}. */
  public boolean isConfiguredIn(Path directory) {
    return Files.isRegularFile(directory.resolve(mark))
        && Files.isDirectory(directory.resolve(usual));
  }

  /** Where a project has them; empty when it does not use the tool. */
  public Optional<Path> directory(MigrationTool tool, Path project, ToolSettings said) {
    return Optional.of(said.migrations().orElseGet(() -> project.resolve(usual)))
        .filter(Files::isDirectory)
        .filter(found -> said.isNamed(tool) || Files.isRegularFile(project.resolve(mark)));
  }

  private record Numbered(BigInteger number, ProgramScript script) {}

  /**
   * The history they form.
   *
   * @param reader as of {@link ProgramScripts#of}
   */
  public Scripts read(
      ProgramScripts finder, Path directory, Function<String, List<SchemaOperation>> reader) {
    return finder.of(
        finder.files(directory, true).stream()
            .flatMap(file -> numbered(file).stream())
            .sorted(Comparator.comparing(Numbered::number))
            .map(Numbered::script)
            .toList(),
        List.of(),
        reader);
  }

  private Optional<Numbered> numbered(Path file) {
    Matcher found = name.matcher(file.getFileName().toString());
    if (!found.matches()) {
      return Optional.empty();
    }
    var number = new BigInteger(found.group(1));
    return Optional.of(
        new Numbered(
            number,
            new ProgramScript(
                number.toString(), found.group(2).replace('_', ' ').strip(), file, 1)));
  }
}
