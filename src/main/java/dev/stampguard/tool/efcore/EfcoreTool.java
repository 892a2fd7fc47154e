package dev.stampguard.tool.efcore;

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
import dev.stampguard.tool.command.ProgramProject;
import dev.stampguard.tool.command.ProgramScript;
import dev.stampguard.tool.command.ProgramScripts;
import dev.stampguard.tool.command.Shield;
import dev.stampguard.tool.ledger.LedgerEntries;
import dev.stampguard.tool.ledger.LedgerShape;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Entity Framework Core, found by a {@code .csproj} beside a directory of migrations. */
public final class EfcoreTool implements MigrationTool {
  /** The tool's name. */
  public static final String NAME = "efcore";

  private static final List<String> PLACES =
      List.of("Migrations", "Data/Migrations", "Persistence/Migrations");

  private static final Pattern FILE = Pattern.compile("(\\d{14}_\\w+)\\.cs");
  private static final Pattern ATTRIBUTE = Pattern.compile("\\[Migration\\(\"([^\"]+)\"\\)]");
  private static final Pattern VERSION =
      Pattern.compile("\"ProductVersion\",\\s*\"([^\"]{1,32})\"");

  private static final List<String> SETTINGS =
      List.of("appsettings.json", "appsettings.Development.json", "appsettings.Production.json");
  private static final Pattern SEARCH_PATH = Pattern.compile("(?i)search\\s*path\\s*=");

  /** Where no snapshot of the model says it. */
  private static final String SOME_VERSION = "8.0.0";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String mark() {
    return "`*.csproj` with `Migrations`";
  }

  @Override
  public ToolSupport support() {
    return ToolSupport.ofPrograms("__EFMigrationsHistory");
  }

  @Override
  public boolean isConfiguredIn(Path directory) {
    return PLACES.stream().map(directory::resolve).anyMatch(Files::isDirectory)
        && hasProjectFile(directory);
  }

  private static boolean hasProjectFile(Path directory) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.csproj")) {
      return files.iterator().hasNext();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public Optional<MigrationProject> detect(Path project, ToolSettings said) {
    if (!said.isNamed(this) && !isConfiguredIn(project)) {
      return Optional.empty();
    }
    var finder = new ProgramScripts(project, "C#");
    return said.migrations().stream()
        .findFirst()
        .or(
            () ->
                PLACES.stream()
                    .map(project::resolve)
                    .filter(place -> !migrations(finder, place).isEmpty())
                    .findFirst())
        .map(directory -> open(project, directory, finder, said));
  }

  private static MigrationProject open(
      Path project, Path directory, ProgramScripts finder, ToolSettings said) {
    return new ProgramProject(
        new ProgramProject.Use(
            NAME,
            finder.relative(directory),
            new LedgerLocation(Optional.empty(), "__EFMigrationsHistory"),
            ledger ->
                new ProgramProject.Form(
                    shape(), (table, id) -> values(version(finder, directory), id)),
            Optional.empty(),
            () -> scripts(finder, directory, project),
            new CommandChoice(
                "Entity Framework Core",
                project,
                said.replayCommand(),
                Optional.of(
                    List.of(
                        "dotnet",
                        "ef",
                        "database",
                        "update",
                        "{revision}",
                        "--connection",
                        "Host={host};Port={port};Database={database};Username={user}")),
                project,
                Shield.NONE),
            // Named one that is not the last, it takes back what comes after it.
            new CommandBook.Habits(true, revision -> Map.of()),
            new Premises(List.of(), SETTINGS.stream().map(project::resolve).toList())));
  }

  /** As Npgsql's history repository makes it. */
  private static LedgerShape shape() {
    return LedgerShape.of(
        "MigrationId",
        List.of("MigrationId", "ProductVersion"),
        """
        CREATE TABLE %1$s (
            "MigrationId" character varying(150) NOT NULL,
            "ProductVersion" character varying(32) NOT NULL,
            CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY ("MigrationId")
        )""");
  }

  private static Map<String, String> values(String version, String id) {
    return Map.of(
        "MigrationId", LedgerEntries.literal(id), "ProductVersion", LedgerEntries.literal(version));
  }

  /** Of Entity Framework Core itself, as the snapshot of the model has it. */
  private static String version(ProgramScripts finder, Path directory) {
    return finder.files(directory, false).stream()
        .filter(file -> file.getFileName().toString().endsWith("Snapshot.cs"))
        .flatMap(file -> ProgramScripts.text(file).stream())
        .map(VERSION::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .findFirst()
        .orElse(SOME_VERSION);
  }

  private static List<Path> migrations(ProgramScripts finder, Path directory) {
    return finder.files(directory, true).stream()
        .filter(file -> FILE.matcher(file.getFileName().toString()).matches())
        .toList();
  }

  private static Scripts scripts(ProgramScripts finder, Path directory, Path project) {
    return finder.of(
        migrations(finder, directory).stream()
            .map(EfcoreTool::script)
            .sorted(Comparator.comparing(ProgramScript::id))
            .toList(),
        List.of(),
        text ->
            isElsewhere(project)
                ? List.of(finder.unreadable(1, text))
                : SqlInPrograms.cSharp(text, finder::unreadable));
  }

  /** Whether names without a schema go where a connection string says. */
  private static boolean isElsewhere(Path project) {
    return SETTINGS.stream()
        .map(project::resolve)
        .flatMap(file -> ProgramScripts.text(file).stream())
        .anyMatch(text -> SEARCH_PATH.matcher(text).find());
  }

  /** The attribute counts, which is in a file of its own as a rule. */
  private static ProgramScript script(Path file) {
    Matcher name = FILE.matcher(file.getFileName().toString());
    if (!name.matches()) {
      throw new IllegalStateException("no migration: " + file);
    }
    String id =
        Stream.of(file.resolveSibling(name.group(1) + ".Designer.cs"), file)
            .filter(Files::isRegularFile)
            .flatMap(each -> ProgramScripts.text(each).stream())
            .map(ATTRIBUTE::matcher)
            .filter(Matcher::find)
            .map(found -> found.group(1))
            .findFirst()
            .orElse(name.group(1));
    return new ProgramScript(id, words(id), file, 1);
  }

  private static String words(String id) {
    return id.replaceFirst("^\\d+_", "").replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ");
  }
}
