package dev.stampguard.tool.alembic;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import dev.stampguard.tool.MigrationTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Alembic, found by its {@code alembic.ini} or by {@code [tool.alembic]} in pyproject.toml. */
public final class AlembicTool implements MigrationTool {
  static final String NAME = "alembic";

  private final Optional<LedgerLocation> ledger;

  /**
   * @param ledger where the ledger is, when stampguard's own configuration says so; otherwise it is
   *     read from {@code env.py}
   */
  public AlembicTool(Optional<LedgerLocation> ledger) {
    this.ledger = Objects.requireNonNull(ledger);
  }

  @Override
  public String name() {
    return NAME;
  }

  /** Looks in the project itself, then in the directories right below it. */
  @Override
  public Optional<MigrationProject> detect(Path project) {
    Optional<AlembicSettings> own = AlembicSettings.in(project, project);
    if (own.isPresent()) {
      return Optional.of(open(own.get(), project));
    }
    List<AlembicSettings> below =
        directoriesIn(project).stream()
            .flatMap(directory -> AlembicSettings.in(directory, project).stream())
            .toList();
    Optional<AlembicSettings> working =
        below.stream()
            .filter(settings -> new Locations(settings, project).scripts().isPresent())
            .findFirst();
    return working.or(() -> below.stream().findFirst()).map(settings -> open(settings, project));
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
        project,
        scripts,
        locations.versions(scripts),
        settings,
        ledger.orElseGet(() -> EnvFile.ledger(scripts, settings)));
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
        "`%s:%d` names the script directory `%s`, which does not exist"
            .formatted(settings.file(), settings.line("script_location"), location.get()),
        "correct `script_location`, or run where that directory is checked out");
  }
}
