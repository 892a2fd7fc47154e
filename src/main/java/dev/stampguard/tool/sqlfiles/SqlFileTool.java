package dev.stampguard.tool.sqlfiles;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.MigrationTool;
import dev.stampguard.tool.OwnCheck;
import dev.stampguard.tool.ToolSettings;
import dev.stampguard.tool.ToolSupport;
import dev.stampguard.tool.ledger.LedgerBook;
import dev.stampguard.tool.sql.run.PieceScript;
import dev.stampguard.tool.sql.run.ScriptBook;
import dev.stampguard.tool.sql.run.Surroundings;
import dev.stampguard.tool.sql.run.UnusableScriptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** A tool whose migrations are files of SQL: what sets it apart from the others. */
abstract class SqlFileTool implements MigrationTool {
  private final ProjectLook look;
  private final String name;
  private final String title;
  private final String mark;
  private final String ledger;
  private final ToolSupport.Checksums checksums;

  /**
   * @param look shared by all tools of one search
   * @param name as in output and settings
   * @param title what people call it
   * @param mark as {@link MigrationTool#mark()}
   * @param ledger its table's usual name
   * @param checksums what it writes down of its files
   */
  SqlFileTool(
      ProjectLook look,
      String name,
      String title,
      String mark,
      String ledger,
      ToolSupport.Checksums checksums) {
    this.look = Objects.requireNonNull(look);
    this.name = Objects.requireNonNull(name);
    this.title = Objects.requireNonNull(title);
    this.mark = Objects.requireNonNull(mark);
    this.ledger = Objects.requireNonNull(ledger);
    this.checksums = Objects.requireNonNull(checksums);
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String mark() {
    return mark;
  }

  @Override
  public final ToolSupport support() {
    return new ToolSupport(
        ledger,
        ToolSupport.Order.LINE,
        checksums,
        ToolSupport.Reading.SCRIPTS,
        ToolSupport.Replay.STATEMENTS,
        ToolSupport.Missing.PROVEN);
  }

  final ProjectLook look() {
    return look;
  }

  final String title() {
    return title;
  }

  @Override
  public final boolean isConfiguredIn(Path directory) {
    return find(directory, ToolSettings.NONE).isPresent();
  }

  @Override
  public final Optional<MigrationProject> detect(Path project, ToolSettings said) {
    return find(project, said).map(place -> new SqlFilesProject(this, place, said.replayCommand()));
  }

  /** What the meaning of a ledger's rows depends on beside the migrations; in a fixed order. */
  List<String> facts(Place place) {
    return List.of();
  }

  /** Files beside the migrations that those facts are from. */
  List<Path> files(Place place) {
    return List.of();
  }

  /** Whether nothing but what is in them says what migrations do. */
  boolean isPlain(List<MigrationFile> migrations) {
    return true;
  }

  /**
   * Looks where a project has its migrations and its ledger.
   *
   * @param said what somebody said about the tool
   * @return empty when this tool is not used there
   */
  abstract Optional<Place> find(Path project, ToolSettings said);

  /**
   * The directory that somebody named, or that the tool's settings name, or else a usual one.
   *
   * @param configured what the tool's settings name, relative to the project
   * @param isToolsOwn whether a directory's content gives the tool away; not asked where it is said
   *     that this is the tool
   */
  final Optional<Path> directory(
      Path project, ToolSettings said, Optional<String> configured, Predicate<Path> isToolsOwn) {
    Predicate<Path> fits = directory -> said.isNamed(this) || isToolsOwn.test(directory);
    if (said.migrations().isPresent()) {
      return said.migrations().filter(fits);
    }
    return configured
        .map(name -> project.resolve(name).normalize())
        .filter(Files::isDirectory)
        .filter(fits)
        .or(() -> look.usual(project).stream().filter(isToolsOwn).findFirst())
        .or(
            () ->
                said.isNamed(this)
                    ? look.usual(project).stream().filter(look::holdsSql).findFirst()
                    : Optional.empty());
  }

  /** As {@link MigrationProject#readsUrl()}. */
  boolean readsUrl() {
    return false;
  }

  /** As {@link MigrationProject#toldBy}. */
  Place toldBy(Place place, Map<String, String> url) {
    return place;
  }

  /** Its migrations, in the order in which the tool runs them. */
  abstract List<MigrationFile> migrations(Place place, ScriptFiles files);

  /** Those of its migrations that may be programs; empty for a tool that takes SQL only. */
  Optional<Programs> programs() {
    return Optional.empty();
  }

  final boolean isProgram(MigrationFile file) {
    return programs().filter(programs -> programs.isOne().test(file)).isPresent();
  }

  /**
   * What of a file of SQL is run.
   *
   * @throws UnusableScriptException when the tool would not take it, or only the tool can run it
   */
  abstract PieceScript script(MigrationFile file) throws UnusableScriptException;

  /**
   * Its ledger.
   *
   * @param migrations in order
   */
  abstract LedgerBook ledger(Place place, List<MigrationFile> migrations);

  /** As {@link MigrationProject#ownChecks}. */
  List<OwnCheck> ownChecks(Place place, PostgresConnection connection, List<String> revisions) {
    return List.of();
  }

  /** Schemas that it makes where they are missing. */
  List<String> schemas(Place place) {
    return List.of();
  }

  /**
   * The keys of the advisory locks of which it takes one while it migrates, the usual one first;
   * none when it takes none.
   */
  List<Long> locks(QualifiedName ledger, String database) {
    return List.of();
  }

  /** What it does to a session before it runs anything. */
  final Surroundings around(Place place) {
    return new Surroundings(schemas(place), Optional.empty(), Optional.of(this::lock));
  }

  private String lock(ScriptBook.Place at) {
    return locks(at.ledger(), at.database().database()).stream()
        .map("pg_catalog.pg_try_advisory_xact_lock(%s)"::formatted)
        .reduce("true", (some, next) -> some + " AND " + next)
        .transform("SELECT (%s)::text"::formatted);
  }
}
