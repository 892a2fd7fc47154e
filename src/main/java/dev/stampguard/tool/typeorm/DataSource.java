package dev.stampguard.tool.typeorm;

import dev.stampguard.catalog.Identifiers;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import dev.stampguard.tool.Premises;
import dev.stampguard.tool.ToolSettings;
import dev.stampguard.tool.command.CommandBook;
import dev.stampguard.tool.command.CommandChoice;
import dev.stampguard.tool.command.NodePrograms;
import dev.stampguard.tool.command.NodeShield;
import dev.stampguard.tool.command.ProgramProject;
import dev.stampguard.tool.command.ProgramScripts;
import dev.stampguard.tool.command.SourceText;
import dev.stampguard.tool.ledger.LedgerEntries;
import dev.stampguard.tool.ledger.LedgerShape;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the file of a data source plainly says.
 *
 * @param project the project's directory
 * @param file the file; empty when there is none
 * @param text what is in it
 */
record DataSource(Path project, Optional<Path> file, Optional<SourceText> text) {
  private static final String TABLE_KEY = "migrationsTableName";

  /** Where migrations are looked for that the file does not name by their place. */
  private static final List<String> USUAL =
      List.of(
          "migrations",
          "migration",
          "src/migrations",
          "src/migration",
          "src/database/migrations",
          "src/db/migrations",
          "db/migrations");

  /** How many hexadecimal digits of a digest TypeORM's naming strategy takes. */
  private static final int DIGITS = 27;

  static DataSource read(Path project, Optional<Path> file) {
    return new DataSource(
        project, file, file.flatMap(ProgramScripts::text).map(SourceText::javaScript));
  }

  /** The places of migrations: what stands before the first pattern. */
  private List<Path> directories(ToolSettings said) {
    if (said.migrations().isPresent()) {
      return List.of(said.migrations().get());
    }
    List<Path> named =
        text.map(t -> t.paths("migrations")).orElse(List.of()).stream()
            .map(path -> path.replaceFirst("[^/]*[*{?].*", ""))
            .filter(path -> !path.isEmpty())
            .flatMap(path -> found(path).stream())
            .distinct()
            .toList();
    return named.isEmpty()
        ? USUAL.stream()
            .map(project::resolve)
            .filter(Files::isDirectory)
            .findFirst()
            .map(List::of)
            .orElse(List.of(project.resolve(USUAL.getFirst())))
        : named;
  }

  /** A path may start at the file's own directory or where the program runs. */
  private Optional<Path> found(String path) {
    return Stream.of(file.map(Path::getParent).orElse(project), project)
        .map(start -> start.resolve(path).normalize())
        .filter(Files::exists)
        .findFirst();
  }

  MigrationProject open(ToolSettings said) {
    List<Path> directories = directories(said);
    var finder = new ProgramScripts(project, "JavaScript");
    String location = finder.relative(directories.getFirst());
    if (directories.stream().noneMatch(Files::isRegularFile)) {
      NodePrograms.requireDirectory(directories, file.map(finder::relative), location);
    }
    return new ProgramProject(
        new ProgramProject.Use(
            TypeormTool.NAME,
            location,
            ledger(finder),
            ledger -> new ProgramProject.Form(shape(), (table, id) -> values(id)),
            Optional.empty(),
            () -> new MigrationClasses(finder).read(directories),
            new CommandChoice(
                "TypeORM",
                project,
                said.replayCommand(),
                file.map(path -> command(finder.relative(path))),
                project,
                new NodeShield()),
            new CommandBook.Habits(false, revision -> Map.of()),
            new Premises(List.of(), file.stream().toList())));
  }

  /** Nothing in it names one migration: the ledger has to say that all others ran. */
  private List<String> command(String source) {
    String program = source.endsWith(".ts") ? "typeorm-ts-node-commonjs" : "typeorm";
    return NodePrograms.command(
        project, program, "migration:run", "--dataSource", source, "--transaction", "each");
  }

  private LedgerLocation ledger(ProgramScripts finder) {
    Optional<String> table = text.flatMap(t -> t.string(TABLE_KEY));
    boolean isComputed = table.isEmpty() && text.filter(t -> t.has(TABLE_KEY)).isPresent();
    return new LedgerLocation(
        text.flatMap(t -> t.string("schema")),
        table.orElse("migrations"),
        isComputed ? file.map(path -> finder.relative(path) + " " + TABLE_KEY) : Optional.empty());
  }

  /** As TypeORM's MigrationExecutor makes it. */
  private static LedgerShape shape() {
    return new LedgerShape(
        List.of("id", "timestamp", "name"),
        "name",
        "id",
        "id",
        Optional.of("id"),
        table ->
            """
            CREATE TABLE %s (
                id SERIAL NOT NULL,
                timestamp bigint NOT NULL,
                name character varying NOT NULL,
                CONSTRAINT %s PRIMARY KEY (id)
            )"""
                .formatted(table, Identifiers.quote(primaryKey(table))),
        List.of("typeorm_metadata"));
  }

  /** {@code DefaultNamingStrategy.primaryKeyName}: of the table's name without its schema. */
  private static String primaryKey(QualifiedName table) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((table.name().replace('.', '_') + "_id").getBytes(StandardCharsets.UTF_8));
      return "PK_" + HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> values(String id) {
    return Map.of(
        "timestamp",
        Long.toString(MigrationClasses.timestamp(id)),
        "name",
        LedgerEntries.literal(id));
  }
}
