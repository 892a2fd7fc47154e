package dev.stampguard.tool.django;

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
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Django, found by {@code manage.py} and an app below it that has migrations. */
public final class DjangoTool implements MigrationTool {
  /** The tool's name. */
  public static final String NAME = "django";

  static final String MANAGE = "manage.py";

  private final Map<String, String> environment;

  /**
   * @param environment of the process, whose {@code DJANGO_SETTINGS_MODULE} counts, and what says
   *     where packages are installed
   */
  public DjangoTool(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String mark() {
    return "`manage.py` with an app that has migrations";
  }

  @Override
  public List<String> settingsFiles() {
    return List.of(MANAGE);
  }

  @Override
  public ToolSupport support() {
    return new ToolSupport(
        "django_migrations",
        Order.GRAPH,
        Checksums.NONE,
        Reading.SCRIPTS,
        Replay.DRIVER,
        Missing.PROVEN);
  }

  @Override
  public boolean isConfiguredIn(Path directory) {
    return Files.isRegularFile(directory.resolve(MANAGE));
  }

  /** Looks in the project itself, then in the directories right below it. */
  @Override
  public Optional<MigrationProject> detect(Path project, ToolSettings said) {
    if (isConfiguredIn(project)) {
      return open(project, project, said);
    }
    List<MigrationProject> below =
        directoriesIn(project).stream()
            .filter(this::isConfiguredIn)
            .flatMap(directory -> open(project, directory, said).stream())
            .toList();
    if (below.size() > 1) {
      throw new StampguardException(
          ExitCode.USAGE,
          "there are several Django projects here: `%s`"
              .formatted(
                  below.stream()
                      .map(MigrationProject::location)
                      .collect(Collectors.joining("`, `"))),
          "name the one you mean with `--project DIR`");
    }
    return below.stream().findFirst();
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

  /**
   * @param root where {@code manage.py} is
   */
  private Optional<MigrationProject> open(Path project, Path root, ToolSettings said) {
    Path manage = root.resolve(MANAGE);
    List<AppFinder.App> apps = AppFinder.below(said.migrations().orElse(root));
    return apps.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new DjangoProject(
                project,
                manage,
                apps,
                SettingsModule.of(manage, environment),
                Optional.empty(),
                environment));
  }
}
