package dev.stampguard.tool.ecto;

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
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ecto, found by {@code mix.exs} beside {@code priv/repo/migrations}. */
public final class EctoTool implements MigrationTool {
  /** The tool's name. */
  public static final String NAME = "ecto";

  private static final String MIX = "mix.exs";
  private static final NumberedPrograms PROGRAMS =
      new NumberedPrograms(MIX, "priv/repo/migrations", Pattern.compile("([0-9]+)_(.+)\\.exs"));
  private static final String CONFIGURATION = "config/config.exs";
  private static final List<String> CONFIGURATIONS =
      List.of(
          CONFIGURATION,
          "config/runtime.exs",
          "config/dev.exs",
          "config/test.exs",
          "config/prod.exs");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String mark() {
    return "`mix.exs` with `priv/repo/migrations`";
  }

  @Override
  public List<String> settingsFiles() {
    return List.of(CONFIGURATION);
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
    var finder = new ProgramScripts(project, "Elixir");
    return new ProgramProject(
        new ProgramProject.Use(
            NAME,
            finder.relative(directory),
            ledger(project),
            ledger ->
                new ProgramProject.Form(
                    shape(),
                    (table, id) ->
                        Map.of(
                            "version",
                            LedgerEntries.literal(id),
                            "inserted_at",
                            "now() AT TIME ZONE 'UTC'")),
            Optional.empty(),
            () -> scripts(finder, directory, project),
            new CommandChoice(
                "Ecto",
                project,
                said.replayCommand(),
                Optional.of(List.of("mix", "ecto.migrate", "--to", "{revision}")),
                project,
                Shield.NONE),
            new CommandBook.Habits(false, revision -> Map.of()),
            new Premises(List.of(), CONFIGURATIONS.stream().map(project::resolve).toList())));
  }

  private static LedgerLocation ledger(Path project) {
    Optional<String> text = ProgramScripts.text(project.resolve(CONFIGURATION));
    return new LedgerLocation(
        text.flatMap(said -> string(said, "migration_default_prefix")),
        text.flatMap(said -> string(said, "migration_source")).orElse("schema_migrations"));
  }

  private static Optional<String> string(String text, String key) {
    Matcher found = Pattern.compile("(?m)^[^#\\n]*\\b" + key + ":\\s*\"([^\"#]+)\"").matcher(text);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  /** {@code Ecto.Migration.SchemaMigration}. */
  private static LedgerShape shape() {
    return LedgerShape.of(
        "version",
        List.of("version", "inserted_at"),
        "CREATE TABLE %1$s (version bigint, inserted_at timestamp(0), PRIMARY KEY (version))");
  }

  private static Scripts scripts(ProgramScripts finder, Path directory, Path project) {
    return PROGRAMS.read(
        finder,
        directory,
        text ->
            isElsewhere(project)
                ? List.of(finder.unreadable(1, text))
                : SqlInPrograms.elixir(text, finder::unreadable));
  }

  /** Whether names without a schema go where only the project knows. */
  private static boolean isElsewhere(Path project) {
    return CONFIGURATIONS.stream()
        .map(project::resolve)
        .flatMap(file -> ProgramScripts.text(file).stream())
        .anyMatch(text -> text.contains("search_path"));
  }
}
