package dev.stampguard.tool.rails;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.KnownLocks;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import dev.stampguard.tool.MigrationTool;
import dev.stampguard.tool.Premises;
import dev.stampguard.tool.Scripts;
import dev.stampguard.tool.ToolSettings;
import dev.stampguard.tool.ToolSupport;
import dev.stampguard.tool.code.SqlInPrograms;
import dev.stampguard.tool.command.CommandBook;
import dev.stampguard.tool.command.CommandChoice;
import dev.stampguard.tool.command.NumberedPrograms;
import dev.stampguard.tool.command.ProgramProject;
import dev.stampguard.tool.command.ProgramScripts;
import dev.stampguard.tool.command.Shield;
import dev.stampguard.tool.ledger.LedgerEntries;
import dev.stampguard.tool.ledger.LedgerShape;
import dev.stampguard.tool.sql.run.ToolLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rails, found by {@code config/application.rb} beside {@code db/migrate}. */
public final class RailsTool implements MigrationTool {
  /** The tool's name. */
  public static final String NAME = "rails";

  private static final String APPLICATION = "config/application.rb";

  /** Files as {@code MigrationFilenameRegexp} of Active Record has them. */
  private static final NumberedPrograms PROGRAMS =
      new NumberedPrograms(
          APPLICATION,
          "db/migrate",
          Pattern.compile("([0-9]+)_([_a-z0-9]*)\\.?([_a-z0-9]*)?\\.rb"));

  private static final String DATABASES = "config/database.yml";

  private static final String METADATA = "ar_internal_metadata";

  private static final Pattern TABLE =
      Pattern.compile("(?m)^[^#]*\\bschema_migrations_table_name\\s*=\\s*(['\"])([^'\"#]+)\\1");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String mark() {
    return "`config/application.rb` with `db/migrate`";
  }

  @Override
  public List<String> settingsFiles() {
    return List.of(APPLICATION);
  }

  @Override
  public ToolSupport support() {
    return ToolSupport.ofPrograms("schema_migrations");
  }

  @Override
  public boolean isConfiguredIn(Path directory) {
    return PROGRAMS.isConfiguredIn(directory);
  }

  @Override
  public Optional<MigrationProject> detect(Path project, ToolSettings said) {
    return PROGRAMS.directory(this, project, said).map(directory -> open(project, directory, said));
  }

  private static MigrationProject open(Path project, Path directory, ToolSettings said) {
    var finder = new ProgramScripts(project, "Ruby");
    return new ProgramProject(
        new ProgramProject.Use(
            NAME,
            finder.relative(directory),
            new LedgerLocation(Optional.empty(), table(project)),
            ledger ->
                new ProgramProject.Form(
                    shape(), (table, id) -> Map.of("version", LedgerEntries.literal(id))),
            Optional.of(
                place -> ToolLock.advisorySql(KnownLocks.rails(place.database().database()))),
            () -> scripts(finder, directory, project.resolve(DATABASES)),
            new CommandChoice(
                "Rails",
                project,
                said.replayCommand(),
                Optional.of(command(project)),
                project,
                Shield.NONE),
            new CommandBook.Habits(false, revision -> Map.of()),
            new Premises(List.of(), List.of(project.resolve(DATABASES)))));
  }

  private static List<String> command(Path project) {
    List<String> program =
        Files.isRegularFile(project.resolve("bin/rails"))
            ? List.of("bin/rails")
            : List.of("bundle", "exec", "rails");
    return Stream.concat(program.stream(), Stream.of("db:migrate:up", "VERSION={revision}"))
        .toList();
  }

  private static String table(Path project) {
    return ProgramScripts.text(project.resolve(APPLICATION))
        .map(TABLE::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(2))
        .orElse("schema_migrations");
  }

  /** As Active Record makes both tables. */
  private static LedgerShape shape() {
    return new LedgerShape(
        List.of("version"),
        "version",
        "version",
        "version",
        Optional.empty(),
        RailsTool::create,
        List.of(METADATA));
  }

  private static String create(QualifiedName table) {
    return """
        CREATE TABLE %s (version character varying NOT NULL PRIMARY KEY);
        CREATE TABLE IF NOT EXISTS %s (
            key character varying NOT NULL PRIMARY KEY,
            value character varying,
            created_at timestamp(6) NOT NULL,
            updated_at timestamp(6) NOT NULL
        )"""
        .formatted(table, new QualifiedName(table.schema(), METADATA));
  }

  private static Scripts scripts(ProgramScripts finder, Path directory, Path databases) {
    return PROGRAMS.read(
        finder,
        directory,
        text ->
            isElsewhere(databases)
                ? List.of(finder.unreadable(1, text))
                : SqlInPrograms.ruby(text, finder::unreadable));
  }

  /** Whether names without a schema go where only Rails knows. */
  private static boolean isElsewhere(Path databases) {
    return ProgramScripts.text(databases)
        .filter(text -> text.contains("schema_search_path"))
        .isPresent();
  }
}
