package dev.stampguard.tool.typeorm;

import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.MigrationTool;
import dev.stampguard.tool.ToolSettings;
import dev.stampguard.tool.ToolSupport;
import dev.stampguard.tool.command.NodePrograms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** TypeORM, found by the file of its data source in a project whose packages have it. */
public final class TypeormTool implements MigrationTool {
  /** The tool's name. */
  public static final String NAME = "typeorm";

  /** Where data sources usually are, first one wins. */
  private static final List<String> FILES =
      Stream.of(
              "data-source",
              "src/data-source",
              "src/database/data-source",
              "src/db/data-source",
              "db/data-source",
              "typeorm.config",
              "src/typeorm.config",
              "ormconfig")
          .flatMap(name -> Stream.of(".ts", ".js", ".cjs", ".mjs").map(name::concat))
          .toList();

  private static final String OLD = "ormconfig.json";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String mark() {
    return "`data-source.ts` with `typeorm` in `package.json`";
  }

  @Override
  public List<String> settingsFiles() {
    return Stream.concat(FILES.stream(), Stream.of(OLD)).toList();
  }

  @Override
  public ToolSupport support() {
    return ToolSupport.ofPrograms("migrations");
  }

  @Override
  public boolean isConfiguredIn(Path directory) {
    return NodePrograms.isUsed(directory, NAME) && source(directory).isPresent();
  }

  private Optional<Path> source(Path project) {
    return settingsFiles().stream().map(project::resolve).filter(Files::isRegularFile).findFirst();
  }

  @Override
  public Optional<MigrationProject> detect(Path project, ToolSettings said) {
    if (!said.isNamed(this) && !NodePrograms.isUsed(project, NAME)) {
      return Optional.empty();
    }
    Optional<Path> source = source(project);
    if (source.isEmpty() && !(said.isNamed(this) && said.migrations().isPresent())) {
      return Optional.empty();
    }
    return Optional.of(DataSource.read(project, source).open(said));
  }
}
