package dev.stampguard.tool.alembic;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.MigrationTool;
import dev.stampguard.tool.ToolSettings;
import dev.stampguard.tool.ToolSupport;
import dev.stampguard.tool.ToolSupport.Checksums;
import dev.stampguard.tool.ToolSupport.Missing;
import dev.stampguard.tool.ToolSupport.Order;
import dev.stampguard.tool.ToolSupport.Reading;
import dev.stampguard.tool.ToolSupport.Replay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Alembic, found by its {@code alembic.ini} or by {@code [tool.alembic]} in pyproject.toml. */
public final class AlembicTool implements MigrationTool {
  static final String NAME = "alembic";

  /** Where the scripts usually are. */
  private static final List<String> USUAL = List.of("migrations", "alembic");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String mark() {
    return "`alembic.ini` or `[tool.alembic]` in `pyproject.toml`";
  }

  @Override
  public ToolSupport support() {
    return new ToolSupport(
        "alembic_version",
        Order.GRAPH,
        Checksums.NONE,
        Reading.SCRIPTS,
        Replay.DRIVER,
        Missing.PROVEN);
  }

  @Override
  public List<String> settingsFiles() {
    return AlembicSettings.FILES;
  }

  @Override
  public boolean isConfiguredIn(Path directory) {
    return AlembicSettings.in(directory, directory).isPresent();
  }

  /** Looks in the project itself, then in the directories right below it. */
  @Override
  public Optional<MigrationProject> detect(Path project, ToolSettings said) {
    Function<AlembicSettings, AlembicSettings> chosen =
        settings -> said.migrations().map(settings::withScripts).orElse(settings);
    Optional<AlembicSettings> own = AlembicSettings.in(project, project).map(chosen);
    if (own.isPresent()) {
      return Optional.of(open(own.get(), project));
    }
    List<AlembicSettings> below =
        directoriesIn(project).stream()
            .flatMap(directory -> AlembicSettings.in(directory, project).stream())
            .map(chosen)
            .toList();
    List<AlembicSettings> working =
        below.stream()
            .filter(settings -> new Locations(settings, project).scripts().isPresent())
            .toList();
    if (working.size() > 1) {
      throw new StampguardException(
          ExitCode.USAGE,
          "there are several Alembic projects here: `%s`"
              .formatted(
                  working.stream()
                      .map(AlembicSettings::file)
                      .distinct()
                      .collect(Collectors.joining("`, `"))),
          "name the one you mean with `--project DIR`");
    }
    return working.stream()
        .findFirst()
        .or(() -> below.stream().findFirst())
        .or(() -> said.isNamed(this) ? unwritten(project, said) : Optional.empty())
        .map(settings -> open(settings, project));
  }

  /** Scripts for which no file of Alembic's speaks. */
  private static Optional<AlembicSettings> unwritten(Path project, ToolSettings said) {
    return said.migrations()
        .or(
            () ->
                USUAL.stream()
                    .map(project::resolve)
                    .filter(directory -> Files.isDirectory(directory.resolve("versions")))
                    .findFirst())
        .map(scripts -> AlembicSettings.none(project).withScripts(scripts));
  }

  private static List<Path> directoriesIn(Path project) {
    try (Stream<Path> entries = Files.list(project)) {
      return entries
          .filter(entry -> !entry.getFileName().toString().startsWith("."))
          .filter(Files::isDirectory)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new StampguardException(
          ExitCode.USAGE, "the project directory cannot be read", "check its permissions");
    }
  }

  private MigrationProject open(AlembicSettings settings, Path project) {
    var locations = new Locations(settings, project);
    Path scripts = locations.scripts().orElseThrow(() -> noScripts(settings));
    return new AlembicProject(
        project, scripts, locations.versions(scripts), settings, EnvFile.ledger(scripts, settings));
  }

  private static StampguardException noScripts(AlembicSettings settings) {
    Optional<String> location = settings.option("script_location");
    if (location.isEmpty()) {
      return new StampguardException(
          ExitCode.USAGE,
          "`%s` does not say where the migration scripts are".formatted(settings.file()),
          "set `script_location` there");
    }
    return new StampguardException(
        ExitCode.USAGE,
        "`%s:%s` names the script directory `%s`, which does not exist"
            .formatted(settings.file(), settings.line("script_location"), location.get()),
        "correct `script_location`, or run where that directory is checked out");
  }
}
