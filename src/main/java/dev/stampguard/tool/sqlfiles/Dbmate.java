package dev.stampguard.tool.sqlfiles;

import dev.stampguard.tool.ToolSettings;
import dev.stampguard.tool.ToolSupport;
import dev.stampguard.tool.ledger.LedgerBook;
import dev.stampguard.tool.ledger.LedgerShape;
import dev.stampguard.tool.ledger.RowLedger;
import dev.stampguard.tool.sql.run.Piece;
import dev.stampguard.tool.sql.run.PieceScript;
import dev.stampguard.tool.sql.run.UnusableScriptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * dbmate, found by files with {@code -- migrate:up} in a usual directory or the one that {@code
 * DBMATE_MIGRATIONS_DIR} names. Facts: its {@code pkg/dbmate} and {@code pkg/driver/postgres}.
 */
final class Dbmate extends SqlFileTool {
  private static final Pattern NAME = Pattern.compile("(\\d+)_?(.*)\\.sql");
  private static final Pattern UP = Pattern.compile("(?m)^--\\s*migrate:up(\\s*$|\\s+\\S+)");
  private static final Pattern DOWN = Pattern.compile("(?m)^--\\s*migrate:down(\\s*$|\\s+\\S+)");
  private static final Pattern NO_TRANSACTION =
      Pattern.compile("--\\s*migrate:up\\s.*\\btransaction:false\\b.*");

  private static final LedgerShape SHAPE =
      LedgerShape.of(
          "version", List.of("version"), "CREATE TABLE %1$s (version varchar primary key)");

  private final Map<String, String> environment;

  /**
   * @param environment of the process
   */
  Dbmate(ProjectLook look, Map<String, String> environment) {
    super(
        look,
        "dbmate",
        "dbmate",
        "file with `-- migrate:up`",
        "schema_migrations",
        ToolSupport.Checksums.NONE);
    this.environment = Map.copyOf(environment);
  }

  @Override
  Optional<Place> find(Path project, ToolSettings said) {
    ProjectVariables variables = ProjectVariables.of(look(), project, environment, "DBMATE_");
    return directory(
            project,
            said,
            variables.value("DBMATE_MIGRATIONS_DIR"),
            directory -> look().isMarked(directory, UP))
        .map(
            directory ->
                new Place(
                    project,
                    directory,
                    Ledgers.location(
                        variables.value("DBMATE_MIGRATIONS_TABLE").orElse("schema_migrations"))));
  }

  @Override
  List<String> schemas(Place place) {
    return place.ledger().schema().stream().toList();
  }

  @Override
  List<MigrationFile> migrations(Place place, ScriptFiles files) {
    var migrations = new ArrayList<MigrationFile>();
    for (Path file : ScriptFiles.list(place.directory())) {
      Matcher name = NAME.matcher(ScriptFiles.name(file));
      if (name.matches()) {
        files.read(name.group(1), name.group(2).replace('_', ' '), file).ifPresent(migrations::add);
      }
    }
    return migrations;
  }

  @Override
  PieceScript script(MigrationFile file) throws UnusableScriptException {
    String text = file.text();
    Matcher up = UP.matcher(text);
    if (!up.find()) {
      throw new UnusableScriptException("dbmate wants a block `-- migrate:up` in it");
    }
    int from = up.start();
    if (up.find()) {
      throw new UnusableScriptException(
          "it has several blocks `-- migrate:up`, and dbmate cannot record a version twice");
    }
    Matcher down = DOWN.matcher(text);
    if (!down.find()) {
      throw new UnusableScriptException("dbmate wants a block `-- migrate:down` in it");
    }
    if (down.start() < from) {
      throw new UnusableScriptException("dbmate wants `-- migrate:up` before `-- migrate:down`");
    }
    String block = text.substring(from, down.start());
    boolean isBare = NO_TRANSACTION.matcher(block.lines().findFirst().orElse("")).matches();
    int line = (int) text.substring(0, from).lines().count() + 1;
    return new PieceScript(
        Piece.each(block, line), isBare ? PieceScript.Mode.AT_ONCE : PieceScript.Mode.WRAPPED);
  }

  /** It runs whatever is not recorded, whatever came after it. */
  @Override
  LedgerBook ledger(Place place, List<MigrationFile> migrations) {
    List<String> order = migrations.stream().map(MigrationFile::id).toList();
    return new RowLedger(SHAPE, () -> new VersionEntries(order, false));
  }
}
