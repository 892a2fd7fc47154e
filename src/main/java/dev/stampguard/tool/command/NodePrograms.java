package dev.stampguard.tool.command;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Programs of packages that a project of Node's has installed. */
public final class NodePrograms {
  private static final String INSTALLED = "node_modules/.bin/";

  private NodePrograms() {}

  /** How one is run: as it is installed in the project, else by {@code npx}, which finds it. */
  public static List<String> command(Path project, String program, String... arguments) {
    var words = new ArrayList<String>();
    if (Files.isRegularFile(project.resolve(INSTALLED + program))) {
      words.add(INSTALLED + program);
    } else {
      words.addAll(List.of("npx", "--no-install", program));
    }
    words.addAll(List.of(arguments));
    return List.copyOf(words);
  }

  /** Whether {@code package.json} names a package. */
  public static boolean isUsed(Path project, String name) {
    Path file = project.resolve("package.json");
    return Files.isRegularFile(file)
        && ProgramScripts.text(file).filter(text -> text.contains('"' + name + '"')).isPresent();
  }

  /**
   * Refuses a place of migrations that is not there.
   *
   * @param file that names it; empty when it is only the usual one
   * @param named the place, relative to the project
   */
  public static void requireDirectory(List<Path> directories, Optional<String> file, String named) {
    if (directories.stream().noneMatch(Files::isDirectory)) {
      throw new StampguardException(
          ExitCode.USAGE,
          "%s has its migrations in `%s`, where nothing is"
              .formatted(file.map(name -> "`" + name + "`").orElse("the project"), named),
          "say where they are in `stampguard.properties`: migrations=DIR");
    }
  }
}
