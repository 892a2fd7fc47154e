package dev.stampguard.tool.knex;

import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.MigrationTool;
import dev.stampguard.tool.ToolSettings;
import dev.stampguard.tool.ToolSupport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Knex, found by its {@code knexfile}. */
public final class KnexTool implements MigrationTool {
  /** The tool's name. */
  public static final String NAME = "knex";

  private static final List<String> FILES =
      List.of("knexfile.js", "knexfile.ts", "knexfile.cjs", "knexfile.mjs");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String mark() {
    return "`knexfile.js`";
  }

  @Override
  public List<String> settingsFiles() {
    return FILES;
  }

  @Override
  public ToolSupport support() {
    return ToolSupport.ofPrograms("knex_migrations");
  }

  @Override
  public boolean isConfiguredIn(Path directory) {
    return knexfile(directory).isPresent();
  }

  private static Optional<Path> knexfile(Path directory) {
    return FILES.stream().map(directory::resolve).filter(Files::isRegularFile).findFirst();
  }

  @Override
  public Optional<MigrationProject> detect(Path project, ToolSettings said) {
    return knexfile(project)
        .map(file -> KnexSettings.read(file, project))
        .or(() -> said.isNamed(this) ? Optional.of(KnexSettings.none(project)) : Optional.empty())
        .filter(settings -> settings.isWritten() || settings.isInUse(said))
        .map(settings -> settings.open(said));
  }
}
