package dev.stampguard.tool.sequelize;

import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import dev.stampguard.tool.Premises;
import dev.stampguard.tool.Scripts;
import dev.stampguard.tool.ToolSettings;
import dev.stampguard.tool.code.JavaScriptCalls;
import dev.stampguard.tool.code.SqlInPrograms;
import dev.stampguard.tool.command.CommandBook;
import dev.stampguard.tool.command.CommandChoice;
import dev.stampguard.tool.command.NodePrograms;
import dev.stampguard.tool.command.NodeShield;
import dev.stampguard.tool.command.ProgramProject;
import dev.stampguard.tool.command.ProgramScript;
import dev.stampguard.tool.command.ProgramScripts;
import dev.stampguard.tool.command.SourceText;
import dev.stampguard.tool.ledger.LedgerEntries;
import dev.stampguard.tool.ledger.LedgerShape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the options and the configuration of one environment plainly say.
 *
 * @param project its directory
 * @param options {@code .sequelizerc}
 * @param configuration what it says for the environment in use
 * @param file that holds it, relative to the project
 */
record SequelizeSettings(
    Path project,
    Optional<SourceText> options,
    Optional<SourceText> configuration,
    Optional<String> file) {
  /** The pattern of Sequelize's command line. */
  private static final Pattern SCRIPT = Pattern.compile("(?!.*\\.d\\.ts$).*\\.(cjs|js|cts|ts)");

  private static final JavaScriptCalls CALLS =
      new JavaScriptCalls(
          Set.of("sequelize.query"), Set.of("transaction", "raw", "logging", "type"), false);

  private static final String USUAL = "migrations";

  static SequelizeSettings read(Path project, Map<String, String> environment) {
    Optional<SourceText> options = text(project.resolve(SequelizeTool.OPTIONS));
    Optional<String> file =
        Stream.concat(
                options.flatMap(said -> said.paths("config").stream().findFirst()).stream(),
                SequelizeTool.CONFIGURATIONS.stream())
            .filter(name -> Files.isRegularFile(project.resolve(name)))
            .findFirst();
    Optional<SourceText> whole = file.flatMap(name -> text(project.resolve(name)));
    String chosen = environment.getOrDefault("NODE_ENV", "development");
    return new SequelizeSettings(
        project, options, whole.flatMap(text -> text.object(chosen)).or(() -> whole), file);
  }

  private static Optional<SourceText> text(Path file) {
    return Files.isRegularFile(file)
        ? ProgramScripts.text(file).map(SourceText::javaScript)
        : Optional.empty();
  }

  Path directory(ToolSettings said) {
    return said.migrations()
        .orElseGet(
            () ->
                project.resolve(
                    options
                        .flatMap(
                            text ->
                                Stream.of("migrations-path", "migrationsPath")
                                    .flatMap(key -> text.paths(key).stream())
                                    .findFirst())
                        .orElse(USUAL)))
        .normalize();
  }

  MigrationProject open(ToolSettings said) {
    Path directory = directory(said);
    var finder = new ProgramScripts(project, "JavaScript");
    String location = finder.relative(directory);
    NodePrograms.requireDirectory(
        List.of(directory), options.map(text -> SequelizeTool.OPTIONS).or(() -> file), location);
    return new ProgramProject(
        new ProgramProject.Use(
            SequelizeTool.NAME,
            location,
            ledger(),
            ledger -> new ProgramProject.Form(shape(), (table, id) -> values(id)),
            Optional.empty(),
            () -> scripts(finder, directory),
            new CommandChoice(
                "Sequelize",
                project,
                said.replayCommand(),
                Optional.of(
                    NodePrograms.command(
                        project, "sequelize-cli", "db:migrate", "--name", "{revision}")),
                project,
                new NodeShield()),
            new CommandBook.Habits(false, revision -> Map.of()),
            new Premises(List.of(configuration.map(SourceText::text).orElse("")), List.of())));
  }

  private Optional<String> string(String key) {
    return configuration.flatMap(text -> text.string(key));
  }

  private LedgerLocation ledger() {
    String key = "migrationStorageTableName";
    Optional<String> table = string(key);
    boolean isComputed = table.isEmpty() && configuration.filter(t -> t.has(key)).isPresent();
    return new LedgerLocation(
        string("migrationStorageTableSchema"),
        table.orElse("SequelizeMeta"),
        isComputed ? file.map(name -> name + " " + key) : Optional.empty());
  }

  private boolean isTimed() {
    return configuration
        .filter(text -> text.text().matches("(?s).*\\bmigrationTimestamps['\"]?\\s*:\\s*true\\b.*"))
        .isPresent();
  }

  /** As Umzug's storage for Sequelize defines it. */
  private LedgerShape shape() {
    return isTimed()
        ? LedgerShape.of(
            "name",
            List.of("name", "createdAt", "updatedAt"),
            """
            CREATE TABLE %1$s (
                name VARCHAR(255) NOT NULL UNIQUE,
                "createdAt" TIMESTAMP WITH TIME ZONE NOT NULL,
                "updatedAt" TIMESTAMP WITH TIME ZONE NOT NULL,
                PRIMARY KEY (name)
            )""")
        : LedgerShape.of(
            "name",
            List.of("name"),
            "CREATE TABLE %1$s (name VARCHAR(255) NOT NULL UNIQUE, PRIMARY KEY (name))");
  }

  private Map<String, String> values(String id) {
    String name = LedgerEntries.literal(id);
    return isTimed()
        ? Map.of("name", name, "createdAt", "now()", "updatedAt", "now()")
        : Map.of("name", name);
  }

  private Scripts scripts(ProgramScripts finder, Path directory) {
    return finder.of(
        finder.files(directory, false).stream()
            .filter(path -> SCRIPT.matcher(path.getFileName().toString()).matches())
            .map(
                path -> {
                  String name = path.getFileName().toString();
                  return new ProgramScript(name, ProgramScripts.message(name), path, 1);
                })
            .toList(),
        List.of(),
        text ->
            isElsewhere()
                ? List.of(finder.unreadable(1, text))
                : SqlInPrograms.javaScript(text, 1, CALLS, finder::unreadable));
  }

  /** Whether names without a schema go where only Sequelize knows. */
  private boolean isElsewhere() {
    return configuration.filter(text -> text.text().contains("searchPath")).isPresent();
  }
}
