package dev.stampguard.tool.sqlfiles;

import dev.stampguard.tool.FlatSettings;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import dev.stampguard.tool.ToolSettings;
import dev.stampguard.tool.ToolSupport;
import dev.stampguard.tool.ledger.LedgerBook;
import dev.stampguard.tool.ledger.LedgerShape;
import dev.stampguard.tool.ledger.RowLedger;
import dev.stampguard.tool.sql.run.Piece;
import dev.stampguard.tool.sql.run.PieceScript;
import dev.stampguard.tool.sql.run.UnusableScriptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Diesel, found by {@code diesel.toml} or by {@code Cargo.toml} naming it. Facts: its {@code
 * diesel_migrations} and {@code diesel/src/migration}.
 */
final class Diesel extends SqlFileTool {
  private static final String SETTINGS = "diesel.toml";
  private static final String UP = "up.sql";

  private static final LedgerShape SHAPE =
      LedgerShape.of(
          "version",
          List.of("version", "run_on"),
          """
          CREATE TABLE %1$s (
              version VARCHAR(50) PRIMARY KEY NOT NULL,
              run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
          )""");

  Diesel(ProjectLook look) {
    super(
        look,
        "diesel",
        "Diesel",
        "`diesel.toml`",
        "__diesel_schema_migrations",
        ToolSupport.Checksums.NONE);
  }

  @Override
  public List<String> settingsFiles() {
    return List.of(SETTINGS);
  }

  @Override
  Optional<Place> find(Path project, ToolSettings said) {
    Optional<String> settings = look().text(project, SETTINGS);
    return directory(
            project,
            said,
            settings.flatMap(Diesel::directory),
            directory ->
                (settings.isPresent() || Manifests.nameDiesel(look(), project))
                    && holdsUp(directory))
        .map(
            directory ->
                new Place(
                    project,
                    directory,
                    new LedgerLocation(Optional.empty(), "__diesel_schema_migrations")));
  }

  private static Optional<String> directory(String toml) {
    return setting(toml, "migrations_directory.dir");
  }

  private static Optional<String> setting(String toml, String key) {
    try {
      return Optional.ofNullable(FlatSettings.toml(toml).values().get(key)).map(List::getFirst);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean holdsUp(Path directory) {
    return ScriptFiles.list(directory).stream()
        .anyMatch(below -> Files.isRegularFile(below.resolve(UP)));
  }

  @Override
  List<MigrationFile> migrations(Place place, ScriptFiles files) {
    var migrations = new ArrayList<MigrationFile>();
    for (Path directory : ScriptFiles.list(place.directory())) {
      Path file = directory.resolve(UP);
      if (ScriptFiles.name(directory).startsWith(".") || !Files.isRegularFile(file)) {
        continue;
      }
      String[] name = ScriptFiles.name(directory).split("_", 2);
      files
          .read(name[0].replace("-", ""), name.length < 2 ? "" : name[1].replace('_', ' '), file)
          .ifPresent(migrations::add);
    }
    migrations.sort(Comparator.comparing(MigrationFile::id));
    return migrations;
  }

  /** A file beside it that says nothing about transactions keeps them away, too. */
  @Override
  PieceScript script(MigrationFile file) throws UnusableScriptException {
    if (file.text().isEmpty()) {
      throw new UnusableScriptException("it is empty, which Diesel does not take");
    }
    boolean isWrapped =
        ScriptFiles.settings(file.file().resolveSibling("metadata.toml"))
            .map(text -> setting(text, "run_in_transaction").filter("true"::equals).isPresent())
            .orElse(true);
    return new PieceScript(
        Piece.each(file.text(), 1),
        isWrapped ? PieceScript.Mode.WRAPPED : PieceScript.Mode.AT_ONCE);
  }

  @Override
  LedgerBook ledger(Place place, List<MigrationFile> migrations) {
    List<String> order = migrations.stream().map(MigrationFile::id).toList();
    return new RowLedger(SHAPE, () -> new VersionEntries(order, false));
  }
}
