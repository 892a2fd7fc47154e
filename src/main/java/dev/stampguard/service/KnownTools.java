package dev.stampguard.service;

import dev.stampguard.ExitCode;
import dev.stampguard.ShellWords;
import dev.stampguard.StampguardException;
import dev.stampguard.config.Spelling;
import dev.stampguard.service.ProjectFinder.Project;
import dev.stampguard.tool.MigrationTool;
import dev.stampguard.tool.alembic.AlembicTool;
import dev.stampguard.tool.django.DjangoTool;
import dev.stampguard.tool.ecto.EctoTool;
import dev.stampguard.tool.efcore.EfcoreTool;
import dev.stampguard.tool.flyway.FlywayTool;
import dev.stampguard.tool.knex.KnexTool;
import dev.stampguard.tool.liquibase.LiquibaseTool;
import dev.stampguard.tool.rails.RailsTool;
import dev.stampguard.tool.sequelize.SequelizeTool;
import dev.stampguard.tool.sqlfiles.SqlFileTools;
import dev.stampguard.tool.typeorm.TypeormTool;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every migration tool stampguard understands, in the order in which a project is asked for them.
 */
public final class KnownTools {
  private KnownTools() {}

  /**
   * All of them; the first that a project uses is the one a run is about that can be about one
   * only.
   *
   * @param environment of the process, whose variables win over some tools' files
   */
  public static List<MigrationTool> all(Map<String, String> environment) {
    return Stream.concat(
            Stream.of(
                new AlembicTool(),
                new FlywayTool(environment),
                new LiquibaseTool(environment),
                new DjangoTool(environment),
                new KnexTool(),
                new SequelizeTool(environment),
                new TypeormTool(),
                new RailsTool(),
                new EfcoreTool(),
                new EctoTool()),
            SqlFileTools.all(environment).stream())
        .toList();
  }

  /** The names of all, in the same order. */
  public static List<String> names() {
    return all(Map.of()).stream().map(MigrationTool::name).toList();
  }

  /**
   * A tool's name that somebody wrote.
   *
   * @param where the place it was written at, for messages
   * @return the same
   * @throws StampguardException (usage) when no tool has that name
   */
  public static String require(String name, String where) {
    List<String> names = names();
    if (names.contains(name)) {
      return name;
    }
    throw new StampguardException(
        ExitCode.USAGE,
        "`%s` names the unknown tool `%s`".formatted(where, name),
        Spelling.nearest(name, names)
            .map("did you mean `%s`?"::formatted)
            .orElseGet(() -> "it is one of " + String.join(", ", names)));
  }

  /**
   * What to say where none was found.
   *
   * @param meant the tool that was meant; empty when any would have done
   */
  public static StampguardException notFound(Project project, Optional<String> meant) {
    Path directory = project.directory();
    if (!project.below().isEmpty()) {
      return notChosen(project.root().orElse(directory), project.below());
    }
    if (meant.isEmpty()) {
      return new StampguardException(
          ExitCode.USAGE,
          "no migration tool is configured in `%s`: it holds nothing of %s"
              .formatted(directory, String.join(", ", names())),
          "run stampguard inside the project, or name it with `--project DIR`;"
              + " `stampguard help tools` says what is looked for");
    }
    String mark =
        all(Map.of()).stream()
            .filter(tool -> meant.get().equals(tool.name()))
            .map(MigrationTool::mark)
            .collect(Collectors.joining());
    return new StampguardException(
        ExitCode.USAGE,
        "nothing of %s is configured in `%s`: there is no %s"
            .formatted(meant.get(), directory, mark),
        "say where its scripts are in `stampguard.properties`: migrations=DIR");
  }

  /** Where there is none, and below it there are others. */
  private static StampguardException notChosen(Path root, List<Path> below) {
    List<String> names = below.stream().map(root::relativize).map(Path::toString).toList();
    return new StampguardException(
        ExitCode.USAGE,
        "no migration tool is configured in `%s` itself, but below it in `%s`"
            .formatted(root, String.join("`, `", names)),
        "name the one you mean, as with `--project %s`"
            .formatted(ShellWords.quote(below.getFirst().toString())));
  }
}
