package dev.stampguard.tool.liquibase;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Liquibase, found by {@code liquibase.properties}, the settings of Spring or Quarkus, or a
 * changelog where those look for one.
 */
public final class LiquibaseTool implements MigrationTool {
  /** The tool's name. */
  public static final String NAME = "liquibase";

  private final Map<String, String> environment;

  /**
   * @param environment of the process, whose variables {@code LIQUIBASE_…} win over files
   */
  public LiquibaseTool(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String mark() {
    return "`liquibase.properties` or `src/main/resources/db/changelog`";
  }

  /** What is no SQL needs a command, as the hint of the replay says. */
  @Override
  public ToolSupport support() {
    return new ToolSupport(
        "databasechangelog",
        Order.LINE,
        Checksums.COMPARED,
        Reading.SCRIPTS,
        Replay.STATEMENTS,
        Missing.PROVEN);
  }

  @Override
  public List<String> settingsFiles() {
    return SettingsFiles.all();
  }

  @Override
  public boolean isConfiguredIn(Path directory) {
    return SettingsFiles.areIn(directory);
  }

  @Override
  public Optional<MigrationProject> detect(Path project, ToolSettings said) {
    return SettingsFiles.in(project, environment)
        .or(
            () ->
                said.isNamed(this)
                    ? Optional.of(LiquibaseSettings.of("", Map.of(), environment))
                    : Optional.empty())
        .flatMap(settings -> open(project, settings, said));
  }

  private Optional<MigrationProject> open(
      Path project, LiquibaseSettings settings, ToolSettings said) {
    List<Path> roots = roots(project, settings);
    if (said.migrations().isPresent()) {
      Path file = said.migrations().get();
      if (!Files.isRegularFile(file)) {
        throw new StampguardException(
            ExitCode.USAGE,
            "`migrations` names `%s`, which is no changelog".formatted(file),
            "name the first changelog there, a file");
      }
      String name =
          roots.stream()
              .map(root -> root.toAbsolutePath().normalize())
              .filter(file.toAbsolutePath().normalize()::startsWith)
              .findFirst()
              .map(root -> root.relativize(file.toAbsolutePath().normalize()).toString())
              .orElseGet(() -> file.getFileName().toString());
      return project(project, settings, name, file, roots, said);
    }
    Optional<String> name = settings.changelog().or(() -> SettingsFiles.usual(project));
    if (name.isEmpty()) {
      return said.isNamed(this) && settings.file().isEmpty()
          ? Optional.empty()
          : Optional.of(refuse(settings, Optional.empty()));
    }
    String plain = ChangelogReader.normal(name.get());
    return roots.stream()
        .map(root -> root.resolve(plain))
        .filter(Files::isRegularFile)
        .findFirst()
        .map(file -> project(project, settings, plain, file, roots, said))
        .orElseGet(() -> Optional.of(refuse(settings, name)));
  }

  private static Optional<MigrationProject> project(
      Path project,
      LiquibaseSettings settings,
      String name,
      Path file,
      List<Path> roots,
      ToolSettings said) {
    return Optional.of(
        new LiquibaseProject(
            new LiquibaseProject.Use(project, settings, name, file, roots, said.replayCommand()),
            Optional.empty()));
  }

  /** Where files are looked for, in order. */
  private static List<Path> roots(Path project, LiquibaseSettings settings) {
    var roots = new ArrayList<Path>();
    settings.searchPath().forEach(path -> roots.add(project.resolve(path)));
    roots.add(project.resolve(SettingsFiles.RESOURCES));
    roots.add(project);
    return roots;
  }

  private static MigrationProject refuse(LiquibaseSettings settings, Optional<String> name) {
    throw new StampguardException(
        ExitCode.USAGE,
        name.isEmpty()
            ? "`%s` does not say where the changelog is".formatted(settings.file())
            : "`%s` names the changelog `%s`, which is not there"
                .formatted(settings.file(), name.get()),
        "set it there, for example to `db/changelog/db.changelog-master.yaml`");
  }
}
