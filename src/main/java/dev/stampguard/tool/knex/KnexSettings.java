package dev.stampguard.tool.knex;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import dev.stampguard.tool.Premises;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.Scripts;
import dev.stampguard.tool.ToolSettings;
import dev.stampguard.tool.code.JavaScriptCalls;
import dev.stampguard.tool.code.SqlInPrograms;
import dev.stampguard.tool.command.CommandBook;
import dev.stampguard.tool.command.CommandChoice;
import dev.stampguard.tool.command.LockRow;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a {@code knexfile} plainly says of migrations. It is a program and may say otherwise when it
 * is run; where several environments have settings the first ones count.
 */
final class KnexSettings {
  private static final String TABLE = "knex_migrations";

  /** {@code DEFAULT_LOAD_EXTENSIONS} of Knex's MigrationsLoader. */
  private static final Set<String> EXTENSIONS =
      Set.of(".co", ".coffee", ".eg", ".iced", ".js", ".cjs", ".litcoffee", ".ls", ".ts");

  private static final JavaScriptCalls CALLS =
      new JavaScriptCalls(Set.of("raw", "schema.raw"), Set.of(), true);

  private final Path project;
  private final Optional<Path> file;
  private final Optional<SourceText> migrations;

  private KnexSettings(Path project, Optional<Path> file, Optional<SourceText> migrations) {
    this.project = project;
    this.file = file;
    this.migrations = migrations;
  }

  static KnexSettings read(Path file, Path project) {
    return new KnexSettings(
        project,
        Optional.of(file),
        ProgramScripts.text(file)
            .map(SourceText::javaScript)
            .flatMap(text -> text.object("migrations")));
  }

  /** Those of a project that has none. */
  static KnexSettings none(Path project) {
    return new KnexSettings(project, Optional.empty(), Optional.empty());
  }

  boolean isWritten() {
    return file.isPresent();
  }

  boolean isInUse(ToolSettings said) {
    return directories(said).stream().anyMatch(Files::isDirectory);
  }

  /** Knex resolves them against the directory of its file. */
  private List<Path> directories(ToolSettings said) {
    if (said.migrations().isPresent()) {
      return List.of(said.migrations().get());
    }
    List<String> written = migrations.map(text -> text.paths("directory")).orElse(List.of());
    return (written.isEmpty() ? List.of("./migrations") : written)
        .stream().map(path -> project.resolve(path).normalize()).toList();
  }

  MigrationProject open(ToolSettings said) {
    List<Path> directories = directories(said);
    var finder = new ProgramScripts(project, "JavaScript");
    String location = finder.relative(directories.getFirst());
    NodePrograms.requireDirectory(directories, file.map(finder::relative), location);
    return new ProgramProject(
        new ProgramProject.Use(
            KnexTool.NAME,
            location,
            ledger(finder),
            ledger ->
                new ProgramProject.Form(
                    shape(ledger),
                    KnexSettings::values,
                    table -> "DROP TABLE %s, %s".formatted(table, lock(table))),
            Optional.of(LockRow.of(KnexSettings::lock, "is_locked")),
            () -> scripts(finder, directories),
            new CommandChoice(
                "Knex",
                project,
                said.replayCommand(),
                Optional.of(NodePrograms.command(project, "knex", "migrate:up", "{revision}")),
                project,
                new NodeShield()),
            new CommandBook.Habits(false, revision -> Map.of()),
            new Premises(List.of(), file.stream().toList())));
  }

  /** As Knex's Migrator does it. */
  private static LedgerShape shape(LedgerLocation ledger) {
    return new LedgerShape(
        List.of("id", "name", "batch", "migration_time"),
        "name",
        "id",
        "id",
        Optional.of("id"),
        KnexSettings::create,
        List.of(ledger.table() + "_lock"));
  }

  /** What is written at once is one batch, as it is when Knex runs it at once. */
  private static Map<String, String> values(QualifiedName table, String id) {
    return Map.of(
        "name",
        LedgerEntries.literal(id),
        "batch",
        "(SELECT coalesce(max(batch), 0) + 1 FROM %s)".formatted(table),
        "migration_time",
        "now()");
  }

  private LedgerLocation ledger(ProgramScripts finder) {
    Optional<String> table = migrations.flatMap(text -> text.string("tableName"));
    boolean isComputed = table.isEmpty() && migrations.filter(t -> t.has("tableName")).isPresent();
    return new LedgerLocation(
        migrations.flatMap(text -> text.string("schemaName")),
        table.orElse(TABLE),
        isComputed ? file.map(path -> finder.relative(path) + " tableName") : Optional.empty());
  }

  private Scripts scripts(ProgramScripts finder, List<Path> directories) {
    List<String> written = migrations.map(text -> text.paths("loadExtensions")).orElse(List.of());
    Set<String> extensions = written.isEmpty() ? EXTENSIONS : Set.copyOf(written);
    var found = new ArrayList<Path>();
    for (Path directory : directories) {
      finder.files(directory, false).stream()
          .filter(path -> extensions.contains(extension(name(path))))
          .forEach(found::add);
    }
    boolean isSeparate =
        migrations
            .filter(t -> t.text().matches("(?s).*\\bsortDirsSeparately\\s*:\\s*true\\b.*"))
            .isPresent();
    if (!isSeparate) {
      found.sort(Comparator.comparing(KnexSettings::name));
    }
    return finder.of(
        found.stream()
            .map(path -> new ProgramScript(name(path), ProgramScripts.message(name(path)), path, 1))
            .toList(),
        List.of(),
        text -> isElsewhere() ? List.of(finder.unreadable(1, text)) : read(text, finder));
  }

  private static List<SchemaOperation> read(String text, ProgramScripts finder) {
    return SqlInPrograms.javaScript(text, 1, CALLS, finder::unreadable);
  }

  /** Whether names without a schema go where only Knex knows. */
  private boolean isElsewhere() {
    return file.flatMap(ProgramScripts::text)
        .filter(text -> text.contains("searchPath"))
        .isPresent();
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private static String extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot);
  }

  private static QualifiedName lock(QualifiedName table) {
    return new QualifiedName(table.schema(), table.name() + "_lock");
  }

  /** {@code ensureTable} of Knex's table-creator. */
  static String create(QualifiedName table) {
    return """
        CREATE TABLE %s (
            id serial PRIMARY KEY,
            name varchar(255),
            batch integer,
            migration_time timestamptz
        );
        CREATE TABLE IF NOT EXISTS %s (
            index serial PRIMARY KEY,
            is_locked integer
        );
        INSERT INTO %2$s (is_locked) SELECT 0 WHERE NOT EXISTS (SELECT FROM %2$s)"""
        .formatted(table, lock(table));
  }
}
